using System.Security.Cryptography;
using System.Text;
using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>Who is known in the room, by browser secret, public id and socket. Only the room touches it. Moments are monotonic milliseconds.</summary>
internal sealed class People
{
    /// <summary>Who comes back within so long was never gone: a reload is no departure.</summary>
    public const int GraceMs = 10_000;

    private const int MaximumSockets = 256;
    private const int MaximumPresent = 128;
    private const int MaximumTabs = 16;
    private const int MaximumKnown = 1024;

    // No letters that are taken for digits.
    private const string TagLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private readonly Dictionary<string, Member> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Member> _byUser = new(StringComparer.Ordinal);
    private readonly Dictionary<Connection, Member> _bySocket = [];
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly Allowance _newcomers = new(256, 4);

    /// <summary>Every socket in the room, and whose it is.</summary>
    public IReadOnlyDictionary<Connection, Member> BySocket => _bySocket;

    /// <summary>Everybody whom the others see.</summary>
    public IEnumerable<Member> Present => _byKey.Values.Where(member => member.IsPresent);

    /// <summary>When time alone changes something about somebody; <see langword="null"/> when it does not.</summary>
    public long? Due => Present.SelectMany(member => new[] { member.LeftAt + GraceMs, member.Typing.EndsAt, member.IdleAt }).Min();

    /// <summary>Who speaks on a socket; <see langword="null"/> when nobody has come in by it.</summary>
    public Member? At(Connection socket) => _bySocket.GetValueOrDefault(socket);

    /// <summary>The person of a public id.</summary>
    public Member? Of(string? user) => user is null ? null : _byUser.GetValueOrDefault(user);

    /// <summary>The person whom a secret stands for, if it is known in this run.</summary>
    public Member? Known(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>Why a socket may not come in, or <see langword="null"/>.</summary>
    /// <param name="member">Who it is; <see langword="null"/> for somebody new.</param>
    public ErrorMessage? Refusal(Connection socket, Member? member, long now)
    {
        if (member is { BarredUntil: { } until } && until > now)
        {
            return new("forbidden", "The host has sent you out of the room.", RetryMs: (int)(until - now));
        }

        var isIn = _bySocket.ContainsKey(socket);
        if (!isIn && _bySocket.Count >= MaximumSockets)
        {
            return Busy("The room is full.");
        }

        if (member is not null && member.Tabs.Count >= MaximumTabs && !member.Tabs.ContainsKey(socket))
        {
            return Busy($"You are in the room with {MaximumTabs} tabs. Close one.");
        }

        if (member is not { IsPresent: true } && Present.Count() >= MaximumPresent && Present.All(one => one.Tabs.Count > 0))
        {
            return Busy("The room is full.");
        }

        var wait = member?.Joins.Take(now) ?? _newcomers.Take(now);
        return wait > 0 ? new("busy", "That is a lot of coming and going. Wait a moment.", RetryMs: wait) : null;
    }

    /// <summary>Somebody whom this run does not know yet.</summary>
    /// <param name="key">The secret that the browser has brought, if any: from an earlier run it is the same person's.</param>
    /// <param name="remembered">Finds who a secret stands for in earlier runs.</param>
    public Member Meet(string? key, string name, Func<string, Author?> remembered)
    {
        Forget();
        key = key is { Length: 32 } && key.All(char.IsAsciiHexDigitLower) ? key : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("room " + key));
        var was = remembered(key);
        var user = was?.User ?? UserOf(hash);
        var tag = was is not null && _tags.Add(was.Tag) ? was.Tag : TagOf(hash);
        var member = new Member(key, user, tag, name);
        _byKey[key] = _byUser[user] = member;
        return member;
    }

    /// <summary>A tab of somebody opens. When all places are taken, who is only about to come back makes room.</summary>
    public void Enter(Connection socket, Member member, string? page)
    {
        if (!member.IsPresent && Present.Count() >= MaximumPresent)
        {
            Present.Where(one => one.LeftAt is not null).MinBy(one => one.LeftAt)?.Gone();
        }

        _bySocket[socket] = member;
        member.Enter(socket, page);
    }

    /// <summary>A socket has ended; <see langword="null"/> when nobody had come in by it.</summary>
    public Member? Leave(Connection socket, long now)
    {
        if (_bySocket.Remove(socket, out var member))
        {
            member.Leave(socket, now);
        }

        return member;
    }

    /// <summary>Whose grace is over is gone.</summary>
    /// <returns>Whether anybody is.</returns>
    public bool EndGraces(long now)
    {
        var gone = Present.Where(member => member.LeftAt + GraceMs <= now).ToList();
        gone.ForEach(member => member.Gone());
        return gone.Count > 0;
    }

    private static ErrorMessage Busy(string why) => new("busy", why, RetryMs: 10_000);

    // From the secret, and not the other way: the same browser is the same person whatever was kept of it.
    private string UserOf(byte[] hash)
    {
        var hex = Convert.ToHexStringLower(hash);
        var length = 8;
        while (_byUser.ContainsKey("u" + hex[..length]) && length < 16)
        {
            length++;
        }

        return "u" + hex[..length];
    }

    // As short as it can be and still differ from all others': two to ten letters.
    private string TagOf(byte[] hash)
    {
        var tag = "";
        foreach (var part in hash.Reverse().Take(10))
        {
            tag += TagLetters[part % TagLetters.Length];
            if (tag.Length >= 2 && _tags.Add(tag))
            {
                break;
            }
        }

        return tag;
    }

    // Who was silenced or sent out stays known, or coming back would lift it.
    private void Forget()
    {
        if (_byKey.Count < MaximumKnown)
        {
            return;
        }

        foreach (var member in _byKey.Values.Where(member => !member.IsPresent && !member.IsHost && !member.Conduct.IsMuted && member.BarredUntil is null).ToList())
        {
            _byKey.Remove(member.Key);
            _byUser.Remove(member.User);
            _tags.Remove(member.Tag);
        }
    }
}

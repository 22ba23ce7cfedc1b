using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>
/// The room: one owner, one order. Every message gets the next number under one lock and is queued to everyone before the next one is
/// taken, so all see the same order; the sender's own copy is the acknowledgement.
/// </summary>
internal sealed class Room
{
    private const int Retention = 10_000;
    private const int MaximumSockets = 256;
    private const int MaximumTabs = 16;
    private const int MaximumPeople = 1_000;

    private readonly Lock _gate = new();
    private readonly List<Stored> _messages = [];
    private readonly Dictionary<string, Member> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<Connection, Member> _bySocket = [];
    private long _head;
    private int _people;

    /// <summary>Where the room stands. Its messages live in memory, so each process begins a new epoch.</summary>
    public RoomState State => new("main", Epoch, Volatile.Read(ref _head));

    private string Epoch { get; } = Guid.NewGuid().ToString("n")[..8];

    /// <summary>A socket enters, as a new person or, by its key, as the one it was.</summary>
    public void Join(Connection socket, Join join)
    {
        lock (_gate)
        {
            if (NameRules.JudgeName(join.Name) is { } problem)
            {
                Post(socket, problem);
                return;
            }

            var member = Find(join.Key, out var key);
            if (!_bySocket.ContainsKey(socket) && (_bySocket.Count >= MaximumSockets || member?.Tabs.Count >= MaximumTabs))
            {
                Post(socket, new ErrorMessage("busy", "The room is full. Close a tab, or try again later.", RetryMs: 10_000));
                return;
            }

            LeaveNow(socket); // a second join on one socket replaces the first
            member ??= _byKey[key] = New(join.Name.Trim());
            member.Name = join.Name.Trim();
            member.Tabs[socket] = join.Page;
            _bySocket[socket] = member;

            var missed = join.Resume is { } point ? Missed(point) : [];
            var recovered = join.Resume is not null && missed is not null;
            Post(socket, new Welcome(member.AsSelf(), key, recovered, missed?.Count ?? 0, People()));
            if (missed is null)
            {
                Post(socket, new Reset(join.Resume!.Epoch == Epoch ? "too_old" : "epoch"));
            }

            foreach (var stored in missed ?? [])
            {
                Post(socket, stored.For(member));
            }

            Announce(member, member.Tabs.Count == 1 ? new Presence(Join: [member.AsPerson()]) : new Presence(Change: [member.AsPerson()]));
        }
    }

    /// <summary>Somebody says something.</summary>
    /// <param name="now">Monotonic milliseconds, for the sender's allowance.</param>
    public void Say(Connection socket, Say say, long now)
    {
        lock (_gate)
        {
            if (Judge(socket, say, now, out var member) is { } problem)
            {
                Post(socket, problem);
                return;
            }

            if (member!.Sent.TryGetValue(say.Cid, out var said))
            {
                Post(socket, said.For(member)); // said already: acknowledged again
                return;
            }

            var seq = ++_head;
            var message = new ChatMessage(
                seq, $"{Epoch}-{seq}", member.AsAuthor(), NameRules.CleanBody(say.Body), say.Format == "code" ? "code" : "text",
                say.Lang, null, null, null, say.Page, DateTimeOffset.UtcNow);
            var stored = new Stored(message, member, say.Cid);
            Keep(stored);
            Broadcast(stored);
        }
    }

    /// <summary>Somebody takes another name. Old messages keep the one they were sent under.</summary>
    public void Rename(Connection socket, Rename rename)
    {
        lock (_gate)
        {
            if (!_bySocket.TryGetValue(socket, out var member))
            {
                Post(socket, NotJoined(rename.Cid));
            }
            else if (NameRules.JudgeName(rename.Name, rename.Cid) is { } problem)
            {
                Post(socket, problem);
            }
            else
            {
                member.Name = rename.Name.Trim();
                Announce(null, new Presence(Change: [member.AsPerson()]));
            }
        }
    }

    /// <summary>Sends a page of messages, ascending.</summary>
    public void History(Connection socket, HistoryRequest request)
    {
        lock (_gate)
        {
            if (!_bySocket.TryGetValue(socket, out var member))
            {
                Post(socket, NotJoined(null));
            }
            else if (request.Limit < 1 || request.Limit > Limits.Default.History || (request.Before is not null && request.After is not null))
            {
                Post(socket, new ErrorMessage("too_long", $"History takes before or after, and a limit from 1 to {Limits.Default.History}.", Field: "limit"));
            }
            else if (request.After is { } after)
            {
                var newer = Page(_messages.Where(stored => stored.Seq > after).Take(request.Limit + 1), member);
                Post(socket, new HistoryPage([.. newer.Take(request.Limit)], newer.Count > request.Limit, After: after));
            }
            else
            {
                var before = request.Before ?? long.MaxValue;
                var older = Page(_messages.Where(stored => stored.Seq < before).TakeLast(request.Limit + 1), member);
                Post(socket, new HistoryPage([.. older.TakeLast(request.Limit)], older.Count > request.Limit, Before: request.Before));
            }
        }
    }

    /// <summary>A socket has ended.</summary>
    public void Leave(Connection socket)
    {
        lock (_gate)
        {
            LeaveNow(socket);
        }
    }

    private ErrorMessage? Judge(Connection socket, Say say, long now, out Member? member)
    {
        if (!_bySocket.TryGetValue(socket, out member))
        {
            return NotJoined(say.Cid);
        }

        if (NameRules.JudgeBody(say) is { } problem)
        {
            return problem;
        }

        var wait = member.Sent.ContainsKey(say.Cid) ? 0 : member.Allowance.Take(now);
        return wait > 0 ? new ErrorMessage("rate_limited", "That was a lot at once. Wait a moment.", say.Cid, RetryMs: wait) : null;
    }

    private List<Stored>? Missed(ResumePoint point)
    {
        var oldest = _messages.Count > 0 ? _messages[0].Seq : _head + 1;
        return point.Epoch == Epoch && point.After >= oldest - 1 && point.After <= _head
            ? [.. _messages.Where(stored => stored.Seq > point.After)]
            : null;
    }

    private Member? Find(string? key, out string used)
    {
        used = key ?? "";
        if (key is not null && _byKey.TryGetValue(key, out var member))
        {
            return member;
        }

        // A browser may bring the key that an earlier process gave it: it stays the same person there too.
        used = key is { Length: 32 } && key.All(char.IsAsciiHexDigitLower) ? key : Guid.NewGuid().ToString("n");
        return null;
    }

    private Member New(string name)
    {
        if (_byKey.Count >= MaximumPeople)
        {
            foreach (var (gone, _) in _byKey.Where(pair => pair.Value is { Tabs.Count: 0, Sent.Count: 0 }).ToList())
            {
                _byKey.Remove(gone); // came, said nothing, left
            }
        }

        var number = ++_people;
        const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        return new Member($"u{number}", $"{Letters[number / Letters.Length % Letters.Length]}{Letters[number % Letters.Length]}", name);
    }

    private void Keep(Stored stored)
    {
        _messages.Add(stored);
        stored.Sender.Sent[stored.Cid] = stored;
        if (_messages.Count <= Retention + 100)
        {
            return;
        }

        foreach (var old in _messages[..100])
        {
            old.Sender.Sent.Remove(old.Cid);
        }

        _messages.RemoveRange(0, 100);
    }

    private void LeaveNow(Connection socket)
    {
        if (!_bySocket.Remove(socket, out var member))
        {
            return;
        }

        member.Tabs.Remove(socket);
        Announce(null, member.Tabs.Count == 0 ? new Presence(Leave: [member.AsPerson()]) : new Presence(Change: [member.AsPerson()]));
    }

    private List<Person> People() => [.. _bySocket.Values.Distinct().Select(member => member.AsPerson())];

    private void Announce(Member? except, Presence presence)
    {
        var frame = Frame.Of(Opcode.Text, Wire.Serialize(presence));
        foreach (var (socket, member) in _bySocket)
        {
            if (member != except || member.Tabs.Count > 1)
            {
                socket.TryPost(frame);
            }
        }
    }

    private void Broadcast(Stored stored)
    {
        var frame = Frame.Of(Opcode.Text, Wire.Serialize(stored.For(null)));
        var own = Frame.Of(Opcode.Text, Wire.Serialize(stored.For(stored.Sender)));
        foreach (var (socket, member) in _bySocket)
        {
            socket.TryPost(member == stored.Sender ? own : frame);
        }
    }

    private static List<ChatMessage> Page(IEnumerable<Stored> stored, Member reader) => [.. stored.Select(one => one.For(reader))];

    private static ErrorMessage NotJoined(string? cid) => new("not_joined", "Join the room first.", cid);

    private static void Post(Connection socket, ServerMessage message) => socket.TryPost(Frame.Of(Opcode.Text, Wire.Serialize(message)));
}

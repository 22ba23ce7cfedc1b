using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>One person in the room: all tabs of one browser. Only the room touches it. Moments are monotonic milliseconds.</summary>
/// <param name="key">The browser's secret.</param>
/// <param name="user">The public id.</param>
/// <param name="tag">Tells people apart whose names look alike.</param>
internal sealed class Member(string key, string user, string tag, string name)
{
    /// <summary>A person is idle when no tab has been visible for so long.</summary>
    public const int IdleMs = 5 * 60_000;

    private const int MaximumPages = 5;

    private Person? _lastSeen;
    private bool _wasIdle;

    /// <summary>The browser's secret. It is told to that browser only.</summary>
    public string Key => key;

    /// <summary>The public id.</summary>
    public string User => user;

    /// <summary>Tells people apart whose names look alike.</summary>
    public string Tag => tag;

    /// <summary>The name in use now.</summary>
    public string Name { get; set; } = name;

    /// <summary>The tabs that are open.</summary>
    public Dictionary<Connection, Tab> Tabs { get; } = [];

    /// <summary>Whether the others see the person: with a tab, or about to come back.</summary>
    public bool IsPresent => Tabs.Count > 0 || LeftAt is not null;

    /// <summary>When the last tab went, while the person may come back unseen.</summary>
    public long? LeftAt { get; private set; }

    /// <summary>Whether the person has proven to be the host.</summary>
    public bool IsHost { get; set; }

    /// <summary>Until when the person may not come in, after having been sent out.</summary>
    public long? BarredUntil { get; set; }

    /// <summary>When the person last said something.</summary>
    public long? SaidAt { get; set; }

    /// <summary>What of writing is left.</summary>
    public Conduct Conduct { get; } = new();

    /// <summary>Five names in ten minutes.</summary>
    public Quota Renames { get; } = new(5, 10 * 60_000);

    /// <summary>Five pages of history a second.</summary>
    public Allowance Reading { get; } = new(5, 5);

    /// <summary>Each tab comes in once; a reload of all of them is no misdeed.</summary>
    public Allowance Joins { get; } = new(32, 2);

    /// <summary>What is told of the person's typing.</summary>
    public TypingState Typing { get; } = new();

    /// <summary>A tab opens.</summary>
    public Tab Enter(Connection socket, string? page)
    {
        (LeftAt, _lastSeen) = (null, null);
        return Tabs[socket] = new Tab { Page = page };
    }

    /// <summary>A tab has closed.</summary>
    public void Leave(Connection socket, long now)
    {
        var seen = Tabs.Count == 1 ? AsPerson(now, showTag: false) : null;
        if (Tabs.Remove(socket) && Tabs.Count == 0)
        {
            (LeftAt, _lastSeen) = (now, seen);
        }
    }

    /// <summary>The person does not come back.</summary>
    public void Gone() => (LeftAt, _lastSeen) = (null, null);

    /// <summary>When nothing but time makes the person idle; <see langword="null"/> when a tab is visible, or it has been told.</summary>
    public long? IdleAt => !_wasIdle && Tabs.Count > 0 && Tabs.Values.All(tab => tab.HiddenAt is not null) ? Tabs.Values.Max(tab => tab.HiddenAt) + IdleMs : null;

    /// <summary>Whether the person has become idle, or active again, since this was asked last.</summary>
    public bool Turns(long now)
    {
        var was = _wasIdle;
        _wasIdle = IsIdle(now);
        return was != _wasIdle;
    }

    /// <summary>As a writer of a message.</summary>
    public Author AsAuthor() => new(user, Name, tag);

    /// <summary>As the person is told about themselves.</summary>
    public Self AsSelf(bool showTag) => new(user, Name, tag, IsHost, showTag || IsHost ? true : null);

    /// <summary>As the others see the person; who is about to come back is seen as before.</summary>
    public Person AsPerson(long now, bool showTag)
    {
        bool? mark = showTag || IsHost ? true : null;
        return _lastSeen is not null ? _lastSeen with { Name = Name, ShowTag = mark } : new(
            user, Name, tag, Tabs.Count, [.. Tabs.Values.Select(tab => tab.Page).OfType<string>().Distinct(StringComparer.Ordinal).Take(MaximumPages)],
            IsIdle(now) ? "idle" : "active", IsHost ? true : null, mark);
    }

    private bool IsIdle(long now) => Tabs.Count > 0 && Tabs.Values.All(tab => tab.HiddenAt is { } at && now - at >= IdleMs);
}

/// <summary>A tab of a person.</summary>
internal sealed class Tab
{
    /// <summary>Path and fragment of what it shows, if known.</summary>
    public string? Page { get; set; }

    /// <summary>Since when it cannot be seen; <see langword="null"/> while it can.</summary>
    public long? HiddenAt { get; set; }

    /// <summary>Whether it has not got a change of presence, and is to get the whole of it.</summary>
    public bool LacksPresence { get; set; }
}

/// <summary>One notice in three seconds is taken, and six seconds of silence end it. Told the time, owns no timer.</summary>
internal sealed class TypingState
{
    private const int GapMs = 3000;
    private const int SilenceMs = 6000;

    private long? _heardAt;

    /// <summary>When silence ends it; <see langword="null"/> while nobody types.</summary>
    public long? EndsAt { get; private set; }

    /// <summary>The person says to type, or not to.</summary>
    /// <returns>Whether the others are told.</returns>
    public bool Take(bool on, long now)
    {
        if (!on)
        {
            var was = EndsAt is not null;
            EndsAt = null;
            return was;
        }

        if (_heardAt is { } heard && now - heard < GapMs)
        {
            return false;
        }

        _heardAt = now;
        EndsAt = now + SilenceMs;
        return true;
    }

    /// <summary>What was typed has been sent, or nobody hears of it any more.</summary>
    public void End() => EndsAt = null;
}

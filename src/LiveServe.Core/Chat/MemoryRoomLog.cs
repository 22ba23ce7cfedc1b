using System.Globalization;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>The room's messages for as long as the process runs.</summary>
/// <param name="most">How many entries are kept; they are dropped in batches, so up to a twentieth more.</param>
/// <param name="age">What is older than the newest entry by more than this is dropped.</param>
internal sealed class MemoryRoomLog(int most, TimeSpan age) : IRoomLog
{
    /// <summary>How many entries are kept.</summary>
    public const int Retention = 10_000;

    /// <summary>How long an entry is kept.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromDays(30);

    private const int MaximumPeople = 10_000;

    private readonly List<RoomMessage> _kept = []; // ascending and without a gap, so a number is a place
    private readonly Dictionary<(string User, string Cid), long> _byCid = [];
    private readonly Dictionary<string, Author> _people = new(StringComparer.Ordinal);
    private readonly Queue<string> _met = new();

    /// <summary>A log with the usual retention.</summary>
    public MemoryRoomLog()
        : this(Retention, MaximumAge)
    {
    }

    /// <inheritdoc/>
    public string Epoch { get; private set; } = RoomEntries.NewEpoch();

    /// <inheritdoc/>
    public long Head { get; private set; }

    /// <inheritdoc/>
    public long Oldest => First;

    private long First => Head - _kept.Count + 1;

    /// <inheritdoc/>
    public void Append(RoomMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(message.Seq, Head + 1);
        _kept.Add(message);
        Head = message.Seq;
        if (message.Cid is { } cid)
        {
            _byCid[(RoomEntries.SenderOf(message), cid)] = message.Seq;
        }

        Apply(message);
        Trim(message.At - age);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RoomMessage>? Since(long after) =>
        after < First - 1 || after > Head ? null : _kept.GetRange((int)(after + 1 - First), (int)(Head - after));

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more)
    {
        more = false;
        if (First > 1 && before <= First)
        {
            return null;
        }

        var page = new List<ChatMessage>();
        for (var seq = Math.Min(before, Head + 1) - 1; seq >= First && !more; seq--)
        {
            more = Take(seq, page, limit);
        }

        page.Reverse();
        return page;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more)
    {
        more = false;
        if (First > 1 && after < First - 1)
        {
            return null;
        }

        var page = new List<ChatMessage>();
        for (var seq = Math.Max(after, First - 1) + 1; seq <= Head && !more; seq++)
        {
            more = Take(seq, page, limit);
        }

        return page;
    }

    /// <inheritdoc/>
    public ChatMessage? Find(string id) =>
        id.StartsWith(Epoch + "-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(Epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && At(seq) is ChatMessage message && message.Id == id ? message : null;

    /// <inheritdoc/>
    public RoomMessage? Find(string user, string cid) => _byCid.TryGetValue((user, cid), out var seq) ? At(seq) : null;

    /// <inheritdoc/>
    public Author? Person(string key) => _people.GetValueOrDefault(RoomEntries.HashOf(key));

    /// <inheritdoc/>
    public void Remember(string key, Author person)
    {
        var hash = RoomEntries.HashOf(key);
        if (_people.TryAdd(hash, person))
        {
            _met.Enqueue(hash);
            if (_met.Count > MaximumPeople)
            {
                _people.Remove(_met.Dequeue());
            }
        }
        else
        {
            _people[hash] = person;
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        _kept.Clear();
        _byCid.Clear();
        (Epoch, Head) = (RoomEntries.NewEpoch(), 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private RoomMessage? At(long seq) => seq >= First && seq <= Head ? _kept[(int)(seq - First)] : null;

    private bool Take(long seq, List<ChatMessage> page, int limit)
    {
        if (At(seq) is not ChatMessage chat)
        {
            return false;
        }

        if (page.Count == limit)
        {
            return true;
        }

        page.Add(chat);
        return false;
    }

    private void Apply(RoomMessage change)
    {
        switch (change)
        {
            case EditedMessage edited when Find(edited.Target) is { Deleted: null } chat:
                _kept[(int)(chat.Seq - First)] = chat with { Body = edited.Body, Edited = edited.At };
                break;
            case DeletedMessage deleted when Find(deleted.Target) is { } chat:
                var place = (int)(chat.Seq - First);
                _kept[place] = chat with { Body = "", Deleted = deleted.At };
                for (var later = place + 1; later < _kept.Count; later++) // what is deleted is gone, its earlier forms too
                {
                    if (_kept[later] is EditedMessage edit && edit.Target == deleted.Target)
                    {
                        _kept[later] = edit with { Body = "" };
                    }
                }

                break;
        }
    }

    private void Trim(DateTimeOffset oldest)
    {
        var surplus = _kept.Count > most + (most / 20) ? _kept.Count - most : 0;
        while (surplus < _kept.Count && _kept[surplus].At < oldest)
        {
            surplus++;
        }

        foreach (var old in _kept[..surplus])
        {
            if (old.Cid is { } cid)
            {
                _byCid.Remove((RoomEntries.SenderOf(old), cid));
            }
        }

        _kept.RemoveRange(0, surplus);
    }
}

namespace LiveServe.Inspection;

/// <summary>
/// What is new for one viewer since it last asked. The work and the answer are bounded, however much has happened: of more frames than
/// <see cref="MaximumEntries"/> the newest are told, and how many were not.
/// </summary>
internal sealed class Feed(Inspector inspector, EntryViews views)
{
    /// <summary>How much is told at once.</summary>
    public const int MaximumEntries = 200, MaximumFirstEntries = 1000, MaximumSockets = 300;

    // Of payloads at once; when that is used up, the rest is told with its beginning only. In characters.
    private const int Budget = 192 * 1024, Whole = 4096, Short = 200;

    // Counters are told every so many times.
    private const int CountersEvery = 5;

    private readonly Dictionary<InspectedSocket, Seen> _seen = [];
    private bool _isFirst = true;
    private long _requests;
    private int _turn, _next;

    /// <summary>The only socket whose frames are told; <see langword="null"/> for all.</summary>
    public string? Only { get; set; }

    /// <summary>What is new; <see langword="null"/> when nothing is.</summary>
    public FeedMessage? Next(Secrets secrets)
    {
        var sockets = inspector.Sockets;
        var found = new List<Found>();
        var most = _isFirst ? MaximumFirstEntries : MaximumEntries;
        var skipped = 0L;
        foreach (var socket in sockets)
        {
            if (!_seen.TryGetValue(socket, out var seen))
            {
                _seen.Add(socket, seen = new Seen());
                found.Add(new Found(socket.Since, socket, Found.Opening, default, null));
            }

            skipped += Collect(socket, seen, most, found);
        }

        foreach (var request in Requests(most, ref skipped))
        {
            found.Add(new Found(request.Time, null, 0, default, request));
        }

        var infos = Infos(sockets, secrets);
        var gone = _seen.Count == sockets.Count ? [] : Gone(sockets);
        _isFirst = false;
        if (found.Count == 0 && infos.Count == 0 && gone.Count == 0 && skipped == 0)
        {
            return null;
        }

        found.Sort((one, other) => one.Time.CompareTo(other.Time));
        var surplus = Math.Max(0, found.Count - most);
        return new FeedMessage(infos, gone, Told(found.Skip(surplus), secrets), skipped + surplus);
    }

    /// <summary>All frames of one socket that are still there.</summary>
    /// <param name="name">What the wish was called.</param>
    public Backlog Of(InspectedSocket socket, Secrets secrets, string? name)
    {
        var frames = socket.Frames.From(0, FrameRing.Capacity, out var first);
        return new Backlog(socket.Id, Told(frames.Select((frame, i) => new Found(frame.Time, socket, first + i, frame, null)), secrets), name);
    }

    private static long Missed(long total, long seen, int told) => Math.Max(0, total - seen - told);

    private long Collect(InspectedSocket socket, Seen seen, int most, List<Found> found)
    {
        if (seen.HasEnded)
        {
            return 0;
        }

        var (endedAt, total, skipped) = (socket.EndedAt, socket.Frames.Total, 0L);
        if (total != seen.Frames && (Only is null || Only == socket.Id))
        {
            var frames = socket.Frames.From(seen.Frames, most, out var first);
            for (var i = 0; i < frames.Length; i++)
            {
                found.Add(new Found(frames[i].Time, socket, first + i, frames[i], null));
            }

            total = first + frames.Length;
            skipped = _isFirst ? 0 : Missed(total, seen.Frames, frames.Length);
        }

        seen.Frames = total;
        if (endedAt != 0)
        {
            seen.HasEnded = true;
            found.Add(new Found(endedAt, socket, Found.Ending, default, null));
        }

        return skipped;
    }

    private IReadOnlyList<RequestRecord> Requests(int most, ref long skipped)
    {
        var total = inspector.Requests.Total;
        var requests = total == _requests ? [] : inspector.Requests.From(_requests, most);
        skipped += _isFirst ? 0 : Missed(total, _requests, requests.Count);
        _requests = requests.Count == 0 ? total : requests[^1].Number + 1;
        return requests;
    }

    // Whoever is left over is first the next time.
    private List<SocketInfo> Infos(IReadOnlyList<InspectedSocket> sockets, Secrets secrets)
    {
        var infos = new List<SocketInfo>();
        var counters = _turn++ % CountersEvery == 0;
        for (var i = 0; i < sockets.Count && infos.Count < MaximumSockets; i++)
        {
            var socket = sockets[(_next + i) % sockets.Count];
            var seen = _seen[socket];
            var (changes, frames) = (socket.Changes, socket.Frames.Total);
            if (seen.Changes == changes && (!counters || (seen.Counted == frames && seen.Waited == 0 && socket.Waiting.Frames == 0 && seen.HasPage == HasPage(socket))))
            {
                continue;
            }

            var info = views.Socket(socket, inspector.PageOf(socket), secrets);
            (seen.Changes, seen.Counted, seen.Waited, seen.HasPage) = (changes, frames, info.QueueFrames, info.Page is not null);
            infos.Add(info);
            if (infos.Count == MaximumSockets)
            {
                _next = (_next + i + 1) % sockets.Count;
            }
        }

        return infos;
    }

    private bool HasPage(InspectedSocket socket) => inspector.PageOf(socket) is not null;

    private List<string> Gone(IReadOnlyList<InspectedSocket> sockets)
    {
        var there = sockets.ToHashSet();
        var gone = _seen.Keys.Where(socket => !there.Contains(socket)).ToList();
        gone.ForEach(socket => _seen.Remove(socket));
        return [.. gone.Select(socket => socket.Id)];
    }

    private List<Entry> Told(IEnumerable<Found> found, Secrets secrets)
    {
        var entries = new List<Entry>();
        var left = Budget;
        foreach (var (time, socket, number, frame, request) in found)
        {
            Entry entry = request is not null ? views.Request(request, secrets)
                : number == Found.Opening ? views.Opened(socket!, secrets)
                : number == Found.Ending ? new EndedEntry(views.At(time), socket!.Id)
                : views.Frame(socket!, number, frame, secrets, left > 0 ? Whole : Short);
            left -= entry is FrameEntry { Text: var text, Hex: var hex } ? (text?.Length ?? 0) + (hex?.Length ?? 0) : 0;
            entries.Add(entry);
        }

        return entries;
    }

    private readonly record struct Found(long Time, InspectedSocket? Socket, long Number, FrameRecord Frame, RequestRecord? Request)
    {
        public const long Opening = -1, Ending = -2;
    }

    private sealed class Seen
    {
        public long Frames, Counted = -1;
        public int Changes = -1, Waited;
        public bool HasEnded, HasPage;
    }
}

using System.Diagnostics;

namespace LiveServe.Inspection;

/// <summary>A request that was answered.</summary>
/// <param name="Number">From 0, growing by one.</param>
/// <param name="Time">When it came, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Target">As it came.</param>
/// <param name="Ticks">How long it took.</param>
/// <param name="Bytes">Of the answer's body as announced; negative when it was not.</param>
/// <param name="By">Which part answered.</param>
internal sealed record RequestRecord(long Number, long Time, string Method, string Target, int Status, long Ticks, long Bytes, string Type, string By);

/// <summary>The last requests, oldest first.</summary>
internal sealed class RequestLog
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 1000;

    // A target is 8 KB at the most; so many of them are more than anybody reads.
    private const int MaximumTarget = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<RequestRecord> _records = [];
    private long _total;

    /// <summary>The next one's number.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>Remembers a request, and forgets the oldest.</summary>
    public void Add(long time, string method, string target, int status, long bytes, string type, string by)
    {
        var ticks = Stopwatch.GetTimestamp() - time;
        target = target.Length > MaximumTarget ? target[..MaximumTarget] + "…" : target;
        lock (_gate)
        {
            if (_records.Count == Capacity)
            {
                _records.Dequeue();
            }

            _records.Enqueue(new RequestRecord(_total, time, method, target, status, ticks, bytes, type, by));
            Volatile.Write(ref _total, _total + 1);
        }
    }

    /// <summary>Those from number <paramref name="from"/> on; of more than <paramref name="most"/> the newest.</summary>
    public IReadOnlyList<RequestRecord> From(long from, int most)
    {
        lock (_gate)
        {
            var wanted = (int)Math.Min(Math.Min(_total - from, most), _records.Count);
            return wanted <= 0 ? [] : [.. _records.Skip(_records.Count - wanted)];
        }
    }
}

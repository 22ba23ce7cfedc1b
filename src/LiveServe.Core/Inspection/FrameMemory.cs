using System.Diagnostics;

namespace LiveServe.Inspection;

/// <summary>
/// What all sockets' frames together may hold. Adding costs a counter, one for each few threads, so that they do not wait for each other; when it is
/// over the limit, one thread forgets the oldest frames, whoever's they are, until an eighth is free again.
/// </summary>
/// <param name="rings">All of them.</param>
internal sealed class FrameMemory(Func<IEnumerable<FrameRing>> rings)
{
    /// <summary>The limit, in bytes.</summary>
    public const long Maximum = 8 * 1024 * 1024;

    // What a counter may hold before it is added to the others' sum; and how far apart they stand, in longs, so that no two share a cache line.
    private const int Counters = 8, Chunk = 16 * 1024, Apart = 16;

    private readonly Lock _gate = new();
    private readonly long[] _counters = new long[Counters * Apart];
    private long _sum;

    /// <summary>What is held, in bytes.</summary>
    public long Held
    {
        get
        {
            var held = Interlocked.Read(ref _sum);
            for (var i = 0; i < _counters.Length; i += Apart)
            {
                held += Interlocked.Read(ref _counters[i]);
            }

            return held;
        }
    }

    /// <summary>Something was remembered, or forgotten.</summary>
    /// <param name="bytes">Negative when it was forgotten.</param>
    public void Add(int bytes)
    {
        ref var counter = ref _counters[Environment.CurrentManagedThreadId % Counters * Apart];
        if (Interlocked.Add(ref counter, bytes) is > Chunk or < -Chunk
            && Interlocked.Add(ref _sum, Interlocked.Exchange(ref counter, 0)) > Maximum - (2 * Counters * Chunk) && _gate.TryEnter())
        {
            try
            {
                Sweep();
            }
            finally
            {
                _gate.Exit();
            }
        }
    }

    // Each round forgets the older quarter of the time that is remembered, which ends whatever the times are.
    private void Sweep()
    {
        while (Held > Maximum / 8 * 7)
        {
            var (oldest, now) = (long.MaxValue, Stopwatch.GetTimestamp());
            foreach (var ring in rings())
            {
                oldest = Math.Min(oldest, ring.OldestTime);
            }

            if (oldest >= now)
            {
                return;
            }

            var cut = oldest + ((now - oldest + 3) / 4);
            foreach (var ring in rings())
            {
                Interlocked.Add(ref _sum, -ring.DropBefore(cut));
            }
        }
    }
}

using System.Diagnostics;

namespace LiveServe.Inspection;

/// <summary>
/// What all sockets' frames together may hold. Adding costs a counter; when it is over the limit, one thread forgets the oldest frames, whoever's
/// they are, until an eighth is free again.
/// </summary>
/// <param name="rings">All of them.</param>
internal sealed class FrameMemory(Func<IEnumerable<FrameRing>> rings)
{
    /// <summary>The limit, in bytes.</summary>
    public const long Maximum = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private long _held;

    /// <summary>What is held, in bytes.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Something was remembered, or forgotten.</summary>
    /// <param name="bytes">Negative when it was forgotten.</param>
    public void Add(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > Maximum && bytes > 0 && _gate.TryEnter())
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
                Interlocked.Add(ref _held, -ring.DropBefore(cut));
            }
        }
    }
}

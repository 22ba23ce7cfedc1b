namespace LiveServe.Sockets;

/// <summary>What waits for one client: whole frames in order, bounded. A frame counts until it is written.</summary>
/// <remarks>Not for several threads: its owner holds a lock. It is told the time.</remarks>
internal sealed class Outbox(SocketProfile limits)
{
    private readonly Queue<ReadOnlyMemory<byte>> _frames = new();
    private int _writing = -1; // the length of the frame that is being written
    private long _movedAt;
    private bool _wasBehind;

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many frames wait.</summary>
    public int Count => _frames.Count + (_writing < 0 ? 0 : 1);

    /// <summary>Whether half of what may wait does.</summary>
    public bool IsBehind => limits.IsBehind(Count, Bytes);

    /// <summary>Queues a frame; <see langword="false"/> when there is no room for it.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> frame, long now)
    {
        if (Count >= limits.Frames || Bytes + frame.Length > limits.Bytes)
        {
            return false;
        }

        Add(frame, now);
        return true;
    }

    /// <summary>Queues the last frame, for which there is always room.</summary>
    public void Add(ReadOnlyMemory<byte> frame, long now)
    {
        _movedAt = Count == 0 ? now : _movedAt;
        _frames.Enqueue(frame);
        Bytes += frame.Length;
        _wasBehind |= IsBehind;
    }

    /// <summary>The next frame to be written; one at a time.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> frame)
    {
        if (!_frames.TryDequeue(out frame))
        {
            return false;
        }

        _writing = frame.Length;
        return true;
    }

    /// <summary>The frame that was taken is written.</summary>
    /// <returns>Whether nothing waits any more, after it had been too much.</returns>
    public bool Written(long now)
    {
        Bytes -= _writing;
        (_writing, _movedAt) = (-1, now);
        if (Count > 0 || !_wasBehind)
        {
            return false;
        }

        _wasBehind = false;
        return true;
    }

    /// <summary>Forgets what waits, but for what is being written.</summary>
    public void Clear()
    {
        _frames.Clear();
        Bytes = Math.Max(_writing, 0);
    }

    /// <summary>Whether the client is behind and has taken nothing for as long as it is given.</summary>
    public bool IsStuck(long now) => IsBehind && now - _movedAt >= limits.Patience;
}

namespace LiveServe.Sockets;

/// <summary>A client of ours, however it is connected: a WebSocket, or a virtual connection made of streams and posts. The same frames in the same order.</summary>
/// <param name="id">Names the connection until it ends.</param>
internal abstract class Connection(string id)
{
    /// <summary>Names the connection until it ends.</summary>
    public string Id { get; } = id;

    /// <summary>Whether the other end is on this machine.</summary>
    public bool IsLocal { get; init; }

    /// <summary>
    /// Raised when nothing waits any more for a client that was behind: what was left out meanwhile can be told in one piece. On a thread of its own,
    /// so that no lock of whoever posts is held.
    /// </summary>
    public event Action<Connection>? CaughtUp;

    /// <summary>Whether half of what may wait for the client does. What can be told later, in one piece, is not to be queued then.</summary>
    public abstract bool IsBehind { get; }

    /// <summary>Queues a whole frame without waiting. <see langword="false"/> when the connection is closing or too far behind; then it is being closed.</summary>
    public abstract bool TryPost(ReadOnlyMemory<byte> frame);

    /// <summary>Queues a frame that one full state makes up for later, or leaves it out when the client is behind. <see langword="false"/> when it was not queued.</summary>
    public virtual bool TryPostLossy(ReadOnlyMemory<byte> frame) => TryPost(frame);

    /// <summary>Says goodbye after what is queued. Only the first call counts.</summary>
    /// <param name="code">One of <see cref="CloseCode"/>.</param>
    public abstract void Close(int code, string reason);

    /// <summary>Runs the connection until either side ends it. Messages are handed to <paramref name="handle"/> one after another.</summary>
    /// <returns>When the connection is over; never throws for what the peer does.</returns>
    public abstract Task RunAsync(Func<Received, ValueTask> handle);

    /// <summary>One beat of the hub's heart: who shows no sign of life, or does not read, is let go.</summary>
    /// <param name="now">Monotonic milliseconds, of <see cref="Environment.TickCount64"/>.</param>
    public abstract void Beat(long now);

    /// <summary>Raises <see cref="CaughtUp"/>.</summary>
    protected void TellCaughtUp() =>
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.CaughtUp?.Invoke(connection), this, preferLocal: false);
}

namespace LiveServe.Sockets;

/// <summary>A client of ours, however it is connected: a WebSocket, or a virtual connection made of streams and posts. The same frames in the same order.</summary>
/// <param name="id">Names the connection until it ends.</param>
internal abstract class Connection(string id)
{
    /// <summary>Names the connection until it ends.</summary>
    public string Id { get; } = id;

    /// <summary>Whether the other end is on this machine.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Queues a whole frame without waiting. <see langword="false"/> when the connection is closing or too far behind; then it is being closed.</summary>
    public abstract bool TryPost(ReadOnlyMemory<byte> frame);

    /// <summary>
    /// The same for a frame that may be left out: it is dropped when the connection is far behind, and that does not close it.
    /// <see langword="false"/> when it was not queued.
    /// </summary>
    public virtual bool TryPostLossy(ReadOnlyMemory<byte> frame) => TryPost(frame);

    /// <summary>Says goodbye after what is queued. Only the first call counts.</summary>
    /// <param name="code">One of <see cref="CloseCode"/>.</param>
    public abstract void Close(int code, string reason);
}

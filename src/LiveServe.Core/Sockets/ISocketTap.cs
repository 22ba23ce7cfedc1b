namespace LiveServe.Sockets;

/// <summary>
/// Sits at a socket for as long as it is open: hears what comes and goes, and may hold it back. Without a wish of the inspector's user each call
/// completes at once.
/// </summary>
internal interface ISocketTap
{
    /// <summary>Whether something is held back just now, so that silence proves nothing about the peer.</summary>
    bool IsHolding { get; }

    /// <summary>The socket that it sits at.</summary>
    void Attach(SocketConnection socket);

    /// <summary>A message or a control frame came; its payload is valid until the answer.</summary>
    /// <returns>Whether it is to be handled.</returns>
    ValueTask<bool> ComesAsync(Received received, CancellationToken end);

    /// <summary>A whole frame is about to be written.</summary>
    /// <returns>Whether it is to be written.</returns>
    ValueTask<bool> GoesAsync(ReadOnlyMemory<byte> frame, CancellationToken end);

    /// <summary>The socket is over.</summary>
    void End();
}

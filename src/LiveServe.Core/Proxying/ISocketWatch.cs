namespace LiveServe.Proxying;

/// <summary>Looks at a WebSocket that is passed through. It may hold it up, or have it thinned out; it never sees a byte that it could change.</summary>
internal interface ISocketWatch
{
    /// <summary>Whether messages that begin now are to vanish.</summary>
    bool Drops { get; }

    /// <summary>These bytes came from the browser.</summary>
    void FromBrowser(ReadOnlySpan<byte> bytes);

    /// <summary>These bytes came from the back end.</summary>
    void FromBackEnd(ReadOnlySpan<byte> bytes);

    /// <summary>Completes when what has come may go on.</summary>
    ValueTask HoldAsync(CancellationToken end);

    /// <summary>The socket is over.</summary>
    void End();
}

/// <summary>What can be done to a WebSocket that is passed through.</summary>
internal interface IProxiedSocket
{
    /// <summary>Pieces and bytes that wait to be written to the browser.</summary>
    (int Frames, long Bytes) Waiting { get; }

    /// <summary>Puts a message of ours between those of the others.</summary>
    void Send(byte opcode, ReadOnlySpan<byte> payload, bool toBackEnd);

    /// <summary>Says goodbye to both sides, and ends both connections.</summary>
    /// <param name="payload">Of the close frame: two bytes, and the reason; at most 125 bytes.</param>
    void Close(ReadOnlySpan<byte> payload);
}

/// <summary>Makes the watch of a socket that is about to be open.</summary>
/// <param name="isPacked">Whether permessage-deflate was agreed on.</param>
internal delegate ISocketWatch WatchSocket(Microsoft.AspNetCore.Http.HttpContext context, string backEnd, IProxiedSocket socket, bool isPacked);

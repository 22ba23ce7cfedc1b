using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>A socket of which this server is one end: a page's, the echo's, the relay's.</summary>
/// <param name="opened">Called when the socket is there.</param>
/// <param name="ended">Called when it is over.</param>
internal sealed class OwnSocketTap(SocketFacts facts, FrameMemory memory, Action<OwnSocketTap> opened, Action<OwnSocketTap> ended)
    : InspectedSocket(facts, memory), ISocketTap
{
    private SocketConnection? _socket;

    /// <summary>The socket itself.</summary>
    public Connection? Socket => _socket;

    /// <summary>The page behind it, once that is known; it outlives the socket.</summary>
    public string? Page { get; set; }

    /// <inheritdoc/>
    public override (int Frames, long Bytes) Waiting => _socket?.Waiting ?? default;

    /// <inheritdoc/>
    public bool IsHolding => Suffers is { Paused: true } or { Delay: > 0 };

    /// <inheritdoc/>
    public void Attach(SocketConnection socket)
    {
        (_socket, Id) = (socket, socket.Id);
        opened(this);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ComesAsync(Received received, CancellationToken end)
    {
        var drops = received.Opcode < Opcode.Close && Drops;
        Remember(received.Opcode, drops ? FrameMarks.Dropped : FrameMarks.None, received.Payload.Length, PayloadCopy.Of(received.Payload.Span), received.Fragments);
        var hold = HoldAsync(alsoPaused: true, end);
        return hold.IsCompletedSuccessfully ? new ValueTask<bool>(!drops) : HeldAsync(hold, !drops);
    }

    /// <inheritdoc/>
    public ValueTask<bool> GoesAsync(ReadOnlyMemory<byte> frame, CancellationToken end)
    {
        var bytes = frame.Span;
        var opcode = (Opcode)(bytes[0] & 0x0F);
        var drops = opcode < Opcode.Close && Drops;
        var payload = frame[(bytes[1] switch { 126 => 4, 127 => 10, _ => 2 })..];
        Remember(opcode, FrameMarks.Sent | (drops ? FrameMarks.Dropped : FrameMarks.None), payload.Length, PayloadCopy.OfShared(payload));
        if (opcode >= Opcode.Close)
        {
            return new ValueTask<bool>(true); // a goodbye has a second to arrive
        }

        var hold = HoldAsync(alsoPaused: false, end);
        return hold.IsCompletedSuccessfully ? new ValueTask<bool>(!drops) : HeldAsync(hold, !drops);
    }

    /// <inheritdoc/>
    public override bool Send(Opcode opcode, ReadOnlyMemory<byte> payload, bool toBackEnd) =>
        !toBackEnd && _socket?.TryPost(Frame.Of(opcode, payload.Span)) == true;

    /// <inheritdoc/>
    public override void Close(int code, string reason) => _socket?.Close(code, reason);

    /// <inheritdoc/>
    public void End()
    {
        Ended();
        ended(this);
    }

    private static async ValueTask<bool> HeldAsync(ValueTask hold, bool passes)
    {
        await hold;
        return passes;
    }
}

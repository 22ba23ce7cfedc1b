using LiveServe.Proxying;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>
/// A socket that goes through to a back end, with both of its legs: what the browser sends goes on to the back end, and the other way round. The
/// bytes are followed as they pass; they are held, thinned out or added to on the host's wish only.
/// </summary>
internal sealed class ProxiedSocketTap : InspectedSocket, ISocketWatch
{
    private readonly Action<ProxiedSocketTap> _ended;
    private readonly PassingFrames _came, _went;
    private readonly IProxiedSocket _socket;
    private readonly bool _packs;

    /// <summary>Begins to follow <paramref name="socket"/>.</summary>
    /// <param name="packs">Whether permessage-deflate was agreed on.</param>
    public ProxiedSocketTap(string id, SocketFacts facts, FrameMemory memory, IProxiedSocket socket, bool packs, Action<ProxiedSocketTap> ended)
        : base(facts, memory)
    {
        (Id, _socket, _packs, _ended) = (id, socket, packs, ended);
        _came = new PassingFrames(masked: true, packs, (opcode, marks, length, kept) => Remember(opcode, marks, length, kept));
        _went = new PassingFrames(masked: false, packs, (opcode, marks, length, kept) => Remember(opcode, marks | FrameMarks.Sent, length, kept));
    }

    /// <inheritdoc/>
    public override string? Lost => _came.Lost ?? _went.Lost;

    /// <inheritdoc/>
    public override (int Frames, long Bytes) Waiting => _socket.Waiting;

    /// <inheritdoc/>
    public void FromBrowser(ReadOnlySpan<byte> bytes) => Follow(_came, bytes);

    /// <inheritdoc/>
    public void FromBackEnd(ReadOnlySpan<byte> bytes) => Follow(_went, bytes);

    /// <inheritdoc/>
    public ValueTask HoldAsync(CancellationToken end) => HoldAsync(alsoPaused: true, end);

    /// <inheritdoc/>
    public override string? Suffer(Simulation? simulation) =>
        simulation is { Drops: true } && _packs ? "This socket packs its messages, each with the help of the last: one that is missing would break it."
        : simulation is { Drops: true } && Lost is { } why ? $"Its messages cannot be told apart: {why}"
        : base.Suffer(simulation);

    /// <inheritdoc/>
    public override bool Send(Opcode opcode, ReadOnlyMemory<byte> payload, bool toBackEnd)
    {
        if (EndedAt != 0)
        {
            return false;
        }

        Remember(opcode, toBackEnd ? FrameMarks.None : FrameMarks.Sent, payload.Length, PayloadCopy.Of(payload.Span));
        _socket.Send((byte)opcode, payload.Span, toBackEnd);
        return true;
    }

    /// <inheritdoc/>
    public override void Close(int code, string reason)
    {
        var goodbye = Frame.Close(code, reason).AsMemory(2); // at most 125 bytes: a head of two
        Remember(Opcode.Close, FrameMarks.Sent, goodbye.Length, goodbye);
        Suffer(null);
        _socket.Close(goodbye.Span);
    }

    /// <inheritdoc/>
    public void End()
    {
        Ended();
        _ended(this);
    }

    private void Follow(PassingFrames frames, ReadOnlySpan<byte> bytes)
    {
        var wasLost = frames.Lost is not null;
        frames.Follow(bytes);
        if (!wasLost && frames.Lost is not null)
        {
            Changed();
        }
    }
}

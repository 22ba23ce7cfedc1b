using System.Threading.Channels;

namespace LiveServe.Sockets;

/// <summary>
/// One open WebSocket: one reader, one writer, a bounded outbox between the rest of the program and the writer.
/// </summary>
/// <param name="id">Names the connection until it ends.</param>
/// <param name="stream">The connection after its handshake; only this object touches it.</param>
/// <param name="profile">Its heartbeat, and how much waits for it.</param>
internal sealed class SocketConnection(string id, Stream stream, SocketProfile profile) : Connection(id), IDisposable
{
    /// <summary>The longest message that is read, in bytes.</summary>
    public const int MaximumMessage = 1024 * 1024;

    // The hub's timer may be early by a little, in milliseconds.
    private const int Slack = 500;

    private static readonly byte[] PingFrame = Frame.Of(Opcode.Ping, []);

    private readonly Channel<ReadOnlyMemory<byte>> _outbox = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(profile.Frames) { SingleReader = true });

    private readonly SemaphoreSlim _written = new(0, 1);
    private readonly CancellationTokenSource _end = new();
    private byte[]? _closeFrame;
    private long _queuedBytes;
    private long _heardAt = Environment.TickCount64;
    private long _pingedAt = Environment.TickCount64;
    private bool _isAsked;

    /// <summary>Hears what comes and goes; <see langword="null"/> for a socket that nobody is to look at.</summary>
    public ISocketTap? Tap
    {
        get;
        init
        {
            field = value;
            value?.Attach(this);
        }
    }

    /// <summary>What waits to be written: frames, and their bytes.</summary>
    public (int Frames, long Bytes) Waiting => (_outbox.Reader.Count, Interlocked.Read(ref _queuedBytes));

    /// <inheritdoc/>
    public override bool TryPost(ReadOnlyMemory<byte> frame)
    {
        if (Interlocked.Add(ref _queuedBytes, frame.Length) <= profile.Bytes && _outbox.Writer.TryWrite(frame))
        {
            return true;
        }

        Interlocked.Add(ref _queuedBytes, -frame.Length);
        Close(CloseCode.TooSlow, "You read too slowly. Come back and catch up.");
        return false;
    }

    /// <summary>
    /// Queues a whole frame once all before it are written: a peer that sends without reading is not closed, but left to wait, as TCP does it.
    /// For the handler of this connection's own messages only.
    /// </summary>
    public async ValueTask PostAsync(ReadOnlyMemory<byte> frame)
    {
        while (Interlocked.Read(ref _queuedBytes) > 0)
        {
            await _written.WaitAsync(_end.Token);
        }

        TryPost(frame);
    }

    /// <summary>Says goodbye after what is queued; after a second without an answer the connection is cut. Only the first call counts.</summary>
    public override void Close(int code, string reason)
    {
        if (Interlocked.CompareExchange(ref _closeFrame, Frame.Close(code, reason), null) is null)
        {
            _outbox.Writer.TryComplete();
            CancelSoon();
        }
    }

    /// <summary>One beat of the hub's heart: asks for a sign of life, and cuts who gave none.</summary>
    /// <param name="now">Monotonic milliseconds, of <see cref="Environment.TickCount64"/>.</param>
    public void Beat(long now)
    {
        if (Tap is { IsHolding: true })
        {
            _isAsked = false; // what it answers is held back by ourselves
            return;
        }

        var since = now + Slack - _pingedAt;
        if (_isAsked && Interlocked.Read(ref _heardAt) < _pingedAt)
        {
            if (since >= profile.Deadline)
            {
                Cut();
            }
        }
        else if (since >= profile.Interval)
        {
            (_isAsked, _pingedAt) = (true, now);
            TryPost(PingFrame);
        }
    }

    /// <summary>
    /// Runs the connection until either side ends it. Messages are handed to <paramref name="handle"/> one after another.
    /// </summary>
    /// <returns>When the connection is over; never throws for what the peer does.</returns>
    public async Task RunAsync(Func<Received, ValueTask> handle)
    {
        var writing = WriteAsync();
        using var reader = new MessageReader(stream, MaximumMessage);
        try
        {
            await ReadAsync(reader, handle);
        }
        catch (ProtocolViolationException violation)
        {
            Close(violation.Code, violation.Message);
            await DrainAsync();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The peer is gone, or we cut it: there is nobody left to tell.
        }
        finally
        {
            Close(CloseCode.Normal, "");
            await writing;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tap?.End();
        _end.Dispose();
        _written.Dispose();
    }

    private async Task ReadAsync(MessageReader reader, Func<Received, ValueTask> handle)
    {
        while (await reader.ReadAsync(_end.Token) is { } received)
        {
            Interlocked.Exchange(ref _heardAt, Environment.TickCount64);
            if (Tap is not null && !await Tap.ComesAsync(received, _end.Token))
            {
                continue;
            }

            switch (received.Opcode)
            {
                case Opcode.Ping:
                    TryPost(Frame.Of(Opcode.Pong, received.Payload.Span));
                    break;
                case Opcode.Pong:
                    break;
                case Opcode.Close:
                    Close(received.CloseCode == 1005 ? CloseCode.Normal : received.CloseCode, "");
                    return;
                default:
                    await handle(received);
                    break;
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var frame in _outbox.Reader.ReadAllAsync(_end.Token))
            {
                if (Tap is null || await Tap.GoesAsync(frame, _end.Token))
                {
                    await stream.WriteAsync(frame, _end.Token);
                }

                if (Interlocked.Add(ref _queuedBytes, -frame.Length) == 0 && _written.CurrentCount == 0)
                {
                    _written.Release();
                }
            }

            _ = Tap is null || await Tap.GoesAsync(_closeFrame, _end.Token);
            await stream.WriteAsync(_closeFrame, _end.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Cut(); // the reader must not wait for a peer that cannot be written to
        }
    }

    // Closing a connection that still has unread bytes resets it, and the reset overtakes our close frame.
    private async Task DrainAsync()
    {
        var buffer = new byte[4096];
        try
        {
            for (var left = 16 * MaximumMessage; left > 0;)
            {
                var read = await stream.ReadAsync(buffer, _end.Token);
                if (read == 0)
                {
                    return;
                }

                left -= read;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // As good as drained.
        }
    }

    private void CancelSoon()
    {
        try
        {
            _end.CancelAfter(TimeSpan.FromSeconds(1));
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    private void Cut()
    {
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }
}

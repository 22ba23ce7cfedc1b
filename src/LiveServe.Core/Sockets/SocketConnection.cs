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

    private const string TooSlow = "You read too slowly. Come back and catch up.";

    private static readonly byte[] PingFrame = Frame.Of(Opcode.Ping, []);

    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new(profile);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _emptied;
    private bool _isWriting;
    private bool _isClosing;
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
    public (int Frames, long Bytes) Waiting
    {
        get
        {
            lock (_gate)
            {
                return (_outbox.Count, _outbox.Bytes);
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _outbox.IsBehind;
            }
        }
    }

    /// <inheritdoc/>
    public override bool TryPost(ReadOnlyMemory<byte> frame) => TryPost(frame, evenIfBehind: true);

    /// <inheritdoc/>
    public override bool TryPostLossy(ReadOnlyMemory<byte> frame) => TryPost(frame, evenIfBehind: false);

    /// <summary>
    /// Queues a whole frame once all before it are written: a peer that sends without reading is not closed, but left to wait, as TCP does it.
    /// For the handler of this connection's own messages only.
    /// </summary>
    public async ValueTask PostAsync(ReadOnlyMemory<byte> frame)
    {
        while (Emptied() is { } emptied)
        {
            await emptied.WaitAsync(_end.Token);
        }

        TryPost(frame);
    }

    /// <summary>
    /// Says goodbye after what is queued, or at once to who reads too slowly; after a second without an answer the connection is cut. Only the first
    /// call counts.
    /// </summary>
    public override void Close(int code, string reason)
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            if (code == CloseCode.TooSlow)
            {
                _outbox.Clear();
            }

            _outbox.Add(Frame.Close(code, reason), Environment.TickCount64);
        }

        CancelSoon();
        Write();
    }

    /// <inheritdoc/>
    public override void Beat(long now)
    {
        if (Tap is { IsHolding: true })
        {
            _isAsked = false; // what it answers is held back by ourselves
            return;
        }

        if (IsStuck(now))
        {
            Close(CloseCode.TooSlow, TooSlow);
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

    /// <inheritdoc/>
    public override async Task RunAsync(Func<Received, ValueTask> handle)
    {
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
            await _finished.Task;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tap?.End();
        _end.Dispose();
    }

    private bool TryPost(ReadOnlyMemory<byte> frame, bool evenIfBehind)
    {
        bool isTooSlow;
        lock (_gate)
        {
            if (_isClosing || (!evenIfBehind && _outbox.IsBehind))
            {
                return false;
            }

            isTooSlow = !_outbox.TryAdd(frame, Environment.TickCount64);
        }

        if (isTooSlow)
        {
            Close(CloseCode.TooSlow, TooSlow);
            return false;
        }

        Write();
        return true;
    }

    private bool IsStuck(long now)
    {
        lock (_gate)
        {
            return _outbox.IsStuck(now);
        }
    }

    // Completes when nothing waits any more; null when nothing waits now.
    private Task? Emptied()
    {
        lock (_gate)
        {
            return _outbox.Count == 0 ? null : (_emptied ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
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

    // On the thread of whoever posts for as long as the connection takes the bytes at once: with thousands of sockets a change of threads for each
    // is most of what an update costs. One writer at a time.
    private void Write()
    {
        if (!Interlocked.Exchange(ref _isWriting, true))
        {
            _ = WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TryNext(out var frame))
            {
                if (Tap is null || await Tap.GoesAsync(frame, _end.Token))
                {
                    await stream.WriteAsync(frame, _end.Token);
                }

                Written();
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Abandon();
        }
    }

    private bool TryNext(out ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (_outbox.TryTake(out frame))
            {
                return true;
            }

            _isWriting = _isClosing; // nothing follows the close frame
            if (_isClosing)
            {
                _finished.TrySetResult();
            }

            return false;
        }
    }

    private void Written()
    {
        TaskCompletionSource? emptied = null;
        bool hasCaughtUp;
        lock (_gate)
        {
            hasCaughtUp = _outbox.Written(Environment.TickCount64);
            if (_outbox.Count == 0)
            {
                (emptied, _emptied) = (_emptied, null);
            }
        }

        emptied?.TrySetResult();
        if (hasCaughtUp)
        {
            TellCaughtUp();
        }
    }

    // The peer cannot be written to. The reader must not wait for it, and whoever posts must not run what the reader does then.
    private void Abandon()
    {
        lock (_gate)
        {
            _isClosing = true;
            _outbox.Clear();
        }

        _finished.TrySetResult();
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.Cut(), this, preferLocal: false);
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

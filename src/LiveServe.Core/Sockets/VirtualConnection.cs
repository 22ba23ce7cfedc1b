using LiveServe.Protocol;

namespace LiveServe.Sockets;

/// <summary>
/// A client without a WebSocket: it asks for what it is told, by one request at a time that is a stream or a long poll, and posts what it says. It lives
/// from request to request.
/// </summary>
/// <param name="id">Names the connection until it ends.</param>
/// <param name="profile">How much waits for it, and how long.</param>
internal sealed class VirtualConnection(string id, SocketProfile profile) : Connection(id)
{
    /// <summary>How long it lives without a request, in milliseconds.</summary>
    public const int KeptFor = 30_000;

    // For the last words: a second to be written where somebody reads, as with a socket; until the next poll where nobody does.
    private static readonly TimeSpan ForLastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilNextPoll = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ReplayBuffer _buffer = new(profile);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<Received, ValueTask>? _handle;
    private Task _handled = Task.CompletedTask;
    private Reading? _reading;
    private long _usedAt = Environment.TickCount64;
    private long _movedAt;
    private bool _wasBehind;
    private bool _isClosing;

    /// <inheritdoc/>
    public override bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _buffer.IsBehind;
            }
        }
    }

    /// <inheritdoc/>
    public override bool TryPost(ReadOnlyMemory<byte> frame) => TryPost(frame, evenIfBehind: true);

    /// <inheritdoc/>
    public override bool TryPostLossy(ReadOnlyMemory<byte> frame) => TryPost(frame, evenIfBehind: false);

    /// <summary>Says goodbye after what is queued, or at once to who reads too slowly. Only the first call counts.</summary>
    public override void Close(int code, string reason)
    {
        TimeSpan time;
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            if (code == CloseCode.TooSlow)
            {
                _buffer.Clear();
            }

            _buffer.Add(Wire.Serialize(new Closed(code, reason)));
            _reading?.Signal();
            time = _reading is not null ? ForLastWords : code == CloseCode.GoingAway ? TimeSpan.Zero : UntilNextPoll;
        }

        _ = EndInAsync(time);
    }

    /// <inheritdoc/>
    public override async Task RunAsync(Func<Received, ValueTask> handle)
    {
        _handle = handle;
        await _over.Task;
        _handle = null;
    }

    /// <inheritdoc/>
    public override void Beat(long now)
    {
        bool isStuck, isForgotten;
        lock (_gate)
        {
            isStuck = _reading is not null && _buffer.IsBehind && now - _movedAt >= profile.Patience;
            isForgotten = _reading is null && now - _usedAt >= KeptFor;
        }

        if (isStuck)
        {
            Close(CloseCode.TooSlow, "You read too slowly. Come back and catch up.");
        }
        else if (isForgotten)
        {
            End(cut: true);
        }
    }

    /// <summary>Handles messages that were posted, in their order and after all that were posted before.</summary>
    public Task ReceiveAsync(IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        lock (_gate)
        {
            _usedAt = Environment.TickCount64;
            return _handled = HandleAsync(_handled, messages);
        }
    }

    /// <summary>The client says that it is done.</summary>
    public void Leave() => End(cut: true);

    /// <summary>From now on this one reads, and who did before does no longer.</summary>
    /// <param name="after">The number of the last message that the client has.</param>
    public bool TryAttach(Reading reading, long after)
    {
        lock (_gate)
        {
            if (_over.Task.IsCompleted || !_buffer.TryResume(after))
            {
                return false;
            }

            _reading?.Lose(cut: false);
            _reading = reading;
            _movedAt = Environment.TickCount64;
            reading.Signal();
            return true;
        }
    }

    /// <summary>It does not read any more.</summary>
    public void Detach(Reading reading)
    {
        lock (_gate)
        {
            if (_reading == reading)
            {
                _reading = null;
                _usedAt = Environment.TickCount64;
            }
        }
    }

    /// <summary>What comes next, with the number of the first message; nothing for who reads no longer.</summary>
    /// <param name="most">How many at the most.</param>
    public (long First, ReadOnlyMemory<byte>[] Messages) Take(Reading reading, int most)
    {
        lock (_gate)
        {
            if (_reading != reading)
            {
                return (0, []);
            }

            var taken = _buffer.Take(most);
            _movedAt = Environment.TickCount64;
            if (_wasBehind && _buffer.Count == 0)
            {
                _wasBehind = false;
                TellCaughtUp();
            }

            if (_isClosing && !_buffer.HasMore)
            {
                End(cut: false);
            }

            return taken;
        }
    }

    private bool TryPost(ReadOnlyMemory<byte> frame, bool evenIfBehind)
    {
        lock (_gate)
        {
            if (_isClosing || (!evenIfBehind && _buffer.IsBehind))
            {
                return false;
            }

            _movedAt = _buffer.Count == 0 ? Environment.TickCount64 : _movedAt;
            if (_buffer.TryAdd(Frame.PayloadOf(frame)))
            {
                _wasBehind |= _buffer.IsBehind;
                _reading?.Signal();
                return true;
            }
        }

        Close(CloseCode.TooSlow, "You read too slowly. Come back and catch up.");
        return false;
    }

    // Not before the lock is left, whatever came before.
    private async Task HandleAsync(Task before, IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        foreach (var message in messages)
        {
            if (_handle is { } handle)
            {
                await handle(new Received(Opcode.Text, message));
            }
        }
    }

    private async Task EndInAsync(TimeSpan time)
    {
        await Task.WhenAny(_over.Task, Task.Delay(time));
        End(cut: true);
    }

    private void End(bool cut)
    {
        lock (_gate)
        {
            _isClosing = true;
            if (_over.TrySetResult())
            {
                _reading?.Lose(cut);
                _reading = null;
            }
        }
    }
}

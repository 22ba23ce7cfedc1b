namespace LiveServe.Proxying;

/// <summary>
/// Runs out when the upstream sends no head of an answer for too long. While the request's body flows the wait has not begun, and once the head is
/// there it is over: an event stream may be silent, and a back end stopped at a breakpoint keeps its sockets.
/// </summary>
internal sealed class HeadClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source = new();
    private readonly TimeSpan _patience;
    private bool _isStopped;

    /// <summary>Begins to wait.</summary>
    public HeadClock(TimeSpan patience)
    {
        _patience = patience;
        Restart();
    }

    /// <summary>Cancelled when it ran out.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether it ran out.</summary>
    public bool RanOut => _source.IsCancellationRequested;

    /// <summary>The head is there.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            _source.Dispose();
        }
    }

    /// <summary>A request's body that restarts the clock with each piece.</summary>
    public Stream Watch(Stream body) => new WatchedBody(body, this);

    private void Restart()
    {
        lock (_gate)
        {
            if (!_isStopped)
            {
                _source.CancelAfter(_patience);
            }
        }
    }

    private sealed class WatchedBody(Stream body, HeadClock clock) : PassingStream(body)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
            clock.Restart();
            return read;
        }
    }
}

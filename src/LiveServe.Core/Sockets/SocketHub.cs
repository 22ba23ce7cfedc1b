using System.Collections.Concurrent;

namespace LiveServe.Sockets;

/// <summary>The only owner of the set of open sockets: it lets them in, keeps their heart beating and says goodbye to all.</summary>
internal sealed class SocketHub : IDisposable
{
    // What the intervals and deadlines of profiles are multiples of.
    private const int BeatEvery = 5_000;

    private readonly ConcurrentDictionary<Connection, Task> _open = new();
    private readonly Timer _heart;
    private readonly int _maximum;
    private int _count;
    private volatile bool _stopping;

    /// <summary>A hub without sockets. Its heart stands still until the first one comes: an idle server wakes for nothing.</summary>
    /// <param name="maximum">How many sockets are let in.</param>
    public SocketHub(int maximum)
    {
        _maximum = maximum;
        _heart = new Timer(_ => Beat(Environment.TickCount64));
    }

    /// <summary>How many sockets are open.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a place for one more socket; <see langword="false"/> when all are taken or we are stopping.</summary>
    public bool TryReserve()
    {
        lock (_heart)
        {
            if (_stopping || _count == _maximum)
            {
                return false;
            }

            if (++_count == 1)
            {
                _heart.Change(BeatEvery, BeatEvery);
            }

            return true;
        }
    }

    /// <summary>Gives a reserved place back.</summary>
    public void Release()
    {
        lock (_heart)
        {
            if (--_count == 0)
            {
                _heart.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }
    }

    /// <summary>Runs a socket in its reserved place until it ends.</summary>
    public async Task RunAsync(Connection socket, Func<Received, ValueTask> handle)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[socket] = running.Task;
        try
        {
            if (_stopping)
            {
                socket.Close(CloseCode.GoingAway, "The server stops.");
            }

            await socket.RunAsync(handle);
        }
        finally
        {
            _open.TryRemove(socket, out _);
            running.SetResult();
        }
    }

    /// <summary>Says goodbye to every socket and waits until they are gone; each has a second to answer.</summary>
    public async Task CloseAllAsync()
    {
        _stopping = true;
        var open = _open.ToArray();
        foreach (var (socket, _) in open)
        {
            socket.Close(CloseCode.GoingAway, "The server stops.");
        }

        await Task.WhenAll(open.Select(pair => pair.Value));
    }

    /// <summary>One beat for every socket.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    public void Beat(long now)
    {
        foreach (var (socket, _) in _open)
        {
            socket.Beat(now);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _heart.Dispose();
}

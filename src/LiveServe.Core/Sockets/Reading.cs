using System.Threading.Channels;

namespace LiveServe.Sockets;

/// <summary>
/// One request that takes what one or more virtual connections are told. A later one for a connection replaces an earlier one there; it is over when it
/// has been replaced everywhere, or all its connections have ended.
/// </summary>
internal sealed class Reading : IDisposable
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _cut = new();
    private readonly List<VirtualConnection> _connections = [];
    private int _open;

    /// <summary>Whether nothing more will come.</summary>
    public bool IsOver => Volatile.Read(ref _open) == 0;

    /// <summary>Ends what is being written when the last connection is cut.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Begins to read what a connection is told; <see langword="false"/> when it does not have what comes after that number any more.</summary>
    /// <param name="after">The number of the last message that the client has.</param>
    public bool TryAdd(VirtualConnection connection, long after)
    {
        Interlocked.Increment(ref _open);
        if (connection.TryAttach(this, after))
        {
            _connections.Add(connection);
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>There is something to take, or an end.</summary>
    public void Signal() => _news.Writer.TryWrite(true);

    /// <summary>A connection is no longer this one's. Called under that connection's lock.</summary>
    /// <param name="cut">Whether it was cut, so that what is being written to it is in vain.</param>
    public void Lose(bool cut)
    {
        if (Interlocked.Decrement(ref _open) == 0 && cut)
        {
            _ = _cut.CancelAsync();
        }

        Signal();
    }

    /// <summary>Waits until there may be something to take.</summary>
    /// <returns><see langword="false"/> when the time is up.</returns>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<bool> WaitAsync(TimeSpan time, CancellationToken left)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(left);
        patience.CancelAfter(time);
        try
        {
            return await _news.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connections.ForEach(connection => connection.Detach(this));
        _cut.Dispose();
    }
}

using System.Threading.Channels;

namespace LiveServe.Watching;

/// <summary>Hints on their way from the source to the watcher. When the watcher is too busy to take them, they are lost, and it is told so.</summary>
internal sealed class HintQueue
{
    /// <summary>As many hints wait at the most: what the kernel itself holds for one instance.</summary>
    public const int Longest = 16 * 1024;

    private readonly Channel<ChangeHint> _hints = Channel.CreateBounded<ChangeHint>(new BoundedChannelOptions(Longest) { SingleReader = true });
    private int _isLost;

    /// <summary>Takes in a hint.</summary>
    public void Add(ChangeHint hint)
    {
        if (!_hints.Writer.TryWrite(hint))
        {
            Volatile.Write(ref _isLost, 1);
        }
    }

    /// <summary>Gives out what waits, and at its end a rescan when something was lost.</summary>
    public bool TryTake(out ChangeHint hint)
    {
        if (_hints.Reader.TryRead(out hint))
        {
            return true;
        }

        hint = ChangeHint.Rescan;
        return Interlocked.Exchange(ref _isLost, 0) == 1;
    }

    /// <summary>Waits for a hint; <see langword="false"/> when there will be none.</summary>
    public Task<bool> WaitAsync(CancellationToken cancellation) => _hints.Reader.WaitToReadAsync(cancellation).AsTask();

    /// <summary>There will be no more.</summary>
    public void Close() => _hints.Writer.TryComplete();
}

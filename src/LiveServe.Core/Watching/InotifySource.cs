using System.Runtime.InteropServices;
using System.Text;

namespace LiveServe.Watching;

/// <summary>The kernel's own word for every change, on Linux: one instance, one sleeping thread. What is watched, and what an event means, is the tree's.</summary>
internal sealed class InotifySource : IChangeSource
{
    // A thread that arms a large tree tells late; what it tells then is looked at then.
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMilliseconds(50);

    private readonly object _asking = new();
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string, string?> _warn;
    private readonly InotifyTree _tree;
    private readonly int _inotify;
    private readonly int _waker = Inotify.CreateWaker();
    private Action<ChangeHint> _report = _ => { };
    private Thread? _thread;
    private long _asked;
    private long _answered;
    private volatile bool _isToArmAnew;
    private volatile bool _stopping;

    /// <summary>A source that does nothing yet.</summary>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    /// <param name="calls">Where watches come from; the kernel when it is <see langword="null"/>.</param>
    public InotifySource(FileTree tree, Action<string, string?> warn, InotifyCalls? calls = null)
    {
        calls ??= InotifyCalls.Kernel;
        _warn = warn;
        _inotify = calls.Create();
        _tree = new InotifyTree(tree, _inotify, calls, hint => _report(hint), warn);
    }

    /// <summary>Whether this machine still gives out instances.</summary>
    public bool IsUsable => _inotify >= 0 && _waker >= 0;

    /// <inheritdoc/>
    public Task Armed => _armed.Task;

    /// <inheritdoc/>
    public TimeSpan Grain => TimeSpan.Zero;

    /// <inheritdoc/>
    public void Start(Action<ChangeHint> report)
    {
        _report = report;
        _thread = new Thread(Run) { IsBackground = true, Name = "inotify" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void CatchUp()
    {
        lock (_asking)
        {
            var mine = ++_asked;
            Inotify.Wake(_waker);
            while (_answered < mine && Monitor.Wait(_asking, LongestCatchUp))
            {
            }
        }
    }

    /// <inheritdoc/>
    public void Rearm()
    {
        _isToArmAnew = true;
        Inotify.Wake(_waker);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        Inotify.Wake(_waker);
        _thread?.Join();
        _tree.Dispose();
        _ = Inotify.Close(_inotify);
        _ = Inotify.Close(_waker);
    }

    private void Run()
    {
        Guarded(_tree.ArmFirst);
        _armed.SetResult();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            _ = Inotify.Wait(_inotify, _waker);
            if (_stopping)
            {
                return;
            }

            var asked = Asked();
            Guarded(() => Work(buffer));
            Answer(asked);
        }
    }

    private void Work(byte[] buffer)
    {
        if (_isToArmAnew)
        {
            _isToArmAnew = false;
            _tree.ArmAnew();
        }

        for (int read; (read = Inotify.ReadEvents(_inotify, buffer)) > 0 && !_stopping;)
        {
            Handle(buffer.AsSpan(0, read));
        }
    }

    private long Asked()
    {
        lock (_asking)
        {
            return _asked;
        }
    }

    private void Answer(long asked)
    {
        lock (_asking)
        {
            if (_answered != asked)
            {
                _answered = asked;
                Monitor.PulseAll(_asking);
            }
        }
    }

    private void Handle(ReadOnlySpan<byte> events)
    {
        const int HeadLength = 16;
        while (events.Length >= HeadLength)
        {
            var watch = MemoryMarshal.Read<int>(events);
            var what = (InotifyEvents)MemoryMarshal.Read<uint>(events[4..]);
            var nameLength = MemoryMarshal.Read<int>(events[12..]);
            var name = Encoding.UTF8.GetString(events.Slice(HeadLength, nameLength).TrimEnd((byte)0));
            events = events[(HeadLength + nameLength)..];
            _tree.Handle(watch, what, name);
        }
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031 // The edge of a thread: a defect is shown, and what it may have cost is looked for.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            _warn($"An event could not be handled: {defect}", "This is a defect of liveserve. Please report it.");
            _report(ChangeHint.Rescan);
        }
    }
}

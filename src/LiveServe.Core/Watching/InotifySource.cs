using System.Runtime.InteropServices;
using System.Text;

namespace LiveServe.Watching;

/// <summary>
/// The kernel's own word for every change, on Linux: one instance, one sleeping thread, no watch inside a pruned folder. The watch is added
/// before the folder is listed, so what appears in between is found at least once.
/// </summary>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
internal sealed class InotifySource(string root, IgnoreRules rules, Action<string, string?> warn) : IChangeSource
{
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WatchMap _watches = new();
    private readonly int _inotify = Inotify.Create();
    private readonly int _waker = Inotify.CreateWaker();
    private Action<ChangeHint> _report = _ => { };
    private PollingSource? _rest;
    private Thread? _thread;
    private volatile bool _stopping;
    private bool _rootMissing;
    private int _ancestor = -1;

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
    public void Rearm() => Inotify.Wake(_waker);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping = true;
        Inotify.Wake(_waker);
        _thread?.Join();
        _rest?.Dispose();
        _ = Inotify.Close(_inotify);
        _ = Inotify.Close(_waker);
    }

    private void Run()
    {
        Guarded(() => Arm("", isNew: false));
        _armed.SetResult();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var woken = Inotify.Wait(_inotify, _waker);
            if (_stopping)
            {
                return;
            }

            Guarded(() =>
            {
                if (woken)
                {
                    WatchAgain();
                }

                Handle(buffer.AsSpan(0, Inotify.ReadEvents(_inotify, buffer)));
            });
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
            warn($"An event could not be handled: {defect}", "This is a defect of liveserve. Please report it.");
            _report(ChangeHint.Rescan);
        }
    }

    // Which folder is watched under which number is not to be trusted after events were lost: every watch is asked for anew, which is idempotent.
    private void WatchAgain()
    {
        foreach (var watch in _watches.Below(""))
        {
            _watches.Drop(watch);
        }

        Arm("", isNew: false);
        _report(ChangeHint.Rescan);
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
            Handle(watch, what, name);
        }
    }

    private void Handle(int watch, InotifyEvents what, string name)
    {
        if (what.HasFlag(InotifyEvents.Overflow))
        {
            WatchAgain();
        }
        else if (_rootMissing)
        {
            AwaitRoot();
        }
        else if (_watches.FolderOf(watch) is { } folder)
        {
            Handle(watch, folder, what, folder.Length == 0 ? name : $"{folder}/{name}");
        }
    }

    private void Handle(int watch, string folder, InotifyEvents what, string path)
    {
        if ((what & (InotifyEvents.DeleteSelf | InotifyEvents.MoveSelf | InotifyEvents.Unmount | InotifyEvents.Ignored)) != 0)
        {
            if (folder.Length == 0 && !what.HasFlag(InotifyEvents.Ignored))
            {
                LoseRoot();
            }
            else if (what.HasFlag(InotifyEvents.Ignored))
            {
                _watches.Drop(watch);
            }
        }
        else if (what.HasFlag(InotifyEvents.IsFolder))
        {
            HandleFolder(what, path);
        }
        else if (!rules.IgnoresFile(path))
        {
            _report(new ChangeHint(path, HintOf(what)));
        }
    }

    private void HandleFolder(InotifyEvents what, string path)
    {
        if ((what & (InotifyEvents.MovedFrom | InotifyEvents.Delete)) != 0)
        {
            // A folder that was moved out of the tree would go on reporting under a name that is not its own.
            foreach (var watch in _watches.Below(path))
            {
                _ = Inotify.Remove(_inotify, watch);
                _watches.Drop(watch);
            }

            _report(new ChangeHint(path, HintKind.FolderGone));
        }
        else if ((what & (InotifyEvents.MovedTo | InotifyEvents.Create)) != 0 && !rules.PrunesFolder(path))
        {
            // In a folder that was moved here files are complete; in one that was just made, somebody may be writing them.
            Arm(path, isNew: true, what.HasFlag(InotifyEvents.MovedTo) ? HintKind.Finished : HintKind.Begun);
        }
    }

    private static HintKind HintOf(InotifyEvents what) =>
        (what & (InotifyEvents.MovedFrom | InotifyEvents.Delete)) != 0 ? HintKind.Gone
        : (what & (InotifyEvents.CloseWrite | InotifyEvents.MovedTo)) != 0 ? HintKind.Finished
        : what.HasFlag(InotifyEvents.Attributes) ? HintKind.Touched
        : HintKind.Begun; // a hard link ends here too: nobody closes it, and the wait for a writer runs out

    private void Arm(string folder, bool isNew, HintKind found = HintKind.Finished)
    {
        if (_rootMissing || (folder.Length == 0 && !Directory.Exists(root)))
        {
            LoseRoot();
            return;
        }

        foreach (var inner in WatchedAndListed(folder, isNew))
        {
            if (!isNew)
            {
                continue;
            }

            foreach (var file in FileTree.FilesIn(root, inner, rules))
            {
                _report(new ChangeHint(file, found));
            }
        }
    }

    // The tree's walk lists a folder only when the next one is asked for: by then its watch is there.
    private IEnumerable<string> WatchedAndListed(string folder, bool isNew)
    {
        foreach (var inner in FileTree.Folders(root, folder, rules))
        {
            if ((isNew || !_watches.Contains(inner)) && _rest is null)
            {
                Watch(inner);
            }

            yield return inner;
        }
    }

    private void Watch(string folder)
    {
        var watch = Inotify.Add(_inotify, Path.Combine(root, folder), follow: folder.Length == 0);
        if (watch >= 0)
        {
            _watches.Set(watch, folder);
        }
        else if (Marshal.GetLastPInvokeError() is Inotify.NoSpace)
        {
            warn($"The system's limit of watched folders is reached after {_watches.Count}; the whole of {root} is polled instead.",
                "Raise it: sudo sysctl fs.inotify.max_user_watches=524288");
            _rest = new PollingSource(root, rules, TimeSpan.FromSeconds(1), warn);
            _rest.Start(_report);
        }
    }

    private void LoseRoot()
    {
        if (!_rootMissing)
        {
            _rootMissing = true;
            foreach (var watch in _watches.Below(""))
            {
                _ = Inotify.Remove(_inotify, watch);
                _watches.Drop(watch);
            }

            _report(new ChangeHint("", HintKind.RootGone));
        }

        AwaitRoot();
    }

    // The nearest folder above that is there tells when the next one down appears.
    private void AwaitRoot()
    {
        while (!Directory.Exists(root))
        {
            var above = Path.GetDirectoryName(root);
            while (above is not null && !Directory.Exists(above))
            {
                above = Path.GetDirectoryName(above);
            }

            var before = _ancestor;
            _ancestor = Inotify.Add(_inotify, above ?? "/", follow: true);
            if (before == _ancestor || _ancestor < 0)
            {
                if (!Directory.Exists(root))
                {
                    return;
                }
            }
        }

        _ = Inotify.Remove(_inotify, _ancestor);
        (_ancestor, _rootMissing) = (-1, false);
        Arm("", isNew: false);
        _report(new ChangeHint("", HintKind.RootBack));
    }
}

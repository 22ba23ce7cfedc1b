namespace LiveServe.Watching;

/// <summary>
/// What it means for a tree when the kernel tells something. A watch is added before its folder is listed, so what appears in between is found
/// at least once. Used by one thread.
/// </summary>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
internal sealed class InotifyTree(FileTree tree, int inotify, InotifyCalls calls, Action<ChangeHint> report, Action<string, string?> warn) : IDisposable
{
    private readonly KernelWatches _watches = new(tree, inotify, calls, report, warn);
    private bool _rootMissing;
    private (int Watch, string Name) _arrived;

    /// <summary>Watches the whole tree; what is in it is not told.</summary>
    public void ArmFirst()
    {
        _watches.WatchTrail("");
        if (Directory.Exists(tree.Root))
        {
            Arm("", found: null);
        }
        else
        {
            LoseRoot();
        }
    }

    /// <summary>Asks for every watch anew, which is idempotent: after lost events it is not to be trusted which folder is watched under which number.</summary>
    public void ArmAnew()
    {
        if (_rootMissing)
        {
            FollowRoot();
        }
        else
        {
            _watches.Renew(ArmFirst);
            report(ChangeHint.Rescan);
        }
    }

    /// <summary>Takes in an event.</summary>
    public void Handle(int watch, InotifyEvents what, string name)
    {
        if (what.HasFlag(InotifyEvents.Overflow))
        {
            ArmAnew();
            return;
        }

        var places = _watches.Of(watch);
        var links = new HashSet<string>(StringComparer.Ordinal);
        what = Settled(watch, what, name, places);
        foreach (var place in places)
        {
            if (place.IsStage)
            {
                if (place.Name == name && (name.Length > 0 || (what & InotifyEvents.OwnFate) != 0))
                {
                    links.Add(place.Path);
                }
            }
            else if (name.Length > 0)
            {
                HandleIn(place.Path, name, what, links);
            }
        }

        if (what.HasFlag(InotifyEvents.Ignored))
        {
            _watches.Drop(watch);
        }

        foreach (var link in links)
        {
            Follow(link, what);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watches.Dispose();

    // When two names change places, the second is said to have come first and to be gone then, although it is there. renameat2(2), RENAME_EXCHANGE.
    private InotifyEvents Settled(int watch, InotifyEvents what, string name, WatchPlace[] places)
    {
        var isSwap = what.HasFlag(InotifyEvents.MovedFrom) && _arrived == (watch, name)
            && Array.Exists(places, place => !place.IsStage && Path.Exists(Path.Combine(tree.FullPath(place.Path), name)));
        _arrived = what.HasFlag(InotifyEvents.MovedTo) ? (watch, name) : default;
        return isSwap ? (what & ~InotifyEvents.MovedFrom) | InotifyEvents.MovedTo : what;
    }

    private void HandleIn(string folder, string name, InotifyEvents what, HashSet<string> links)
    {
        var path = folder.Length == 0 ? name : $"{folder}/{name}";
        if (what.HasFlag(InotifyEvents.IsFolder))
        {
            HandleFolder(path, what);
        }
        else if (!tree.Rules.IgnoresFile(path))
        {
            if ((what & (InotifyEvents.Create | InotifyEvents.MovedTo)) != 0 && LinkTrail.TargetOf(tree.FullPath(path)) is not null)
            {
                links.Add(path);
            }
            else
            {
                report(new ChangeHint(path, HintOf(what)));
            }
        }
    }

    private void HandleFolder(string path, InotifyEvents what)
    {
        if (tree.Rules.PrunesFolder(path))
        {
            return;
        }

        if ((what & (InotifyEvents.MovedFrom | InotifyEvents.Delete)) != 0)
        {
            Leave(path);
        }
        else if ((what & (InotifyEvents.MovedTo | InotifyEvents.Create)) != 0 || !_watches.HasFolder(path))
        {
            if (_watches.HasFolder(path))
            {
                Leave(path); // another one stands there now
            }

            // In a folder that was moved here, or was closed to us, files are complete; in one that was just made, somebody may be writing them.
            Arm(path, what.HasFlag(InotifyEvents.Create) ? HintKind.Begun : HintKind.Finished);
        }
    }

    // A folder that was moved out of the tree would go on reporting under a name that is not its own.
    private void Leave(string folder)
    {
        if (_watches.HasFolder(folder))
        {
            _watches.LeaveBelow(folder);
        }

        report(new ChangeHint(folder, HintKind.FolderGone));
    }

    private static HintKind HintOf(InotifyEvents what) =>
        (what & (InotifyEvents.MovedFrom | InotifyEvents.Delete)) != 0 ? HintKind.Gone
        : (what & (InotifyEvents.CloseWrite | InotifyEvents.MovedTo)) != 0 ? HintKind.Finished
        : what.HasFlag(InotifyEvents.Attributes) ? HintKind.Touched
        : HintKind.Begun; // a hard link ends here too: nobody closes it, and the wait for a writer runs out

    private void Arm(string folder, HintKind? found)
    {
        foreach (var entry in tree.Walk(folder, _watches.WatchFolder))
        {
            if (entry.IsLink)
            {
                _watches.WatchTrail(entry.Path);
            }

            if (found is { } kind && !entry.IsFolder)
            {
                report(new ChangeHint(entry.Path, kind));
            }
        }

        _watches.SayWhatIsUnwatched();
    }

    // Something on the way to where a link leads has changed, or what stands there has.
    private void Follow(string link, InotifyEvents what)
    {
        if (link.Length == 0)
        {
            FollowRoot();
            return;
        }

        if (LinkTrail.TargetOf(tree.FullPath(link)) is null)
        {
            _watches.LeaveTrail(link); // what stands there now, if anything, is told as what it is
            LeaveLinked(link);
            return;
        }

        var trail = (what & (InotifyEvents.Names | InotifyEvents.OwnFate)) != 0 || !_watches.HasTrail(link) ? _watches.WatchTrail(link) : null;
        LeaveLinked(link);
        if (tree.Enters(link) && !tree.Rules.PrunesFolder(link))
        {
            Arm(link, HintKind.Finished);
        }
        else
        {
            report(new ChangeHint(link, trail is null ? HintOf(what) : trail.Real is null ? HintKind.Gone : what.HasFlag(InotifyEvents.Create) ? HintKind.Begun : HintKind.Finished));
        }
    }

    private void LeaveLinked(string link)
    {
        if (_watches.HasFolder(link))
        {
            _watches.LeaveBelow(link);
            report(new ChangeHint(link, HintKind.FolderGone));
        }
    }

    private void FollowRoot()
    {
        _watches.WatchTrail("");
        if (!Directory.Exists(tree.Root))
        {
            LoseRoot();
        }
        else if (_rootMissing)
        {
            _rootMissing = false;
            Arm("", found: null);
            report(new ChangeHint("", HintKind.RootBack));
        }
        else
        {
            ArmAnew(); // another folder stands there now
        }
    }

    private void LoseRoot()
    {
        if (!_rootMissing)
        {
            _rootMissing = true;
            _watches.LeaveBelow("");
            report(new ChangeHint("", HintKind.RootGone));
        }
    }
}

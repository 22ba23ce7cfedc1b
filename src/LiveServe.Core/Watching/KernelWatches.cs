namespace LiveServe.Watching;

/// <summary>
/// Asks the kernel for watches, and gives back those that are not needed any more. No watch stands inside a pruned folder, but where a link
/// leads into one. Used by one thread.
/// </summary>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
internal sealed class KernelWatches(FileTree tree, int inotify, InotifyCalls calls, Action<ChangeHint> report, Action<string, string?> warn) : IDisposable
{
    // A path that is renamed faster than it can be looked at is told of again.
    private const int MostLooks = 10;

    private readonly WatchMap _map = new();
    private readonly UnwatchedFolders _unwatched = new(tree, report, warn);

    /// <summary>What a watch is there for.</summary>
    public WatchPlace[] Of(int watch) => _map.Of(watch);

    /// <summary>Whether a folder of the tree is watched.</summary>
    public bool HasFolder(string folder) => _map.HasFolder(folder);

    /// <summary>Whether a link's trail is watched.</summary>
    public bool HasTrail(string link) => _map.HasTrail(link);

    /// <summary>Forgets a watch that the kernel has ended.</summary>
    public void Drop(int watch) => _map.Drop(watch);

    /// <summary>Ends the watches of a folder and of all below it.</summary>
    public void LeaveBelow(string folder) => Release(_map.DropBelow(folder));

    /// <summary>Ends the watches on a link's trail.</summary>
    public void LeaveTrail(string link) => Release(_map.DropTrail(link));

    /// <summary>Asks for everything anew by <paramref name="arm"/>: what is watched all the while loses no event.</summary>
    public void Renew(Action arm)
    {
        var before = _map.All;
        foreach (var watch in before)
        {
            _map.Drop(watch);
        }

        arm();
        Release(before);
    }

    /// <summary>Says what could not be watched, if that was not said.</summary>
    public void SayWhatIsUnwatched() => _unwatched.Say(_map.Folders);

    /// <summary>Watches a folder of the tree.</summary>
    public void WatchFolder(string folder)
    {
        if (!Watch(tree.FullPath(folder), InotifyEvents.ForFiles, new WatchPlace(folder, null)))
        {
            _unwatched.Add(IsLeftOver);
        }
    }

    /// <summary>Watches every name that decides where a link, or the root itself, leads.</summary>
    /// <remarks>Watched first and looked at after: a trail that was the same all the while is one whose next change will be heard.</remarks>
    public LinkTrail WatchTrail(string link)
    {
        var path = link.Length == 0 ? tree.Root : Path.Combine(LinkTrail.RealPath(tree.Root) ?? tree.Root, link);
        var trail = LinkTrail.Of(path);
        for (var looks = 0; ; looks++)
        {
            var before = _map.DropTrail(link);
            WatchStages(link, trail);
            Release(before);
            var now = LinkTrail.Of(path);
            if (now.IsSameAs(trail) || looks == MostLooks)
            {
                return trail;
            }

            trail = now;
        }
    }

    private void WatchStages(string link, LinkTrail trail)
    {
        var root = link.Length == 0 ? null : LinkTrail.RealPath(tree.Root);
        var mayLeave = link.Length == 0 || tree.IsServed(link);
        for (var i = 0; i < trail.Stages.Count; i++)
        {
            var stage = trail.Stages[i];
            if (root is not null && stage.Kind == StageKind.Folder && LinkTrail.IsWithin(root, stage.FullPath))
            {
                continue; // the root's own trail has it
            }

            if (root is not null && !mayLeave && !LinkTrail.IsWithin(stage.Directory, root))
            {
                return; // it is not served, whatever stands there
            }

            var isWatched = stage.Kind switch
            {
                StageKind.File => Watch(stage.Directory, InotifyEvents.ForFiles, new WatchPlace(link, stage.Name)),
                StageKind.Folder when i == trail.Stages.Count - 1 || !IsPruned(root, stage.FullPath) => Watch(stage.FullPath, InotifyEvents.ForOwnFate, new WatchPlace(link, "")),
                StageKind.Folder when IsPruned(root, stage.Directory) => true,
                _ => Watch(stage.Directory, InotifyEvents.ForNames, new WatchPlace(link, stage.Name)),
            };
            if (!isWatched)
            {
                _unwatched.Add(IsLeftOver);
            }
        }
    }

    private bool IsPruned(string? root, string path) =>
        root is not null && path.Length > root.Length && LinkTrail.IsWithin(path, root) && tree.Rules.PrunesFolder(path[root.Length..].TrimStart('/'));

    /// <inheritdoc/>
    public void Dispose() => _unwatched.Dispose();

    // Where a limit leaves out one stage of a link, nobody can say which links are heard of.
    private bool IsLeftOver(TreeEntry entry) => entry.IsReachedByLink || !_map.HasFolder(entry.Path[..Math.Max(0, entry.Path.LastIndexOf('/'))]);

    // False when the limit is reached; a folder that is gone, or closed to us, is not there to be watched.
    private bool Watch(string path, InotifyEvents what, WatchPlace place)
    {
        var watch = calls.Add(inotify, path, what);
        if (watch >= 0)
        {
            _map.Add(watch, place);
        }

        return watch != -Inotify.NoSpace;
    }

    private void Release(IEnumerable<int> watches)
    {
        foreach (var watch in watches.Where(watch => !_map.IsUsed(watch)))
        {
            _ = Inotify.Remove(inotify, watch);
        }
    }
}

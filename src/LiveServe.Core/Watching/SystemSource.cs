namespace LiveServe.Watching;

/// <summary>
/// .NET's own watcher, for Windows and macOS. Its word is taken as a hint only: new folders are walked, lost events end in a rescan, and when
/// the root goes it is made anew once the root is back. It hears nothing of where links lead: those files are polled, once there is a link.
/// </summary>
/// <remarks>The buffer is 64 KB, the most that Windows allows for network drives.</remarks>
internal sealed class SystemSource(FileTree tree, Action<string, string?> warn) : IChangeSource
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(500), PollLinksEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Action<ChangeHint> _report = _ => { };
    private FileSystemWatcher? _watcher;
    private PollingSource? _links;
    private Task _armed = Task.CompletedTask;

    /// <inheritdoc/>
    public Task Armed => _armed;

    /// <inheritdoc/>
    public TimeSpan Grain => TimeSpan.Zero;

    /// <inheritdoc/>
    public void Start(Action<ChangeHint> report)
    {
        _report = report;
        Open();
        _armed = Task.Run(() => tree.Walk("").Any(entry => entry.IsLink) ? PollLinks() : Task.CompletedTask);
    }

    /// <inheritdoc/>
    public void CatchUp()
    {
        // Nothing tells how far it is. Its every save is waited for longer, because nothing tells the end of one either.
    }

    /// <inheritdoc/>
    public void Rearm() => _report(ChangeHint.Rescan);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stop.Cancel();
            _watcher?.Dispose();
            _links?.Dispose();
        }

        _stop.Dispose();
    }

    private void Open()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            var watcher = new FileSystemWatcher(tree.Root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, change) => Appeared(change.FullPath);
            watcher.Changed += (_, change) => Report(change.FullPath, HintKind.Begun);
            watcher.Deleted += (_, change) => Disappeared(change.FullPath);
            watcher.Renamed += (_, change) =>
            {
                Disappeared(change.OldFullPath);
                Appeared(change.FullPath);
            };
            watcher.Error += (_, error) => _ = ReopenAsync(error.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
    }

    private Task PollLinks()
    {
        lock (_gate)
        {
            if (_links is null && !_stop.IsCancellationRequested)
            {
                _links = new PollingSource(tree, PollLinksEvery, warn, entry => entry.IsReachedByLink);
                _links.Start(_report);
            }

            return _links?.Armed ?? Task.CompletedTask;
        }
    }

    private async Task ReopenAsync(Exception error)
    {
        if (error is InternalBufferOverflowException)
        {
            _report(ChangeHint.Rescan);
            return;
        }

        try
        {
            var wasGone = !Directory.Exists(tree.Root);
            _report(wasGone ? new ChangeHint("", HintKind.RootGone) : ChangeHint.Rescan);
            while (!Directory.Exists(tree.Root))
            {
                await Task.Delay(RetryEvery, _stop.Token);
            }

            lock (_gate)
            {
                _watcher?.Dispose();
            }

            Open();
            _report(wasGone ? new ChangeHint("", HintKind.RootBack) : ChangeHint.Rescan);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            warn($"Watching {tree.Root} stopped: {failure.Message}", "Restart liveserve, or use --poll.");
        }
    }

    private void Appeared(string fullPath)
    {
        if (LinkTrail.TargetOf(fullPath) is not null)
        {
            _ = PollLinks();
            _report(ChangeHint.Rescan); // by the rules for links
            return;
        }

        if (!Directory.Exists(fullPath))
        {
            Report(fullPath, HintKind.Begun);
            return;
        }

        var folder = Relative(fullPath);
        if (!tree.Rules.PrunesFolder(folder))
        {
            foreach (var file in tree.Walk(folder).Where(entry => !entry.IsFolder))
            {
                _report(new ChangeHint(file.Path, HintKind.Finished));
            }
        }
    }

    // What it was is not told: both are said, and the snapshot knows.
    private void Disappeared(string fullPath)
    {
        Report(fullPath, HintKind.Gone);
        if (!tree.Rules.PrunesFolder(Relative(fullPath)))
        {
            _report(new ChangeHint(Relative(fullPath), HintKind.FolderGone));
        }
    }

    private void Report(string fullPath, HintKind kind)
    {
        var path = Relative(fullPath);
        if (!tree.Rules.IgnoresFile(path))
        {
            _report(new ChangeHint(path, kind));
        }
    }

    private string Relative(string fullPath) => Path.GetRelativePath(tree.Root, fullPath).Replace(Path.DirectorySeparatorChar, '/');
}

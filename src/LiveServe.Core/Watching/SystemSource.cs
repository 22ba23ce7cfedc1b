namespace LiveServe.Watching;

/// <summary>
/// .NET's own watcher, for Windows and macOS. Its word is taken as a hint only: new folders are walked, lost events end in a rescan, and when
/// the root goes it is made anew once the root is back.
/// </summary>
/// <remarks>The buffer is 64 KB, the most that Windows allows for network drives.</remarks>
internal sealed class SystemSource(string root, IgnoreRules rules, Action<string, string?> warn) : IChangeSource
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Action<ChangeHint> _report = _ => { };
    private FileSystemWatcher? _watcher;

    /// <inheritdoc/>
    public Task Armed => Task.CompletedTask;

    /// <inheritdoc/>
    public TimeSpan Grain => TimeSpan.Zero;

    /// <inheritdoc/>
    public void Start(Action<ChangeHint> report)
    {
        _report = report;
        Open();
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

            var watcher = new FileSystemWatcher(root)
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

    private async Task ReopenAsync(Exception error)
    {
        if (error is InternalBufferOverflowException)
        {
            _report(ChangeHint.Rescan);
            return;
        }

        try
        {
            var wasGone = !Directory.Exists(root);
            _report(wasGone ? new ChangeHint("", HintKind.RootGone) : ChangeHint.Rescan);
            while (!Directory.Exists(root))
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
            warn($"Watching {root} stopped: {failure.Message}", "Restart liveserve, or use --poll.");
        }
    }

    private void Appeared(string fullPath)
    {
        if (!Directory.Exists(fullPath))
        {
            Report(fullPath, HintKind.Begun);
            return;
        }

        var folder = Relative(fullPath);
        if (!rules.PrunesFolder(folder))
        {
            foreach (var file in FileTree.Files(root, folder, rules))
            {
                _report(new ChangeHint(file, HintKind.Finished));
            }
        }
    }

    // What it was is not told: both are said, and the snapshot knows.
    private void Disappeared(string fullPath)
    {
        Report(fullPath, HintKind.Gone);
        if (!rules.PrunesFolder(Relative(fullPath)))
        {
            _report(new ChangeHint(Relative(fullPath), HintKind.FolderGone));
        }
    }

    private void Report(string fullPath, HintKind kind)
    {
        var path = Relative(fullPath);
        if (!rules.IgnoresFile(path))
        {
            _report(new ChangeHint(path, kind));
        }
    }

    private string Relative(string fullPath) => Path.GetRelativePath(root, fullPath).Replace(Path.DirectorySeparatorChar, '/');
}

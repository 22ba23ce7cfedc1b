using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>Looks at every file's stat again and again, where nobody tells of changes. On a slow disk it looks less often than asked.</summary>
/// <param name="which">The entries that are looked at; all, and the root itself, when it is <see langword="null"/>.</param>
/// <param name="interval">Between the end of one look and the beginning of the next.</param>
internal sealed class PollingSource(FileTree tree, TimeSpan interval, Action<string, string?> warn, Predicate<TreeEntry>? which = null) : IChangeSource
{
    // At most a quarter of the time is spent looking.
    private const int Rest = 3;

    // A busy machine makes the next round longer than the last: what is told of it errs on the long side.
    private const double LeastRound = 20;

    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private Dictionary<string, FileStat> _files = new(StringComparer.Ordinal);
    private Task _polling = Task.CompletedTask;
    private bool _rootMissing;
    private double _round = LeastRound;

    /// <inheritdoc/>
    public Task Armed => _armed.Task;

    /// <inheritdoc/>
    public TimeSpan Grain => TimeSpan.FromMilliseconds(Math.Max(interval.TotalMilliseconds, Volatile.Read(ref _round)));

    /// <inheritdoc/>
    public void Start(Action<ChangeHint> report) => _polling = Task.Run(() => RunAsync(report));

    /// <inheritdoc/>
    public void CatchUp()
    {
        // What is not told yet is told by the next round.
    }

    /// <inheritdoc/>
    public void Rearm()
    {
        // The next look sees by the new rules.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _polling.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task RunAsync(Action<ChangeHint> report)
    {
        _files = Scan();
        _armed.SetResult();
        try
        {
            while (true)
            {
                var started = Environment.TickCount64;
                Guarded(() => Compare(report));
                var looked = Environment.TickCount64 - started;
                var pause = Math.Max(interval.TotalMilliseconds, Rest * looked);
                Volatile.Write(ref _round, Math.Max(LeastRound, looked + pause));
                await Task.Delay(TimeSpan.FromMilliseconds(pause), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031 // The edge of the loop: a defect in one look is shown, and the next look is made.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            warn($"The files could not be looked at: {defect}", "This is a defect of liveserve. Please report it.");
        }
    }

    private void Compare(Action<ChangeHint> report)
    {
        if (!Directory.Exists(tree.Root))
        {
            if (!_rootMissing && which is null)
            {
                _rootMissing = true;
                report(new ChangeHint("", HintKind.RootGone));
            }

            return;
        }

        var now = Scan();
        foreach (var (path, stat) in now)
        {
            if (!_files.TryGetValue(path, out var before) || before != stat)
            {
                // A stat says nothing of writers, so every change may still be going on; a look at a still file is cheap. One that is empty
                // has most likely just been opened to be written.
                report(new ChangeHint(path, stat.Length == 0 ? HintKind.Begun : HintKind.Touched));
            }
        }

        foreach (var path in _files.Keys.Where(path => !now.ContainsKey(path)))
        {
            report(new ChangeHint(path, HintKind.Gone));
        }

        _files = now;
        if (_rootMissing)
        {
            _rootMissing = false;
            report(new ChangeHint("", HintKind.RootBack));
        }
    }

    private Dictionary<string, FileStat> Scan()
    {
        var files = new Dictionary<string, FileStat>(StringComparer.Ordinal);
        foreach (var (path, stat) in tree.Files(which))
        {
            files[path] = stat;
        }

        return files;
    }
}

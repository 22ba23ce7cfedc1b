using System.Diagnostics;
using System.Threading.Channels;
using LiveServe.Content;
using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>
/// From events to changes: 1 a source hints, 2 the coalescer waits for the end of what belongs together, 3 the snapshot looks, 4 what was not
/// touched meanwhile is believed, 5 what really changed is published. One loop owns the coalescer; nothing ticks while nothing happens.
/// </summary>
internal sealed class SiteWatcher : IAsyncDisposable
{
    private const long LongestHold = 5_000;

    private readonly WatchOptions _options;
    private readonly Action<string, string?> _warn;
    private readonly FileTree _tree;
    private readonly IChangeSource _source;
    private readonly Snapshot _snapshot;
    private readonly ChangeCoalescer _coalescer;
    private readonly GitFolder? _git;
    private readonly SleepSense _sleep;
    private readonly HintQueue _hints = new();

    // One batch waits for its reader; what comes meanwhile is collected into the next.
    private readonly Channel<ChangeBatch> _batches = Channel.CreateBounded<ChangeBatch>(new BoundedChannelOptions(1) { SingleReader = true });
    private readonly DueLooks _looks;
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously), _learnt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly DateTimeOffset _startedAt;
    private Task _running = Task.CompletedTask;
    private long _firstSeen;
    private long _lastHintAt;
    private bool _isGitAtWork;

    /// <summary>A watcher that does nothing yet.</summary>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    public SiteWatcher(WatchOptions options, Action<string, string?> warn)
    {
        (_options, _warn) = (options, warn);
        _startedAt = FileClock.Now;
        _tree = new FileTree(options.Root, new IgnoreRules(options.Root, options.Ignore, options.UseGitignore, options.Only, options.Never), options.FollowLinks);
        _source = ChangeSources.For(options, _tree, warn);
        _snapshot = new Snapshot(_tree);
        _sleep = new SleepSense(options.Clock);
        _coalescer = new ChangeCoalescer((long?)options.FixedWait?.TotalMilliseconds, MediaTypes.IsExchanged, () => (long)_source.Grain.TotalMilliseconds);
        _looks = new DueLooks(_snapshot, _tree, _coalescer);
        _git = GitFolder.Above(options.Root);
    }

    /// <summary>Completes when every folder is watched and every file is known.</summary>
    public Task Armed => _armed.Task;

    /// <summary>Completes when the bytes of every file are known, too, as far as there is room for that.</summary>
    public Task Learnt => _learnt.Task;

    /// <summary>What changed, in the order in which it did.</summary>
    public ChannelReader<ChangeBatch> Batches => _batches.Reader;

    private long Now => (long)_options.Clock.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>The files that changed after a moment, as the file system tells.</summary>
    public IReadOnlyList<string> ChangedSince(DateTimeOffset time) => _snapshot.ChangedSince(time);

    /// <summary>
    /// Somebody was told that a file is not there. If it was all the while, as far as we know (a folder is being exchanged, an editor saves), they are to
    /// hear of it when it is back, although it is what it was.
    /// </summary>
    public void Missed(string path)
    {
        if (_snapshot.Knows(path))
        {
            _snapshot.Doubt(path);
            _hints.Add(new ChangeHint(path, HintKind.Touched));
        }
    }

    /// <summary>Begins; returns at once.</summary>
    public void Start()
    {
        _source.Start(_hints.Add);
        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _hints.Close();
        await _running;
        _source.Dispose();
        _batches.Writer.TryComplete();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        await _source.Armed;
        Guarded(Scan);
        _armed.SetResult();
        var learning = Task.Run(() =>
        {
            Guarded(() => _snapshot.LearnAll(path => _hints.Add(new ChangeHint(path, HintKind.Finished)), _stop.Token));
            _learnt.SetResult();
        });
        try
        {
            Task<bool>? more = null;
            while (true)
            {
                more ??= _hints.WaitAsync(_stop.Token);
                await WaitAsync(more);
                if (more.IsCompleted)
                {
                    if (!await more)
                    {
                        break;
                    }

                    more = null;
                }

                Guarded(Turn);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }

        await learning;
    }

    // Until there is a hint, or something is due. While nothing happens, for a look at the clock now and then and no more.
    private async Task WaitAsync(Task hint)
    {
        var time = _coalescer.DueAt is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, due - Now)) : SleepSense.LookEvery;
        await hint.WaitAsync(time, _options.Clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // that time is up is no error
        _stop.Token.ThrowIfCancellationRequested();
    }

    private void Turn()
    {
        // Taken before the hints are: on a busy machine a hint may wait unread, and quiet is only what was quiet up to the reading.
        var now = Now;
        if (_sleep.HasSlept())
        {
            Take(ChangeHint.Rescan, now);
        }

        TakeHints(now);

        if (_coalescer.DueAt is { } due && due <= now && !IsHeld(now))
        {
            Publish(_coalescer.Take(now));
        }
    }

    private void TakeHints(long now)
    {
        while (_hints.TryTake(out var hint))
        {
            Take(hint, now);
            _lastHintAt = now;
        }
    }

    private void Take(ChangeHint hint, long now)
    {
        if (_coalescer.DueAt is null)
        {
            _firstSeen = Stopwatch.GetTimestamp();
        }

        switch (hint.Kind)
        {
            case HintKind.Rescan:
            case HintKind.RootBack:
                Rescan(now);
                break;
            case HintKind.FolderGone:
                LoseFolder(hint.Path, now);
                break;
            case HintKind.RootGone:
                _warn($"{_options.Root} is gone. Pages wait for it.", "Bring it back; nothing else is needed.");
                LoseFolder("", now);
                break;
            case HintKind.Gone when !_snapshot.Knows(hint.Path):
                _coalescer.Forget(hint.Path); // a save's temporary file: it came and went
                break;
            case HintKind.Finished when !_snapshot.Knows(hint.Path):
                _coalescer.Add(hint.Path, HintKind.Appeared, now);
                break;
            default:
                _coalescer.Add(hint.Path, hint.Kind, now);
                break;
        }
    }

    private void LoseFolder(string folder, long now)
    {
        foreach (var path in _snapshot.Below(folder))
        {
            _coalescer.Add(path, HintKind.Gone, now);
        }
    }

    private void Publish(IReadOnlyList<ChangeHint> due)
    {
        var firstSeen = _firstSeen;
        var changes = _looks.Take(due, HearRest, () => Now);
        if (changes.Any(change => IgnoreRules.IsRuleFile(change.Path)))
        {
            _tree.Rules.Reload();
            _source.Rearm();
        }

        if (changes.Count > 0)
        {
            _batches.Writer.TryWrite(new ChangeBatch(changes, firstSeen));
        }

        _firstSeen = Stopwatch.GetTimestamp();
    }

    private void HearRest()
    {
        _source.CatchUp();
        TakeHints(Now);
    }

    // While git holds its index it is in the middle of a checkout, however long it pauses between two files, and however many there are.
    private bool IsHeld(long now)
    {
        _isGitAtWork = _git is not null && (_isGitAtWork ? _git.IsLocked : _git.IsAtWork(DateTime.UtcNow)) && now - _lastHintAt <= LongestHold;
        var isHeld = _isGitAtWork || _batches.Reader.Count > 0;
        if (isHeld)
        {
            _coalescer.Hold(now);
        }

        return isHeld;
    }

    private void Scan()
    {
        foreach (var (path, stat) in _tree.Files())
        {
            _snapshot.Note(path, stat);
        }

        // Saved after we began and before its folder was watched: a page may have got the old bytes.
        foreach (var path in _snapshot.ChangedSince(_startedAt))
        {
            _snapshot.Doubt(path);
            _hints.Add(new ChangeHint(path, HintKind.Finished));
        }
    }

    private void Rescan(long now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, stat) in _tree.Files())
        {
            seen.Add(path);
            if (!_snapshot.IsUnchanged(path, stat))
            {
                _coalescer.Add(path, HintKind.Finished, now);
            }
        }

        foreach (var path in _snapshot.Below("").Where(path => !seen.Contains(path)))
        {
            _coalescer.Add(path, HintKind.Gone, now);
        }
    }

    private void Guarded(Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031 // The edge of the loop: a defect in one turn is shown, and the loop lives.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            _warn($"A change could not be looked at: {defect}", "This is a defect of liveserve. Please report it.");
        }
    }
}

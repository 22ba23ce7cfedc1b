namespace LiveServe.Watching;

/// <summary>What the user's limit of watches leaves over: it is polled, and said once.</summary>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
internal sealed class UnwatchedFolders(FileTree tree, Action<ChangeHint> report, Action<string, string?> warn) : IDisposable
{
    private const long UsualLimit = 524288;

    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    private PollingSource? _polling;
    private int _count;
    private bool _isSaid;

    /// <summary>One more folder that could not be watched.</summary>
    /// <param name="isLeftOver">Whether nobody else hears of an entry of the tree; asked from another thread.</param>
    public void Add(Predicate<TreeEntry> isLeftOver)
    {
        _count++;
        if (_polling is null)
        {
            _polling = new PollingSource(tree, PollEvery, warn, isLeftOver);
            _polling.Start(report);
            _polling.Armed.GetAwaiter().GetResult(); // what is saved from here on is found
            report(ChangeHint.Rescan);               // what was saved before is looked for
        }
    }

    /// <summary>Says so, when there is something to say that was not said.</summary>
    /// <param name="watched">How many folders are watched.</param>
    public void Say(int watched)
    {
        if (_count > 0 && !_isSaid)
        {
            _isSaid = true;
            var limit = Inotify.Limit("max_user_watches");
            warn($"The system's limit of watched folders{(limit is null ? "" : $" ({limit})")} is reached: {watched} of {tree.Root} are watched, {_count} are polled.",
                $"Raise it: sudo sysctl fs.inotify.max_user_watches={Math.Max(UsualLimit, 2 * (limit ?? 0))}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _polling?.Dispose();
}

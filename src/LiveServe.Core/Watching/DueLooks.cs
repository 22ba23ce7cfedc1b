namespace LiveServe.Watching;

/// <summary>Looks at the files that are due, and believes only what was not touched while it was looked at. One loop uses it.</summary>
internal sealed class DueLooks(Snapshot snapshot, FileTree tree, ChangeCoalescer coalescer)
{
    // A file that stays empty, or changes at every look, for so many looks is told as it is: 100 ms apart, that is a second.
    private const int MostLooks = 10;

    private readonly Dictionary<string, int> _looks = new(StringComparer.Ordinal);

    /// <summary>What has changed of what is due. What tells nothing yet is pending again.</summary>
    /// <param name="hearRest">Brings the coalescer up to now: the next save of a file may have begun after its last hint was taken, and half of it was seen.</param>
    /// <param name="now">Milliseconds of the coalescer's clock.</param>
    public List<FileChange> Take(IReadOnlyList<ChangeHint> due, Action hearRest, Func<long> now)
    {
        var spelling = new Spelling(tree);
        var looks = due.Select(hint => (hint.Path, Look: snapshot.At(
            hint.Path, hint.Kind != HintKind.Begun || Times(hint.Path) == MostLooks, hint.Kind == HintKind.Gone ? spelling : null))).ToList();
        hearRest();
        var changes = new List<FileChange>();
        foreach (var (path, look) in looks)
        {
            if (look.TryLater || (coalescer.IsPending(path) && Times(path) < MostLooks))
            {
                _looks[path] = Math.Min(MostLooks, Times(path) + 1);
                if (!coalescer.IsPending(path))
                {
                    coalescer.Add(path, HintKind.Begun, now());
                }

                continue;
            }

            _looks.Remove(path);
            snapshot.Accept(path, look);
            if (look.Change is { } change)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    private int Times(string path) => _looks.GetValueOrDefault(path);
}

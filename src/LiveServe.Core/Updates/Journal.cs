using LiveServe.Watching;

namespace LiveServe.Updates;

/// <summary>
/// What changed, numbered. A page says which number it knows and gets what came after it; the journal forgets from its far end, and says so.
/// </summary>
/// <remarks>Not for several threads: its owner holds a lock.</remarks>
internal sealed class Journal
{
    private const int MaximumChanges = 20_000;

    private readonly Queue<(long Seq, IReadOnlyList<FileChange> Changes)> _batches = new();
    private int _changes;
    private long _forgotten;

    /// <summary>The number of the newest batch; 0 before the first.</summary>
    public long Seq { get; private set; }

    /// <summary>Enters a batch and gives it its number.</summary>
    public long Add(IReadOnlyList<FileChange> changes)
    {
        _batches.Enqueue((++Seq, changes));
        _changes += changes.Count;
        while (_changes > MaximumChanges && _batches.Count > 1)
        {
            var (seq, oldest) = _batches.Dequeue();
            _changes -= oldest.Count;
            _forgotten = seq;
        }

        return Seq;
    }

    /// <summary>The newest change of each file after batch <paramref name="seq"/>; <see langword="null"/> when that is forgotten, or never was.</summary>
    public IReadOnlyList<FileChange>? Since(long seq)
    {
        if (seq < _forgotten || seq > Seq)
        {
            return null;
        }

        var newest = new Dictionary<string, FileChange>(StringComparer.Ordinal);
        foreach (var change in _batches.Where(batch => batch.Seq > seq).SelectMany(batch => batch.Changes))
        {
            newest[change.Path] = change;
        }

        return [.. newest.Values];
    }
}

using LiveServe.Content;
using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>What a look at a path found.</summary>
/// <param name="Change">The net change, or <see langword="null"/> when there is none.</param>
/// <param name="Seen">What is there now; <see langword="null"/> when nothing is.</param>
/// <param name="TryLater">Whether the file is being written right now, so that the look told nothing.</param>
internal readonly record struct Look(FileChange? Change, SeenFile? Seen = null, bool TryLater = false);

/// <summary>A file as it was seen; without a hash when only its stat is known.</summary>
internal sealed record SeenFile(FileStat Stat, ContentHash Hash);

/// <summary>
/// What is known of every watched file: the truth that hints are held against. A save that changes no byte is no change, and a hint of a
/// file that is not there is none either.
/// </summary>
internal sealed class Snapshot(FileTree tree)
{
    /// <summary>Larger files are judged by their stat alone.</summary>
    public const long LargestHashed = 64 * 1024 * 1024;

    private const long LearnAtMost = 1024 * 1024, LearnInAll = 256 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SeenFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doubted = new(StringComparer.Ordinal);

    /// <summary>Enters a file as it is found when watching begins; its content is not known yet.</summary>
    public void Note(string path, FileStat stat)
    {
        lock (_gate)
        {
            _files.TryAdd(path, new SeenFile(stat, default));
        }
    }

    /// <summary>
    /// A file that may have changed without our knowledge, or of which somebody was told that it is not there: the next look finds a change,
    /// even if it is what it was. It is not learnt before that.
    /// </summary>
    public void Doubt(string path)
    {
        lock (_gate)
        {
            _doubted.Add(path);
        }
    }

    /// <summary>Looks at a path. Nothing is taken over yet: what happened while it was looked at is not known to whoever looks.</summary>
    /// <param name="isComplete">Whether its writer has closed it; until then an empty file is one that is about to be written.</param>
    /// <param name="spelling">Where it is said to be gone, what shows that it is not merely called otherwise now.</param>
    public Look At(string path, bool isComplete, Spelling? spelling = null)
    {
        var full = tree.FullPath(path);
        lock (_gate)
        {
            var known = _files.GetValueOrDefault(path);
            if (tree.Look(path) is not { } stat || spelling?.IsExact(path) == false)
            {
                return known is null ? default : new Look(new FileChange(path, ChangeKind.Removed, default));
            }

            if (stat.Length == 0 && !isComplete && known is { Stat.Length: > 0 })
            {
                return new Look(null, TryLater: true);
            }

            if (stat.Length > LargestHashed)
            {
                return new Look(known?.Stat == stat && !_doubted.Contains(path) ? null : Changed(path, known, default), new(stat, default));
            }

            var hash = HashOf(full);
            if (hash is not null && FileTree.Stat(full) != stat)
            {
                return new Look(null, TryLater: true); // it moved under our eyes
            }

            var isSame = known is not null && known.Hash != default && known.Hash == hash && !_doubted.Contains(path);
            return new Look(isSame ? null : Changed(path, known, hash ?? default), new(stat, hash ?? default));
        }
    }

    /// <summary>Takes over what a look at a path found; not one that told nothing.</summary>
    public void Accept(string path, Look look)
    {
        lock (_gate)
        {
            if (look.Seen is { } seen)
            {
                _files[path] = seen;
            }
            else
            {
                _files.Remove(path);
            }

            _doubted.Remove(path);
        }
    }

    /// <summary>Learns the content of what was only noted, so that the very first save without a change is known for one.</summary>
    /// <param name="changed">Told each file that is something else by now: a change that nobody told us of.</param>
    public void LearnAll(Action<string> changed, CancellationToken cancellation)
    {
        var budget = LearnInAll;
        foreach (var (path, length) in NotLearnt())
        {
            if (cancellation.IsCancellationRequested || (budget -= length) < 0)
            {
                return;
            }

            if (!Learn(path))
            {
                changed(path);
            }
        }
    }

    /// <summary>Whether a file is as it was, as far as its stat tells.</summary>
    public bool IsUnchanged(string path, FileStat stat)
    {
        lock (_gate)
        {
            return _files.TryGetValue(path, out var known) && known.Stat == stat;
        }
    }

    /// <summary>Whether there is such a file, as far as is known.</summary>
    public bool Knows(string path)
    {
        lock (_gate)
        {
            return _files.ContainsKey(path);
        }
    }

    /// <summary>The known files below a folder; all of them for the empty path.</summary>
    public IReadOnlyList<string> Below(string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        lock (_gate)
        {
            return [.. _files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    /// <summary>The files that changed at or after a moment, as the file system's clock has it.</summary>
    public IReadOnlyList<string> ChangedSince(DateTimeOffset time)
    {
        var ns = (time - DateTimeOffset.UnixEpoch).Ticks * 100;
        lock (_gate)
        {
            return [.. _files.Where(pair => pair.Value.Stat.ChangedNs >= ns).Select(pair => pair.Key)];
        }
    }

    private List<(string Path, long Length)> NotLearnt()
    {
        lock (_gate)
        {
            return [.. _files.Where(pair => pair.Value.Hash == default && pair.Value.Stat.Length <= LearnAtMost && !_doubted.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value.Stat.Length))];
        }
    }

    // False when it is something else by now.
    private bool Learn(string path)
    {
        FileStat noted;
        lock (_gate)
        {
            if (!_files.TryGetValue(path, out var known) || known.Hash != default)
            {
                return true;
            }

            noted = known.Stat;
        }

        var full = tree.FullPath(path);
        var hash = HashOf(full); // not under the lock: a look must not wait for a thousand files
        if (FileTree.Stat(full) != noted)
        {
            return false;
        }

        lock (_gate)
        {
            if (hash is not null && _files.TryGetValue(path, out var known) && known.Hash == default && known.Stat == noted && !_doubted.Contains(path))
            {
                _files[path] = new SeenFile(noted, hash.Value);
            }
        }

        return true;
    }

    private static FileChange Changed(string path, SeenFile? known, ContentHash hash) =>
        new(path, known is null ? ChangeKind.Added : ChangeKind.Modified, hash);

    private static ContentHash? HashOf(string full)
    {
        try
        {
            using var file = OpenFile.At(full);
            return file is null ? null : FileBytes.Hash(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null; // told by its stat alone
        }
    }
}

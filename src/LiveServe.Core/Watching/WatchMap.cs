namespace LiveServe.Watching;

/// <summary>Which watch is which folder, both ways. Only the source's own thread touches it.</summary>
internal sealed class WatchMap
{
    private readonly Dictionary<int, string> _folders = [];
    private readonly Dictionary<string, int> _watches = new(StringComparer.Ordinal);

    /// <summary>How many folders are watched.</summary>
    public int Count => _folders.Count;

    /// <summary>The folder of a watch, relative to the root; <see langword="null"/> when it has none any more.</summary>
    public string? FolderOf(int watch) => _folders.GetValueOrDefault(watch);

    /// <summary>Whether a folder is watched.</summary>
    public bool Contains(string folder) => _watches.ContainsKey(folder);

    /// <summary>Enters a watch. The kernel gives one number per folder, so a folder that was moved within the tree gets its new name here.</summary>
    public void Set(int watch, string folder)
    {
        Drop(watch);
        _folders[watch] = folder;
        _watches[folder] = watch;
    }

    /// <summary>Forgets a watch.</summary>
    public void Drop(int watch)
    {
        if (_folders.Remove(watch, out var folder) && _watches.GetValueOrDefault(folder) == watch)
        {
            _watches.Remove(folder);
        }
    }

    /// <summary>The watches of a folder and of all below it.</summary>
    public IReadOnlyList<int> Below(string folder) =>
        [.. _watches.Where(pair => folder.Length == 0 || pair.Key == folder || pair.Key.StartsWith(folder + "/", StringComparison.Ordinal)).Select(pair => pair.Value)];
}

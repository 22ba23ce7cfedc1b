using System.Collections.Concurrent;

namespace LiveServe.Watching;

/// <summary>What a watch is there for.</summary>
/// <param name="Path">The folder of the tree that it hears for; or, of a stage, the link (or the root: empty) on whose trail it is.</param>
/// <param name="Name">Of a stage: the name that is looked out for, empty for the folder's own fate. <see langword="null"/> for a folder of the tree.</param>
internal readonly record struct WatchPlace(string Path, string? Name)
{
    /// <summary>Whether this is a stage of a trail.</summary>
    public bool IsStage => Name is not null;
}

/// <summary>
/// Which watch is there for what. The kernel has one watch for each real folder; links give a folder more names than one, and other duties.
/// Only the source's own thread touches it, except for the question whether a folder is watched.
/// </summary>
internal sealed class WatchMap
{
    private readonly Dictionary<int, HashSet<WatchPlace>> _places = [];
    private readonly ConcurrentDictionary<string, int> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> _stages = new(StringComparer.Ordinal);

    /// <summary>How many folders of the tree are watched.</summary>
    public int Folders => _folders.Count;

    /// <summary>Every watch.</summary>
    public IReadOnlyList<int> All => [.. _places.Keys];

    /// <summary>What a watch is there for; a copy, for what is done about it changes the map.</summary>
    public WatchPlace[] Of(int watch) => _places.TryGetValue(watch, out var places) ? [.. places] : [];

    /// <summary>Whether a watch is still there for something.</summary>
    public bool IsUsed(int watch) => _places.ContainsKey(watch);

    /// <summary>Whether a folder of the tree is watched.</summary>
    public bool HasFolder(string folder) => _folders.ContainsKey(folder);

    /// <summary>Whether there is a trail of a link.</summary>
    public bool HasTrail(string link) => _stages.ContainsKey(link);

    /// <summary>Enters a duty of a watch.</summary>
    public void Add(int watch, WatchPlace place)
    {
        if (!_places.TryGetValue(watch, out var places))
        {
            _places[watch] = places = [];
        }

        places.Add(place);
        if (!place.IsStage)
        {
            if (_folders.TryGetValue(place.Path, out var before) && before != watch)
            {
                Remove(before, place); // another folder stands there by now
            }

            _folders[place.Path] = watch;
        }
        else
        {
            if (!_stages.TryGetValue(place.Path, out var watches))
            {
                _stages[place.Path] = watches = [];
            }

            watches.Add(watch);
        }
    }

    /// <summary>Forgets a watch that the kernel has ended.</summary>
    public void Drop(int watch)
    {
        foreach (var place in Of(watch))
        {
            Remove(watch, place);
        }
    }

    /// <summary>Forgets the trail of a link.</summary>
    /// <returns>The watches that were on it; some may have other duties.</returns>
    public IReadOnlyCollection<int> DropTrail(string link)
    {
        if (!_stages.TryGetValue(link, out var watches))
        {
            return [];
        }

        int[] before = [.. watches];
        foreach (var watch in before)
        {
            foreach (var place in Of(watch).Where(place => place.IsStage && place.Path == link))
            {
                Remove(watch, place);
            }
        }

        return before;
    }

    /// <summary>Forgets a folder of the tree with all below it, trails of links in it included.</summary>
    /// <returns>The watches that had to do with it; some may have other duties.</returns>
    public IReadOnlyCollection<int> DropBelow(string folder)
    {
        bool IsBelow(string path) => folder.Length == 0 ? path.Length > 0 : path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length && path[folder.Length] == '/';

        var watches = new HashSet<int>();
        foreach (var (path, watch) in _folders.Where(pair => pair.Key == folder || IsBelow(pair.Key)).ToArray())
        {
            watches.Add(watch);
            Remove(watch, new WatchPlace(path, null));
        }

        foreach (var link in _stages.Keys.Where(IsBelow).ToArray())
        {
            watches.UnionWith(DropTrail(link));
        }

        return watches;
    }

    private void Remove(int watch, WatchPlace place)
    {
        if (_places.TryGetValue(watch, out var places) && places.Remove(place) && places.Count == 0)
        {
            _places.Remove(watch);
        }

        if (!place.IsStage)
        {
            _folders.TryRemove(new(place.Path, watch));
        }
        else if (_stages.TryGetValue(place.Path, out var watches) && !Of(watch).Any(other => other.IsStage && other.Path == place.Path))
        {
            watches.Remove(watch);
            if (watches.Count == 0)
            {
                _stages.Remove(place.Path);
            }
        }
    }
}

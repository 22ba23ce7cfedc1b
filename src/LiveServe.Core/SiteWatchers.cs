using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe;

/// <summary>
/// All that is watched: the root, what is mounted, and what else the user named. Each has a watcher of its own, and its files are called by
/// what stands before them in an address; those outside of the site by where they are, seen from the root.
/// </summary>
internal sealed class SiteWatchers : IAsyncDisposable
{
    private readonly List<(Func<string, string> NameOf, SiteWatcher Watcher)> _places = [];

    /// <summary>Completes when everything is watched.</summary>
    public Task Armed => Task.WhenAll(_places.Select(place => place.Watcher.Armed));

    /// <summary>Adds a place.</summary>
    /// <param name="nameOf">From a path below the place to what the file is called.</param>
    public void Add(Func<string, string> nameOf, SiteWatcher watcher) => _places.Add((nameOf, watcher));

    /// <summary>Begins; returns at once.</summary>
    public void Start() => _places.ForEach(place => place.Watcher.Start());

    /// <summary>The files that changed after a moment, as the file system tells.</summary>
    public IReadOnlyList<string> ChangedSince(DateTimeOffset time) =>
        [.. _places.SelectMany(place => place.Watcher.ChangedSince(time).Select(place.NameOf))];

    /// <summary>Somebody was told that none of these files is there.</summary>
    /// <param name="names">What they are called here.</param>
    public void Missed(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            foreach (var (nameOf, watcher) in _places)
            {
                var before = nameOf("");
                if (name.StartsWith(before, StringComparison.Ordinal) && nameOf(name[before.Length..]) == name)
                {
                    watcher.Missed(name[before.Length..]);
                }
            }
        }
    }

    /// <summary>Publishes what changes until there is nothing more.</summary>
    public Task RunAsync(UpdateHub updates, Action<Exception> failed) =>
        Task.WhenAll(_places.Select(place => updates.RunAsync(place.Watcher.Batches, place.NameOf, failed)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, watcher) in _places)
        {
            await watcher.DisposeAsync();
        }
    }
}

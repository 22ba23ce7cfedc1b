using System.Collections.Concurrent;

namespace LiveServe.Serving;

/// <summary>
/// The files that somebody asked for since we started, found or not. A page of this process cannot use a file that is not among them.
/// </summary>
internal sealed class RequestedPaths
{
    private const int Maximum = 50_000;

    private readonly ConcurrentDictionary<string, bool> _paths = new(StringComparer.Ordinal);
    private volatile bool _overflowed;

    /// <summary>Notes a path, relative to the root.</summary>
    public void Add(string relative)
    {
        if (_paths.Count < Maximum)
        {
            _paths.TryAdd(relative, true);
        }
        else
        {
            _overflowed = true;
        }
    }

    /// <summary>Whether the path may have been asked for: certain while fewer than 50,000 were.</summary>
    public bool MayContain(string relative) => _overflowed || _paths.ContainsKey(relative);
}

using System.Collections.Concurrent;

namespace LiveServe.Serving;

/// <summary>
/// When each file last changed, so that what names it can name its newest version: browsers keep pictures and imported sheets by address.
/// </summary>
/// <remarks>A moment and not the batch's number: numbers begin again when we are restarted, and the pages' memory does not.</remarks>
internal sealed class SiteVersions(UsageGraph usage)
{
    private readonly ConcurrentDictionary<string, long> _changed = new(StringComparer.Ordinal);

    /// <summary>Notes a change.</summary>
    /// <param name="path">Decoded, with its leading slash.</param>
    public void Changed(string path, DateTimeOffset time) => _changed[path] = time.ToUnixTimeMilliseconds();

    /// <summary>Notes that a file had changed before we started, and after a page that is back loaded it: to that page its plain address is the old one.</summary>
    public void ChangedBefore(string path, DateTimeOffset time) => _changed.TryAdd(path, time.ToUnixTimeMilliseconds());

    /// <summary>
    /// The version of a file in Unix milliseconds, 0 when no page can have an older one. A style sheet is as new as the newest thing that
    /// it leads to.
    /// </summary>
    public long Of(string path) =>
        _changed.IsEmpty ? 0
        : UsageGraph.IsSheet(path) ? usage.Descendants(path).Max(Own)
        : Own(path);

    private long Own(string path) => _changed.GetValueOrDefault(path);
}

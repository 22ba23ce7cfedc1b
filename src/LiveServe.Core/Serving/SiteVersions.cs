using System.Collections.Concurrent;

namespace LiveServe.Serving;

/// <summary>
/// When each file last changed, so that what names it can name its newest version: browsers keep pictures and imported sheets by address.
/// </summary>
/// <remarks>A moment and not the batch's number: numbers begin again when we are restarted, and the pages' memory does not.</remarks>
/// <param name="changedAt">When the file system says that a file last changed, by its decoded path: Unix time in milliseconds, 0 when there is none.</param>
internal sealed class SiteVersions(UsageGraph usage, Func<string, long> changedAt)
{
    private readonly ConcurrentDictionary<string, long> _changed = new(StringComparer.Ordinal);
    private volatile bool _hasOlderPages;

    /// <summary>Notes a change.</summary>
    /// <param name="path">Decoded, with its leading slash.</param>
    public void Changed(string path, DateTimeOffset time) => _changed[path] = time.ToUnixTimeMilliseconds();

    /// <summary>
    /// A page of an earlier process is back. It may hold any file's older version under its plain address, changed before our time: from now on
    /// every file has a version.
    /// </summary>
    public void MeetOlderPage() => _hasOlderPages = true;

    /// <summary>
    /// The version of a file in Unix milliseconds, 0 when no page can have an older one. A style sheet is as new as the newest thing that
    /// it leads to.
    /// </summary>
    public long Of(string path) =>
        _changed.IsEmpty && !_hasOlderPages ? 0
        : UsageGraph.IsSheet(path) ? usage.Descendants(path).Max(Own)
        : Own(path);

    private long Own(string path) => _changed.TryGetValue(path, out var time) ? time : _hasOlderPages ? changedAt(path) : 0;
}

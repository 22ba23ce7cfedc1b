using System.Text;
using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Updates;

namespace LiveServe;

/// <summary>Brings together what serving and watching know of the site.</summary>
/// <param name="watcher"><see langword="null"/> when nothing is watched.</param>
/// <param name="site">What the site is under.</param>
internal sealed class SiteKnowledge(
    SiteLocator locator, SourceStore sources, UsageGraph usage, UsageScan scan, SiteVersions versions, SheetVersions sheets, SiteWatchers? watcher,
    SiteBase site) : ISiteKnowledge
{
    /// <inheritdoc/>
    public UsageGraph Usage => usage;

    /// <inheritdoc/>
    public Source? SourceAt(string url)
    {
        var source = locator.SourceAt(url);
        if (source is { Bytes.IsEmpty: false })
        {
            sources.Keep(source);
        }

        return source;
    }

    /// <inheritdoc/>
    public string AddressOf(string url) => site.Outward(url);

    /// <inheritdoc/>
    public string? SheetText(string url)
    {
        var target = RequestTarget.Parse(url, "", out _);
        return target is not null && locator.Read(target, Updated.MaximumText) is var (_, bytes) && Charset.Of(bytes, "text/css") == "utf-8"
            ? Encoding.UTF8.GetString(sheets.Stamp(bytes, target).Span).TrimStart('\uFEFF')
            : null;
    }

    /// <inheritdoc/>
    public void Changed(string path, DateTimeOffset time)
    {
        versions.Changed(path, time);
        if (usage.Knows(path))
        {
            scan.Add(path);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ChangedSinceAsync(DateTimeOffset time, IReadOnlyCollection<string> resources)
    {
        versions.MeetOlderPage();
        if (watcher is null)
        {
            return [];
        }

        await watcher.Armed; // a page of an earlier process may be back before we have looked around
        scan.ReadAll(resources);
        return watcher.ChangedSince(time);
    }
}

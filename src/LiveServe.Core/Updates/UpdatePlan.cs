using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;

namespace LiveServe.Updates;

/// <summary>How updates are made, as the user chose.</summary>
/// <param name="Mode">Whether pages are updated in place, always reloaded, or left alone.</param>
/// <param name="SwapCss">Whether a style sheet is exchanged in the live page.</param>
/// <param name="Broadcast">Whether every page gets every change.</param>
/// <param name="Listing">Whether folders without an index are listed.</param>
/// <param name="AppPage">The file that answers navigations which find nothing, relative to the root; <see langword="null"/> for none.</param>
/// <param name="ReloadsAfterRestart">Whether pages that no file made are another after a restart: an app is, or it would not have been restarted.</param>
internal sealed record PlanOptions(
    ReloadMode Mode = ReloadMode.Auto, bool SwapCss = true, bool Broadcast = false, bool Listing = true, string? AppPage = null,
    bool ReloadsAfterRestart = false);

/// <summary>
/// What a page is to do about changed files. Pure. The action follows from all paths of the batch, never from the last one, and a reload brings
/// whatever else changed. The order is that of doing: what the new document will need comes before the document.
/// </summary>
internal static class UpdatePlan
{
    /// <summary>The items for <paramref name="page"/>; empty when nothing concerns it.</summary>
    /// <param name="sourceNow">Gives the source that the page would be made from now.</param>
    public static IReadOnlyList<UpdateItem> For(
        IReadOnlyList<ChangedFile> changes, PageView page, Func<Source?> sourceNow, PlanOptions options)
    {
        if (options.Mode == ReloadMode.None)
        {
            return [];
        }

        var items = new List<UpdateItem>();
        UpdateItem? document = null;
        foreach (var change in changes)
        {
            foreach (var item in ItemsFor(change, page, sourceNow, options))
            {
                switch (item)
                {
                    case ReloadItem: return [item];
                    case HtmlItem: document = item; break;
                    case var other when !items.Contains(other): items.Add(other); break;
                }
            }
        }

        return document is null ? items : [.. items, document];
    }

    private static IEnumerable<UpdateItem> ItemsFor(ChangedFile change, PageView page, Func<Source?> sourceNow, PlanOptions options)
    {
        if (change.IsOutside)
        {
            return [new ReloadItem($"{change.Path} is watched, too")];
        }

        if (page.MayShow(change.Path, options.AppPage))
        {
            // Its own document: compared by content, since it may have been loaded after the save.
            var now = sourceNow();
            if (now?.Hash != page.Doc)
            {
                return [DocumentItem(change.Path, page, now, options)];
            }

            if (page.Names(change.Path))
            {
                return [];
            }
        }

        if (options.Listing && page.MayList(change))
        {
            return [new ReloadItem($"{change.Path} is in the folder that is listed")];
        }

        var isPlain = page.Target is null || options.Broadcast;
        if (!isPlain && change.Leading is { } leading && !page.Touches(leading))
        {
            return []; // another page, or a file that this one does not use
        }

        if (page.Target is { } target && change.Aliases.Contains(target.Path))
        {
            return [new ReloadItem(change.Path)];
        }

        var url = UrlPath.Escape(page.AddressOf("/" + change.Path, change.Aliases));
        return (change.Role, options) switch
        {
            (FileRole.SourceMap, _) when !isPlain => [],
            (_, { Mode: ReloadMode.Full }) => [new ReloadItem($"{change.Path}, and --reload full")],
            (FileRole.StyleSheet, { SwapCss: false }) => [new ReloadItem($"{change.Path}, and --no-css-inject")],
            (FileRole.StyleSheet, _) when change.IsModuleSheet => [new CssItem(url), new SheetItem(url)],
            (FileRole.StyleSheet, _) => [new CssItem(url)],
            (FileRole.Asset, _) when !isPlain && change.IsAskedByScript && !page.Resources.Contains("/" + change.Path) =>
                [new ReloadItem($"{change.Path} was read by a worker")], // the page itself knows nothing of it
            (FileRole.Asset, _) when !isPlain => [new AssetItem(url), .. options.SwapCss ? change.ShownBy.Select(ItemOfSheet) : []],
            (FileRole.Script, _) when !isPlain => [new ReloadItem($"{change.Path} is a script")],
            _ => [new ReloadItem(change.Path)],
        };
    }

    private static UpdateItem DocumentItem(string path, PageView page, Source? now, PlanOptions options) => (page.Doc, now) switch
    {
        _ when options.Mode == ReloadMode.Full => new ReloadItem($"{path}, and --reload full"),
        (null, _) => new ReloadItem($"{path} is there now"),
        (_, null) => new ReloadItem($"{path} is gone"),
        ({ } shown, { Bytes.IsEmpty: false }) => new HtmlItem(UrlPath.Escape(page.Target!.Path), shown.ToString(), now.Hash.ToString()),
        _ => new ReloadItem($"{path} is empty, or too large to be patched"),
    };

    private static CssItem ItemOfSheet(string sheet) => new(UrlPath.Escape(sheet));
}

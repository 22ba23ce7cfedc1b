using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Watching;

namespace LiveServe.Updates;

/// <summary>What a page shows, as it told us.</summary>
/// <param name="Target">Its address; <see langword="null"/> for a client that never told.</param>
/// <param name="Doc">The source that it was made from; <see langword="null"/> when that was a page of ours, or is unknown.</param>
/// <param name="Resources">The paths of what it loaded, relative to the root.</param>
/// <param name="LoadedBefore">Whether it was loaded from an earlier process, whose requests we do not know.</param>
internal sealed record PageView(RequestTarget? Target, ContentHash? Doc, IReadOnlySet<string> Resources, bool LoadedBefore = false)
{
    /// <summary>A client that says nothing gets everything.</summary>
    public static PageView Plain { get; } = new(null, null, new HashSet<string>());
}

/// <summary>How updates are made, as the user chose.</summary>
/// <param name="SwapCss">Whether a style sheet is exchanged in the live page.</param>
internal sealed record PlanOptions(bool SwapCss);

/// <summary>
/// What a page is to do about changed files. Pure. The action follows from all paths of the batch, never from the last one.
/// </summary>
internal static class UpdatePlan
{
    /// <summary>The items for <paramref name="page"/>; empty when nothing concerns it.</summary>
    /// <param name="documentNow">Gives the source that the page would be made from now.</param>
    /// <param name="wasRequested">Whether a file may have been asked for by any page of this process.</param>
    public static IReadOnlyList<UpdateItem> For(
        IReadOnlyList<FileChange> changes, PageView page, Func<ContentHash?> documentNow, Func<string, bool> wasRequested, PlanOptions options)
    {
        var items = new List<UpdateItem>();
        foreach (var change in changes)
        {
            switch (Judge(change.Path, page, documentNow, wasRequested, options))
            {
                case Effect.Reload:
                    return [new ReloadItem(change.Path)]; // whatever else changed comes with it
                case Effect.Swap:
                    items.Add(new CssItem(UrlOf(change.Path)));
                    break;
            }
        }

        return items;
    }

    /// <summary>The address that a file is served at.</summary>
    public static string UrlOf(string path) => "/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private enum Effect
    {
        None,
        Swap,
        Reload,
    }

    private static Effect Judge(
        string path, PageView page, Func<ContentHash?> documentNow, Func<string, bool> wasRequested, PlanOptions options)
    {
        var isMarkup = MediaTypes.Markup(MediaTypes.Of(path)) is MarkupKind.Html or MarkupKind.Xhtml;
        if (page.Target is { } target)
        {
            if (path == "404.html" || SiteLocator.Candidates(target).Contains(path))
            {
                // Its own document: compared by content, since it may have been loaded after the save.
                return documentNow() == page.Doc ? Effect.None : Effect.Reload;
            }

            if (!page.Resources.Contains(path) && (isMarkup || (!page.LoadedBefore && !wasRequested(path))))
            {
                return Effect.None; // another page, or a file that nobody asked for
            }
        }

        return path.EndsWith(".css", StringComparison.OrdinalIgnoreCase) && options.SwapCss ? Effect.Swap : Effect.Reload;
    }
}

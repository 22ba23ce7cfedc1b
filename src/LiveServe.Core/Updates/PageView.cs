using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Serving;

namespace LiveServe.Updates;

/// <summary>What a page shows, as it told us.</summary>
/// <param name="Target">Its address; <see langword="null"/> for a client that never told.</param>
/// <param name="Doc">The source that it was made from; <see langword="null"/> when that was a page of ours, or is unknown.</param>
/// <param name="Resources">The decoded paths of what it loaded, with their leading slash.</param>
internal sealed record PageView(RequestTarget? Target, ContentHash? Doc, IReadOnlySet<string> Resources)
{
    /// <summary>A client that says nothing gets everything.</summary>
    public static PageView Plain { get; } = new(null, null, new HashSet<string>());

    /// <summary>Whether a file may be the page's own document: the names that its address may be answered with, and the site's 404 page.</summary>
    public bool MayShow(string file) =>
        Target is { } target && (file == "404.html" || SiteLocator.Candidates(target).Contains(file));

    /// <summary>Whether the page is, or has loaded, one of these.</summary>
    /// <param name="leading">All that lead to a file, itself included.</param>
    public bool Touches(IReadOnlySet<string> leading)
    {
        foreach (var path in leading)
        {
            if (Resources.Contains(path) || path == Target!.Path || MayShow(path[1..]))
            {
                return true;
            }
        }

        return false;
    }
}

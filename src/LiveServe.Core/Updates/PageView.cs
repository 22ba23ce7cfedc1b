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

    /// <summary>Whether a file is one that the page's address names.</summary>
    public bool Names(string file) => Target is { } target && SiteLocator.Candidates(target).Contains(file);

    /// <summary>Whether a file may be the page's own document: the names that its address may be answered with, and what is shown where nothing is found.</summary>
    /// <param name="appPage">The file that answers navigations which find nothing, if there is one.</param>
    public bool MayShow(string file, string? appPage) => (Target is not null && (file == "404.html" || file == appPage)) || Names(file);

    /// <summary>Whether a page of ours may show that a file came, went or changed: the listing of its folder, or of one above it.</summary>
    public bool MayList(ChangedFile change) =>
        Doc is null && Target is { } target && target.Path.TrimEnd('/') + "/" is var folder
        && ("/" + change.Path).StartsWith(folder, StringComparison.Ordinal)
        && (change.ComesOrGoes || change.Path.IndexOf('/', folder.Length - 1) < 0); // deep inside, only what makes or ends a folder counts

    /// <summary>The address by which the page knows a file: it may have loaded it in another of Unicode's forms, or at another address.</summary>
    /// <param name="aliases">Other addresses at which the file was sent.</param>
    public string AddressOf(string path, IReadOnlyList<string> aliases) =>
        Resources.Contains(path) ? path
        : NormalForm.Others(path).Concat(aliases).FirstOrDefault(Resources.Contains) ?? (aliases.Count > 0 ? aliases[0] : path);

    /// <summary>Whether the page is, or has loaded, one of these.</summary>
    /// <param name="leading">All that lead to a file, itself included.</param>
    public bool Touches(IReadOnlySet<string> leading)
    {
        foreach (var path in leading)
        {
            if (Resources.Contains(path) || path == Target!.Path || Names(path[1..]))
            {
                return true;
            }
        }

        return false;
    }
}

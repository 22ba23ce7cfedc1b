using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Paths;

namespace LiveServe.Serving;

/// <summary>What a request's path leads to.</summary>
/// <param name="Relative">The path of the file or folder, relative to the root, without a leading slash.</param>
/// <param name="File">Open when <paramref name="Kind"/> is <see cref="Lookup.File"/>; the receiver closes it.</param>
internal readonly record struct Located(Lookup Kind, string Relative, OpenFile? File);

/// <summary>From a request's path to a file: the folder's index, the page without its ending, the app's own page, the site's own 404 page.</summary>
/// <param name="root">Where the files are.</param>
/// <param name="dotfiles">Whether ordinary dotfiles are served; secret names never are.</param>
/// <param name="listing">Whether folders without an index are listed.</param>
/// <param name="appPage">The file that answers navigations which find nothing, relative to the root; <see langword="null"/> for none.</param>
internal sealed class SiteLocator(SiteFolders root, bool dotfiles, bool listing = false, string? appPage = null)
{
    /// <summary>The file that answers navigations which find nothing, if there is to be one.</summary>
    public string? AppPage => appPage;

    /// <summary>The names that a path may be answered with, in order of preference.</summary>
    public static IReadOnlyList<string> Candidates(RequestTarget target)
    {
        if (NormalForm.Others(target.Path) is { Count: > 0 } others)
        {
            return [.. CandidatesAt(target.Path), .. others.SelectMany(CandidatesAt)];
        }

        return CandidatesAt(target.Path);
    }

    /// <summary>
    /// Finds what <paramref name="target"/> names, as it is spelt, then composed, then decomposed (Unicode's NFC and NFD): people type the one, some
    /// systems write the other. A folder that is named without its slash is answered as a folder.
    /// </summary>
    public Located Find(RequestTarget target)
    {
        var found = FindAsSpelt(target);
        foreach (var other in found.Kind == Lookup.Missing ? NormalForm.Others(target.Path) : [])
        {
            if (FindAsSpelt(target with { Path = other }) is { Kind: not Lookup.Missing } spelt)
            {
                return spelt;
            }
        }

        return found;
    }

    /// <summary>Finds what a navigation to <paramref name="target"/> shows: the same, or the app's page where there is nothing else.</summary>
    public Located FindPage(RequestTarget target)
    {
        var found = Find(target);
        if (appPage is null || found.Kind is not (Lookup.Missing or Lookup.Folder) || !Navigation.MayBeRoute(target.Path) || Hides(target))
        {
            return found;
        }

        if (found.Kind == Lookup.Folder && !target.NamesFolder && Find(target with { Path = target.Path + "/" }) is { File: { } index })
        {
            index.Dispose();
            return found; // it is redirected to its index
        }

        return Open(appPage) is { Kind: Lookup.File } page ? page : found;
    }

    /// <summary>The site's own page for what is not there.</summary>
    public Located FindNotFoundPage() => Open("404.html");

    /// <summary>What a folder holds, as far as it is served; <see langword="null"/> when folders are not listed.</summary>
    /// <param name="relative">As in <see cref="Located.Relative"/>.</param>
    public FolderView? List(string relative) =>
        listing ? root.List(relative, name => !Hides(HiddenNames.Judge(name, isFirst: relative.Length == 0))) : null;

    /// <summary>When a file last changed in content or name, by its decoded path: Unix time in milliseconds, 0 when there is none.</summary>
    public long ChangedAt(string path)
    {
        using var file = RequestTarget.Parse(UrlPath.Escape(path), "", out _) is { } target ? Find(target).File : null;
        return (file?.Stat.ChangedNs ?? 0) / 1_000_000;
    }

    /// <summary>Where a file is on the disk: relative to the root, or in full when it is mounted.</summary>
    public string PlaceOf(string relative) => root.PlaceOf(relative);

    /// <summary>Whether a name is never served.</summary>
    public bool Hides(RequestTarget target) => Hides(HiddenNames.Judge(target));

    /// <summary>
    /// The source that a page at <paramref name="url"/> would be made from now: <see langword="null"/> when the answer would be a page of
    /// ours. Of files above <see cref="FileBytes.WholeLimit"/> there is only the hash.
    /// </summary>
    public Source? SourceAt(string url)
    {
        if (RequestTarget.Parse(url, "", out _) is not { } target)
        {
            return null;
        }

        var located = FindPage(target);
        if (located.Kind == Lookup.Folder && !target.NamesFolder)
        {
            located = FindPage(target with { Path = target.Path + "/" });
        }

        located = located.Kind == Lookup.Missing || (located.Kind == Lookup.Folder && !listing) ? FindNotFoundPage() : located;
        using var file = located.File;
        return file is null ? null : Read(located.Relative, file);
    }

    /// <summary>A file's name and bytes as they are now; <see langword="null"/> when it is not there or above <paramref name="most"/> bytes.</summary>
    public (string Relative, byte[] Bytes)? Read(RequestTarget target, int most)
    {
        var located = FindPage(target);
        using var file = located.File;
        if (file is null || file.Stat.Length > most)
        {
            return null;
        }

        var bytes = new byte[file.Stat.Length];
        return (located.Relative, bytes[..FileBytes.Read(file, bytes, 0)]);
    }

    private static IReadOnlyList<string> CandidatesAt(string path)
    {
        var relative = path[1..];
        return path.EndsWith('/') ? [relative + "index.html"]
            : Path.HasExtension(relative) ? [relative, relative + "/index.html"]
            : [relative, relative + "/index.html", relative + ".html"];
    }

    private static Source Read(string relative, OpenFile file)
    {
        if (file.Stat.Length > FileBytes.WholeLimit)
        {
            return new Source(FileBytes.Hash(file), "", default);
        }

        var bytes = new byte[file.Stat.Length];
        var whole = bytes.AsMemory(0, FileBytes.Read(file, bytes, 0));
        var type = MediaTypes.Of(relative);
        var charset = Charset.Of(whole.Span, type);
        return new Source(ContentHash.Of(whole.Span), charset is null ? type : $"{type}; charset={charset}", whole);
    }

    private Located FindAsSpelt(RequestTarget target)
    {
        if (Hides(target))
        {
            return new Located(Lookup.Missing, "", null);
        }

        var relative = target.Path[1..];
        if (target.NamesFolder)
        {
            var index = Open(relative + "index.html");
            return index.Kind != Lookup.Missing ? index
                : root.Open(relative.TrimEnd('/'), out var other) is var kind && kind == Lookup.File ? Drop(other)
                : new Located(kind, relative, null);
        }

        var found = Open(relative);
        return found.Kind == Lookup.Missing && !Path.HasExtension(relative) ? Open(relative + ".html") : found;
    }

    private bool Hides(Visibility visibility) => visibility switch
    {
        Visibility.Open => false,
        Visibility.Hidden => !dotfiles,
        _ => true,
    };

    private Located Open(string relative) => new(root.Open(relative, out var file), relative, file);

    // "/page.html/" names no folder.
    private static Located Drop(OpenFile? file)
    {
        file?.Dispose();
        return new Located(Lookup.Missing, "", null);
    }
}

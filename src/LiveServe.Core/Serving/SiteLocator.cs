using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Paths;

namespace LiveServe.Serving;

/// <summary>What a request's path leads to.</summary>
/// <param name="Relative">The path of the file or folder, relative to the root, without a leading slash.</param>
/// <param name="File">Open when <paramref name="Kind"/> is <see cref="Lookup.File"/>; the receiver closes it.</param>
internal readonly record struct Located(Lookup Kind, string Relative, OpenFile? File);

/// <summary>From a request's path to a file: the folder's index, the page without its ending, the site's own 404 page.</summary>
/// <param name="root">Where the files are.</param>
/// <param name="dotfiles">Whether ordinary dotfiles are served; secret names never are.</param>
internal sealed class SiteLocator(SiteRoot root, bool dotfiles)
{
    /// <summary>The names that a path may be answered with, in order of preference.</summary>
    public static IReadOnlyList<string> Candidates(RequestTarget target)
    {
        var relative = target.Path[1..];
        return target.NamesFolder ? [relative + "index.html"]
            : Path.HasExtension(relative) ? [relative, relative + "/index.html"]
            : [relative, relative + "/index.html", relative + ".html"];
    }

    /// <summary>Finds what <paramref name="target"/> names. A folder that is named without its slash is answered as a folder.</summary>
    public Located Find(RequestTarget target)
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

    /// <summary>The site's own page for what is not there.</summary>
    public Located FindNotFoundPage() => Open("404.html");

    /// <summary>Whether a name is never served.</summary>
    public bool Hides(RequestTarget target) => HiddenNames.Judge(target) switch
    {
        Visibility.Open => false,
        Visibility.Hidden => !dotfiles,
        _ => true,
    };

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

        var located = Find(target);
        if (located.Kind == Lookup.Folder && !target.NamesFolder)
        {
            located = Find(target with { Path = target.Path + "/" });
        }

        located = located.Kind == Lookup.Missing ? FindNotFoundPage() : located;
        using var file = located.File;
        return file is null ? null : Read(located.Relative, file);
    }

    /// <summary>A file's name and bytes as they are now; <see langword="null"/> when it is not there or above <paramref name="most"/> bytes.</summary>
    public (string Relative, byte[] Bytes)? Read(RequestTarget target, int most)
    {
        var located = Find(target);
        using var file = located.File;
        if (file is null || file.Stat.Length > most)
        {
            return null;
        }

        var bytes = new byte[file.Stat.Length];
        return (located.Relative, bytes[..FileBytes.Read(file, bytes, 0)]);
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

    private Located Open(string relative) => new(root.Open(relative, out var file), relative, file);

    // "/page.html/" names no folder.
    private static Located Drop(OpenFile? file)
    {
        file?.Dispose();
        return new Located(Lookup.Missing, "", null);
    }
}

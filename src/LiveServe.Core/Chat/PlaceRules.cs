using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>Which pages, files and elements a message may name. Pure; nothing here looks at the disk, and nothing is opened by it.</summary>
internal static class PlaceRules
{
    private const int MaximumPath = 500;
    private const int MaximumSelector = 1000;
    private const int MaximumExcerpt = 200;

    /// <summary>A page as others are told of it: path and fragment, no query, which may hold what is nobody's business; <see langword="null"/> when it is none.</summary>
    public static string? Page(string? url)
    {
        if (url is not ['/', ..] || url.Length > 4 * MaximumPath || url.Any(IsUnprintable))
        {
            return null;
        }

        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var path = (hash < 0 ? url : url[..hash]).Split('?')[0];
        var page = hash < 0 ? path : path + url[hash..];
        return page.Length <= MaximumPath ? page : path.Length <= MaximumPath ? path : null;
    }

    /// <summary>
    /// What is wrong with a place in a file, or <see langword="null"/>: it is a path below the root, with slashes, that cannot be taken for another folder, another
    /// machine, an option or a command.
    /// </summary>
    public static ErrorMessage? Judge(FileReference place, string cid) =>
        IsFile(place.File) ? null : new("unknown_target", "A file is named by its path below the root, with slashes.", cid, "ref");

    /// <summary>A file as lines name it that are no messages; <see langword="null"/> when it is none of the site.</summary>
    public static string? File(string? path) => path is not null && IsFile(path) ? path : null;

    /// <summary>What is wrong with an element's description, or <see langword="null"/>.</summary>
    public static ErrorMessage? Judge(Pin pin, string cid) =>
        pin.Selector.Length > MaximumSelector ? new("too_long", $"A selector has at most {MaximumSelector} characters.", cid, "pin")
        : pin.Text.Length > MaximumExcerpt ? new("too_long", $"An element's text is cut to {MaximumExcerpt} characters.", cid, "pin")
        : pin.Selector.Length == 0 || pin.Selector.Any(char.IsControl) || pin.Text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t'))
            ? new("bad_json", "A pin has a selector and a text without control characters.", cid, "pin")
        : null;

    private static bool IsFile(string path) =>
        path.Length is > 0 and <= MaximumPath
        && path[0] is not ('-' or '/' or '~' or ' ')
        && !path.Any(letter => IsUnprintable(letter) || letter is '\\' or ':' or ';' or '|' or '&' or '<' or '>' or '"' or '\'' or '`' or '*' or '?' or '!')
        && !path.Contains("$(", StringComparison.Ordinal) && !path.Contains("${", StringComparison.Ordinal)
        && !path.Split('/').Any(segment => segment.TrimEnd(' ', '.').Length == 0);

    private static bool IsUnprintable(char letter) => char.IsControl(letter) || char.GetUnicodeCategory(letter)
        is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;
}

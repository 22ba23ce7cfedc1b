using LiveServe.Content;
using LiveServe.Serving;
using LiveServe.Watching;

namespace LiveServe.Updates;

/// <summary>A changed file and what leads to it: worked out once per batch, for all pages.</summary>
/// <param name="Path">Relative to the root.</param>
/// <param name="Leading">The decoded paths that lead to it, its own addresses included; <see langword="null"/> when everything may.</param>
/// <param name="ShownBy">The style sheets whose text shows it.</param>
/// <param name="IsModuleSheet">Whether a script imports it as a style sheet.</param>
/// <param name="IsAskedByScript">Whether a script has asked for it in its own name, as workers do.</param>
/// <param name="ComesOrGoes">Whether it was not there before, or is not there any more.</param>
internal sealed record ChangedFile(
    string Path, IReadOnlySet<string>? Leading, IReadOnlyList<string> ShownBy, bool IsModuleSheet = false, bool IsAskedByScript = false, bool ComesOrGoes = false)
{
    /// <summary>Other addresses at which it was sent.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What the graph knows of a file.</summary>
    public static ChangedFile Of(string path, UsageGraph usage, ChangeKind kind = ChangeKind.Modified)
    {
        var aliases = usage.AliasesOf("/" + path);
        string[] names = ["/" + path, .. aliases];
        return new(
            path,
            usage.IsOverflowed ? null : usage.Ancestors(Addresses(path).Concat(aliases)),
            UsageGraph.IsSheet(path) ? [] : [.. names.SelectMany(usage.SheetsShowing).Distinct()],
            names.Any(usage.IsModuleSheet),
            names.Any(usage.IsAskedByScript),
            kind != ChangeKind.Modified)
        {
            Aliases = aliases,
        };
    }

    /// <summary>Whether it is outside of the site: watched because somebody asked for it, and of use to all pages or none.</summary>
    public bool IsOutside => Path.StartsWith("../", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(Path);

    /// <summary>What kind of thing it is to a page.</summary>
    public FileRole Role
    {
        get
        {
            var type = MediaTypes.Of(Path);
            return type switch
            {
                "text/css" => FileRole.StyleSheet,
                "text/javascript" or "application/wasm" or "application/importmap+json" => FileRole.Script,
                _ when Path.EndsWith(".map", StringComparison.OrdinalIgnoreCase) => FileRole.SourceMap,
                _ => FileRole.Asset,
            };
        }
    }

    // What SiteLocator answers with the file: the mirror of its candidates, in each spelling that finds it.
    private static IEnumerable<string> Addresses(string file) => new[] { "/" + file }.Concat(NormalForm.Others("/" + file)).SelectMany(AddressesAt);

    private static IEnumerable<string> AddressesAt(string path)
    {
        yield return path;
        if (path.EndsWith("/index.html", StringComparison.Ordinal))
        {
            var folder = path[..^"index.html".Length];
            yield return folder;
            if (folder.Length > 1)
            {
                yield return folder[..^1];
            }
        }
        else if (path.EndsWith(".html", StringComparison.Ordinal))
        {
            yield return path[..^".html".Length];
        }
    }
}

/// <summary>What kind of thing a file is to a page.</summary>
internal enum FileRole
{
    /// <summary>Its rules are exchanged.</summary>
    StyleSheet,

    /// <summary>It has run: only a reload runs it again.</summary>
    Script,

    /// <summary>Read by developer tools alone.</summary>
    SourceMap,

    /// <summary>Anything else: the page finds out how it uses it.</summary>
    Asset,
}

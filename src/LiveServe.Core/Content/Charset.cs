using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace LiveServe.Content;

/// <summary>Which encoding a text file says it is in. We repeat what it says, and never guess.</summary>
/// <remarks>
/// WHATWG Encoding §6.1 (byte order marks), HTML §13.2.3.2 (prescan of the first 1,024 bytes), XML 1.0 appendix F, CSS Syntax §3.2.
/// The prescan reads attributes as the specification's does in all but contrived cases; comments are left out.
/// </remarks>
internal static partial class Charset
{
    private const int PrescanLength = 1024;

    /// <summary>What the file declares; <see langword="null"/> when that is nothing.</summary>
    /// <param name="bytes">Its beginning is enough.</param>
    public static string? Declared(ReadOnlySpan<byte> bytes, string mediaType)
    {
        if (ByMark(bytes) is { } mark)
        {
            return mark;
        }

        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PrescanLength)]);
        var match = mediaType switch
        {
            "text/html" => MetaCharset().Match(Comment().Replace(start, "")),
            "text/css" => CssCharset().Match(start),
            _ when MediaTypes.IsText(mediaType) && mediaType.EndsWith("xml", StringComparison.Ordinal) => XmlDeclaration().Match(start),
            _ => Match.Empty,
        };
        return match.Success ? Normal(match.Groups[1].Value) : null;
    }

    /// <summary>What the file declares, else UTF-8 when it is that, else nothing.</summary>
    public static string? Of(ReadOnlySpan<byte> whole, string mediaType) => Declared(whole, mediaType) ?? (Utf8.IsValid(whole) ? "utf-8" : null);

    /// <summary>The encoding of a byte order mark.</summary>
    public static string? ByMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? "utf-8"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? "utf-16le"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "utf-16be"
        : null;

    // Whoever reads "utf-16" in ASCII is not reading UTF-16.
    private static string? Normal(string label)
    {
        var name = label.Trim().ToLowerInvariant();
        return name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '+') ? null
            : name.StartsWith("utf-16", StringComparison.Ordinal) ? "utf-8"
            : name;
    }

    [GeneratedRegex(@"<meta[\s/](?:[^>]*?[\s/""';])?charset\s*=\s*[""']?\s*([^\s""'/>;]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MetaCharset();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^@charset ""([^""]{1,40})"";", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CssCharset();

    [GeneratedRegex(@"^<\?xml\s[^>]*?encoding\s*=\s*[""']([A-Za-z0-9._-]+)[""']", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex XmlDeclaration();
}

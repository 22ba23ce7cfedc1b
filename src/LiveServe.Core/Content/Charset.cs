using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace LiveServe.Content;

/// <summary>Which encoding a text file says it is in. We repeat what it says, and never guess.</summary>
/// <remarks>
/// WHATWG Encoding §6.1 (byte order marks), HTML §13.2.3.2 (prescan of the first 1,024 bytes), XML 1.0 appendix F, CSS Syntax §3.2.
/// The prescan is <see cref="MetaCharset"/>'s.
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

        var isXml = MediaTypes.IsXml(mediaType);
        if ((isXml || mediaType == "text/html") && ByWideXml(bytes) is { } wide)
        {
            return wide;
        }

        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PrescanLength)]);
        var label = mediaType switch
        {
            "text/html" => MetaCharset.Find(start) ?? First(XmlDeclaration(), start),
            "text/css" => First(CssCharset(), start),
            _ when isXml => First(XmlDeclaration(), start),
            _ => null,
        };
        return label is null ? null : Normal(label);
    }

    /// <summary>What the file declares, else UTF-8 when it is that, else nothing.</summary>
    public static string? Of(ReadOnlySpan<byte> whole, string mediaType) => Declared(whole, mediaType) ?? (Utf8.IsValid(whole) ? "utf-8" : null);

    /// <summary>The encoding of a byte order mark.</summary>
    public static string? ByMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? "utf-8"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? "utf-16le"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "utf-16be"
        : null;

    // "<?x" in two bytes each: XML without a mark, which the prescan looks for too.
    private static string? ByWideXml(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x3C, 0, 0x3F, 0, 0x78, 0, ..] => "utf-16le",
        [0, 0x3C, 0, 0x3F, 0, 0x78, ..] => "utf-16be",
        _ => null,
    };

    private static string? First(Regex pattern, string start) => pattern.Match(start) is { Success: true } match ? match.Groups[1].Value : null;

    // Whoever reads "utf-16" in ASCII is not reading UTF-16.
    private static string? Normal(string label)
    {
        var name = label.Trim().ToLowerInvariant();
        return name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '+') ? null
            : name.StartsWith("utf-16", StringComparison.Ordinal) ? "utf-8"
            : name == "x-user-defined" ? "windows-1252" // as HTML §13.2.3.2 has it
            : name;
    }

    [GeneratedRegex(@"^@charset ""([^""]{1,40})"";", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CssCharset();

    [GeneratedRegex(@"^<\?xml\s[^>]*?encoding\s*=\s*[""']([A-Za-z0-9._-]+)[""']", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex XmlDeclaration();
}

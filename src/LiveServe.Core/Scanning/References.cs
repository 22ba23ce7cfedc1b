using System.Text;
using LiveServe.Content;

namespace LiveServe.Scanning;

/// <summary>The local files that a file names, whichever kind it is. Literal names only: what a script makes up is not here.</summary>
internal static class References
{
    /// <summary>The decoded paths; empty for a kind that names nothing, a file that is too long for its scanner, or one that is not what it says.</summary>
    /// <param name="path">The file's decoded path; it begins with a slash.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="mediaType">Without parameters, as <see cref="MediaTypes.Of"/> says it.</param>
    public static HashSet<string> Of(string path, ReadOnlySpan<byte> bytes, string mediaType) => mediaType switch
    {
        "text/html" => HtmlReferences.Of(Text(bytes, mediaType), path),
        "application/xhtml+xml" or "image/svg+xml" => XmlReferences.Of(Text(bytes, mediaType), path),
        "text/css" => OfSheet(path, bytes),
        "text/javascript" => JsReferences.Of(Text(bytes, mediaType), path),
        "application/manifest+json" => JsonReferences.OfManifest(Text(bytes, mediaType), path),
        "application/json" when path.EndsWith("/manifest.json", StringComparison.Ordinal) => JsonReferences.OfManifest(Text(bytes, mediaType), path),
        _ => [],
    };

    private static HashSet<string> OfSheet(string path, ReadOnlySpan<byte> bytes)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in CssReferences.CanScan(Charset.Of(bytes, "text/css")) ? CssReferences.In(bytes) : [])
        {
            if (LocalReference.Resolve(reference.Value, path) is { } named)
            {
                found.Add(named);
            }
        }

        return found;
    }

    // Names are ASCII or UTF-8 nearly everywhere. In other encodings, of which most agree on ASCII, the former are still read right.
    private static string Text(ReadOnlySpan<byte> bytes, string mediaType)
    {
        var encoding = Charset.Of(bytes, mediaType) switch
        {
            "utf-8" => Encoding.UTF8,
            "utf-16le" => Encoding.Unicode,
            "utf-16be" => Encoding.BigEndianUnicode,
            _ => Encoding.Latin1,
        };
        var text = encoding.GetString(bytes);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }
}

using System.Text.RegularExpressions;

namespace LiveServe.Content;

/// <summary>The label that a <c>meta</c> in the beginning of an HTML file declares, as it is spelled.</summary>
/// <remarks>
/// "Prescan a byte stream", WHATWG HTML §13.2.3.2: only <c>charset</c>, or <c>content</c> beside <c>http-equiv=content-type</c>, declares
/// anything. Other tags are stepped over whole, unless a bare value in them holds a quote.
/// </remarks>
internal static partial class MetaCharset
{
    /// <summary>Looks for it; <see langword="null"/> when no <c>meta</c> says anything.</summary>
    public static string? Find(string start)
    {
        foreach (Match piece in Piece().Matches(start))
        {
            if (piece.Groups["attributes"] is { Success: true } attributes && InMeta(attributes.Value) is { } label)
            {
                return label;
            }
        }

        return null;
    }

    private static string? InMeta(string attributes)
    {
        string? charset = null, content = null, equiv = null;
        foreach (Match match in Attribute().Matches(attributes))
        {
            var value = match.Groups["value"].Value;
            switch (match.Groups["name"].Value.ToLowerInvariant())
            {
                case "charset":
                    charset ??= value;
                    break;
                case "content":
                    content ??= value;
                    break;
                case "http-equiv":
                    equiv ??= value;
                    break;
                default:
                    break;
            }
        }

        return charset ?? (content is not null && "content-type".Equals(equiv, StringComparison.OrdinalIgnoreCase)
            && InContent().Match(content) is { Success: true } found ? found.Groups[1].Value : null);
    }

    // A comment's closing dashes may be its opening ones; one that does not end hides all that follows.
    [GeneratedRegex(@"<!--(?:-?>|.*?(?:-->|\z))|<meta(?<attributes>[\s/](?:[^>""']|""[^""]*""|'[^']*')*)>|</?[a-z](?:[^>""']|""[^""]*""|'[^']*')*>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();

    [GeneratedRegex(@"(?<name>[^\s/=>][^\s/=>]*)(\s*=\s*(""(?<value>[^""]*)""|'(?<value>[^']*)'|(?<value>[^\s>""'][^\s>]*)))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"charset\s*=\s*[""']?\s*([^\s""';]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InContent();
}

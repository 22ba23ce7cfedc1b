using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace LiveServe.Scanning;

/// <summary>The local files that an HTML page's source names and a browser loads, by AngleSharp's word on what is an element.</summary>
/// <remarks>Never on the path of a request. Templates, shadow roots among them, count: what is in them is loaded when they are used.</remarks>
internal static class HtmlReferences
{
    /// <summary>Longer sources, in characters, are not scanned.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    /// <summary>A source that leaves more elements open than this is not scanned either: the parser looks through all of them for each tag.</summary>
    public const int MaximumOpen = 5000;

    // Elements that end by themselves: a long list of them is not a deep page.
    private static readonly HashSet<string> Unclosed = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", // HTML §13.1.2
        "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", // §13.1.2.4
    };

    /// <summary>The decoded paths.</summary>
    /// <param name="pagePath">The page's decoded path.</param>
    public static HashSet<string> Of(string text, string pagePath)
    {
        var markup = new MarkupReferences(pagePath);
        if (text.Length > MaximumLength)
        {
            return markup.Found;
        }

        var open = 0;
        var options = new HtmlParserOptions
        {
            IsScripting = true,
            OnToken = (token, _) =>
            {
                open = Math.Max(0, open + Step(token));
                if (open > MaximumOpen)
                {
                    throw new TooDeepException();
                }
            },
        };
        try
        {
            using var document = new HtmlParser(options).ParseDocument(text);
            Walk(document, markup);
        }
        catch (TooDeepException)
        {
            markup.Found.Clear();
        }

        return markup.Found;
    }

    private static int Step(HtmlToken token) => token switch
    {
        { Type: HtmlTokenType.StartTag } when token is HtmlTagToken { IsSelfClosing: false } && !Unclosed.Contains(token.Name) => 1,
        { Type: HtmlTokenType.EndTag } when !Unclosed.Contains(token.Name) => -1,
        _ => 0,
    };

    // In the order of the document, without recursion.
    private static void Walk(INode root, MarkupReferences markup)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var left = new Stack<(INode Node, bool IsInert)>([(root, false)]);
        while (left.TryPop(out var next))
        {
            if (next.Node is IElement element)
            {
                attributes.Clear();
                foreach (var attribute in element.Attributes)
                {
                    attributes.TryAdd(attribute.Name, attribute.Value);
                }

                markup.Element(element.LocalName, attributes, next.IsInert);
                if (MarkupReferences.HasText(element.LocalName))
                {
                    markup.Text(element.LocalName, attributes, element.TextContent);
                }
            }

            var children = next.Node.ChildNodes; // by index: a sibling is looked for from the first child on
            for (var i = children.Length - 1; i >= 0; i--)
            {
                left.Push((children[i], next.IsInert));
            }

            if ((next.Node as IElement)?.ShadowRoot is { } shadow)
            {
                left.Push((shadow, true));
            }

            if (next.Node is IHtmlTemplateElement template)
            {
                left.Push((template.Content, true));
            }
        }
    }

    private sealed class TooDeepException : Exception;
}

using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace LiveServe.Scanning;

/// <summary>The local files that an XHTML page or an SVG picture names and a browser loads. What is not well-formed is read as far as it is.</summary>
/// <remarks>XML 1.0, Namespaces, and Associating Style Sheets. A document type is passed over: nothing is fetched, no entity is expanded.</remarks>
internal static partial class XmlReferences
{
    private const string XLink = "http://www.w3.org/1999/xlink";

    /// <summary>The decoded paths; none for a source of more than <see cref="HtmlReferences.MaximumLength"/> characters.</summary>
    /// <param name="path">The document's decoded path.</param>
    public static HashSet<string> Of(string text, string path)
    {
        var markup = new MarkupReferences(path);
        if (text.Length > HtmlReferences.MaximumLength)
        {
            return markup.Found;
        }

        using var reader = new XmlTextReader(new StringReader(text))
        {
            DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, EntityHandling = EntityHandling.ExpandCharEntities,
        };
        try
        {
            Read(reader, markup);
        }
        catch (XmlException)
        {
            // A browser stops here too, and what it has seen it loads.
        }

        return markup.Found;
    }

    private static void Read(XmlTextReader reader, MarkupReferences markup)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var text = (StringBuilder?)null; // of the style or script that is open
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.ProcessingInstruction when reader.Name == "xml-stylesheet" && Href().Match(reader.Value) is { Success: true } href:
                    markup.Add(href.Groups[2].Value.Replace("&amp;", "&", StringComparison.Ordinal));
                    break;
                case XmlNodeType.Element:
                    var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
                    ReadAttributes(reader, attributes);
                    markup.Element(name, attributes, isInert: false);
                    text = !isEmpty && MarkupReferences.HasText(name) ? new StringBuilder() : null;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text?.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement when text is not null:
                    markup.Text(reader.LocalName, attributes, text.ToString());
                    text = null;
                    break;
                default:
                    break;
            }
        }
    }

    private static void ReadAttributes(XmlTextReader reader, Dictionary<string, string> attributes)
    {
        attributes.Clear();
        while (reader.MoveToNextAttribute())
        {
            var name = reader.NamespaceURI == XLink ? $"xlink:{reader.LocalName}" : reader.Name;
            attributes.TryAdd(name, reader.Value);
        }

        reader.MoveToElement();
    }

    [GeneratedRegex("""\bhref\s*=\s*(["'])(.*?)\1""", RegexOptions.CultureInvariant)]
    private static partial Regex Href();
}

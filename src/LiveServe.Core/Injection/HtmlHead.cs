using AngleSharp.Html.Parser;

namespace LiveServe.Injection;

/// <summary>The metas of an HTML head, by AngleSharp's word: a comment, a script, a template or a noscript holds none.</summary>
/// <remarks>Off the common path: a page is parsed only when it names a policy or us.</remarks>
internal static class HtmlHead
{
    /// <summary>The metas, in order.</summary>
    public static List<HeadMeta> Metas(CodeUnits units)
    {
        // The mark is left out: to a parser of characters it is three letters that begin a body.
        var text = units.Text(units.MarkLength, units.Length);
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true, IsScripting = true });
        using var document = parser.ParseDocument(text);
        var metas = new List<HeadMeta>();
        foreach (var element in document.Head?.Children.Where(child => child.LocalName == "meta") ?? [])
        {
            if (element.SourceReference is { Position.Index: >= 0 and var index })
            {
                metas.Add(new HeadMeta(
                    units.MarkLength + index, element.GetAttribute("name"), element.GetAttribute("http-equiv"), element.GetAttribute("content")));
            }
        }

        return metas;
    }
}

using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LiveServe.Injection;

/// <summary>
/// What the metas of a head say to us. Which of them count is AngleSharp's word (a comment, a template or a noscript holds none); where their
/// bytes stand is found here. The head is read one byte, or one UTF-16 unit, to a character, so a position is an offset.
/// </summary>
internal static class HeadMetas
{
    /// <summary>The plan with what the metas add; <see langword="null"/> when one of them opts out.</summary>
    public static PagePlan? Apply(PagePlan plan, ReadOnlySpan<byte> head)
    {
        var units = new CodeUnits(head);
        var text = Decode(head, units);
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true, IsScripting = true });
        using var document = parser.ParseDocument(text);
        var metas = document.Head?.QuerySelectorAll("meta").ToList() ?? [];
        if (metas.Any(meta => Is(meta, "name", "liveserve") && Is(meta, "content", "off")))
        {
            return null;
        }

        var nonce = (string?)null;
        var splices = new List<Splice>();
        var extended = new List<string>();
        foreach (var meta in metas.Where(meta => Is(meta, "http-equiv", "content-security-policy")))
        {
            var policy = ContentSecurityPolicy.Admit(meta.GetAttribute("content") ?? "");
            nonce ??= policy.Nonce;
            if (policy.Extended.Count > 0 && meta.SourceReference is { } source && ContentValue(text, source.Position.Index) is { } value)
            {
                var offset = units.ByteOffset(units.MarkLength + value.Start.Value);
                var length = units.ByteOffset(value.End.Value - value.Start.Value);
                splices.Add(new Splice(offset, length, CodeUnits.Encode($"\"{WebUtility.HtmlEncode(policy.Policy)}\"", units.Encoding)));
                extended.AddRange(policy.Extended);
            }
        }

        var notice = extended.Count == 0 ? null
            : $"its Content-Security-Policy does not allow live updates; while served here, {string.Join(" and ", extended.Distinct())} allows 'self' too.";
        return plan with { Nonce = nonce, Splices = splices, Notice = notice };
    }

    private static bool Is(IElement meta, string attribute, string value) =>
        string.Equals(meta.GetAttribute(attribute)?.Trim(), value, StringComparison.OrdinalIgnoreCase);

    // A position must be an offset: characters outside ASCII need not be right, only one each.
    private static string Decode(ReadOnlySpan<byte> head, CodeUnits units)
    {
        if (units.Encoding == SnippetEncoding.Ascii)
        {
            return Encoding.Latin1.GetString(head[units.MarkLength..]);
        }

        var text = new StringBuilder(units.Length);
        for (var i = units.MarkLength; i < units.Length; i++)
        {
            text.Append(units[i] == '\0' ? '\u00B7' : units[i]);
        }

        return text.ToString();
    }

    // The value of "content" in the tag at an index, with its quotes. HTML §13.2.5.32–39.
    private static Range? ContentValue(string text, int tag)
    {
        var at = tag;
        while (at < text.Length && text[at] is not (' ' or '\t' or '\n' or '\r' or '\f' or '/' or '>'))
        {
            at++;
        }

        while (at < text.Length && text[at] != '>')
        {
            var name = at;
            while (at < text.Length && text[at] is not ('=' or ' ' or '\t' or '\n' or '\r' or '\f' or '/' or '>'))
            {
                at++;
            }

            var isContent = text.AsSpan(name, at - name).Equals("content", StringComparison.OrdinalIgnoreCase);
            var equals = SkipSpace(text, at);
            if (equals >= text.Length || text[equals] != '=')
            {
                at = at == name ? at + 1 : at; // white space, a slash, or an attribute without a value
                continue;
            }

            var start = SkipSpace(text, equals + 1);
            at = ValueEnd(text, start);
            if (isContent)
            {
                return start..at;
            }
        }

        return null;
    }

    private static int ValueEnd(string text, int start)
    {
        if (start < text.Length && text[start] is '"' or '\'')
        {
            var end = text.IndexOf(text[start], start + 1);
            return end < 0 ? text.Length : end + 1;
        }

        var at = start;
        while (at < text.Length && text[at] is not (' ' or '\t' or '\n' or '\r' or '\f' or '>'))
        {
            at++;
        }

        return at;
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r' or '\f')
        {
            at++;
        }

        return at;
    }
}

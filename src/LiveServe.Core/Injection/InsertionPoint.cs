using LiveServe.Content;

namespace LiveServe.Injection;

/// <summary>
/// Where the client goes: right after the <c>&lt;head …&gt;</c> start tag, or where the head would begin. Found from the front alone, so
/// nothing depends on closing tags, and nothing that a script, comment or attribute holds is mistaken for markup.
/// </summary>
/// <remarks>
/// HTML §13.2.5 (tokenisation) and §13.2.6.4.1–4 (initial, before html, before head). Linear, never throws; a construct that does not end
/// reaches to the end of the input, as it does in a browser.
/// </remarks>
internal static class InsertionPoint
{
    /// <summary>The byte offset, or <see langword="null"/> when the document has no place for a script.</summary>
    public static int? Find(ReadOnlySpan<byte> document, MarkupKind kind)
    {
        var units = new CodeUnits(document);
        var at = kind switch
        {
            MarkupKind.Html => FindInHtml(units),
            MarkupKind.Xhtml => FindInXhtml(units, out _),
            _ => FindInSvg(units),
        };
        return at < 0 ? null : units.ByteOffset(at);
    }

    /// <summary>Whether the document is a whole one: a fragment begins with neither doctype nor root nor head.</summary>
    public static bool IsWholeDocument(ReadOnlySpan<byte> document)
    {
        var units = new CodeUnits(document);
        var at = SkipMisc(units, units.MarkLength, isXml: false, out var sawDoctype);
        return sawDoctype || TagName(units, at) is "html" or "head" or "svg";
    }

    /// <summary>Whether the place in a document of which only <paramref name="beginning"/> is known stays where it is, whatever follows.</summary>
    public static bool IsCertain(ReadOnlySpan<byte> beginning, MarkupKind kind)
    {
        if (beginning.Length < 4 || Find(beginning, kind) is not { } offset)
        {
            return false; // less could be a part of a byte order mark
        }

        var units = new CodeUnits(beginning);
        var at = offset / units.ByteOffset(1);
        if (at >= units.Length || (units[at] == '<' && at + 1 == units.Length))
        {
            return false; // it stands at the end because something has not ended, or has not begun
        }

        // A tag whose name may go on could still be a head's, or html's.
        return units[at] != '<' || !(char.IsAsciiLetter(units[at + 1]) || units[at + 1] == '_') || TagName(units, at).Length > 0;
    }

    /// <summary>Whether a document's head has ended in its <paramref name="beginning"/>, so that no meta of it is still to come.</summary>
    public static bool IsBehindHead(ReadOnlySpan<byte> beginning, MarkupKind kind)
    {
        var units = new CodeUnits(beginning);
        return kind == MarkupKind.Svg || units.IndexOf("</head", 0) >= 0 || units.IndexOf("<body", 0) >= 0
            || (kind == MarkupKind.Html && HeadEnd.IsBehind(units, FindInHtml(units)));
    }

    private static int FindInHtml(CodeUnits units)
    {
        var at = SkipMisc(units, units.MarkLength, isXml: false, out _);
        while (TagName(units, at) == "html") // a second one only adds attributes to the first
        {
            at = SkipMisc(units, TagReader.Skip(units, at, out _), isXml: false, out _);
        }

        return TagName(units, at) == "head" ? TagReader.Skip(units, at, out _) : at;
    }

    /// <summary>The unit behind an XHTML head's start tag; -1 when there is no such head, or it is empty.</summary>
    internal static int InsideXhtmlHead(CodeUnits units)
    {
        var at = FindInXhtml(units, out var isInHead);
        return isInHead ? at : -1;
    }

    // XML has no implied head: without one, a script inside the root is still a script.
    private static int FindInXhtml(CodeUnits units, out bool isInHead)
    {
        isInHead = false;
        var root = SkipMisc(units, units.MarkLength, isXml: true, out _);
        if (LocalName(TagName(units, root)) != "html")
        {
            return -1;
        }

        var inside = TagReader.Skip(units, root, out var isEmpty);
        var at = SkipMisc(units, inside, isXml: true, out _);
        if (isEmpty || LocalName(TagName(units, at)) != "head")
        {
            return isEmpty ? -1 : at;
        }

        var afterHead = TagReader.Skip(units, at, out isEmpty);
        isInHead = !isEmpty;
        return isEmpty ? at : afterHead; // "<head/>" has no inside
    }

    private static int FindInSvg(CodeUnits units)
    {
        var root = SkipMisc(units, units.MarkLength, isXml: true, out _);
        if (LocalName(TagName(units, root)) != "svg")
        {
            return -1;
        }

        var inside = TagReader.Skip(units, root, out var empty);
        return empty || inside > units.Length ? -1 : inside;
    }

    // White space, comments, doctypes, processing instructions: what may stand before and between html and head.
    internal static int SkipMisc(CodeUnits units, int at, bool isXml, out bool sawDoctype)
    {
        sawDoctype = false;
        while (at < units.Length)
        {
            if (units[at] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                at++;
            }
            else if (units.StartsWith(at, "<!--"))
            {
                at = SkipComment(units, at + 4, isXml);
            }
            else if (units.StartsWith(at, "<!doctype"))
            {
                sawDoctype = true;
                at = SkipDoctype(units, at, isXml);
            }
            else if (isXml && units.StartsWith(at, "<?"))
            {
                at = After(units.IndexOf("?>", at), 2, units);
            }
            else if (units.StartsWith(at, "<!") || units.StartsWith(at, "<?") || (units.StartsWith(at, "</") && IsStrayEndTag(units, at)))
            {
                at = After(units.IndexOf(">", at), 1, units); // a bogus comment to an HTML parser
            }
            else
            {
                return at;
            }
        }

        return units.Length;
    }

    // "</html>", "</head>", "</body>" and "</br>" open the head or body; every other end tag before it is dropped by the parser.
    private static bool IsStrayEndTag(CodeUnits units, int at) =>
        at + 2 < units.Length && !units.StartsWith(at, "</html") && !units.StartsWith(at, "</head") && !units.StartsWith(at, "</body") && !units.StartsWith(at, "</br");

    private static int SkipComment(CodeUnits units, int at, bool isXml)
    {
        if (!isXml && units.StartsWith(at, ">"))
        {
            return at + 1;
        }

        if (!isXml && units.StartsWith(at, "->"))
        {
            return at + 2;
        }

        for (; at < units.Length; at++)
        {
            if (units.StartsWith(at, "-->"))
            {
                return at + 3;
            }

            if (!isXml && units.StartsWith(at, "--!>"))
            {
                return at + 4;
            }
        }

        return units.Length;
    }

    private static int SkipDoctype(CodeUnits units, int at, bool isXml)
    {
        var depth = 0;
        var quote = '\0';
        for (; at < units.Length; at++)
        {
            var c = units[at];
            if (quote != '\0')
            {
                // HTML's tokeniser ends a doctype at a ">" even inside quotes.
                if (c == quote || (!isXml && c == '>'))
                {
                    quote = '\0';
                    at -= c == '>' ? 1 : 0;
                }
            }
            else if (isXml && units.StartsWith(at, "<!--"))
            {
                at = SkipComment(units, at + 4, isXml) - 1;
            }
            else if (isXml && units.StartsWith(at, "<?"))
            {
                at = After(units.IndexOf("?>", at), 2, units) - 1;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (isXml && c is '[' or ']')
            {
                depth += c == '[' ? 1 : -1;
            }
            else if (c == '>' && depth <= 0)
            {
                return at + 1;
            }
        }

        return units.Length;
    }

    internal static string TagName(CodeUnits units, int at)
    {
        if (at + 1 >= units.Length || units[at] != '<' || !(char.IsAsciiLetter(units[at + 1]) || units[at + 1] == '_'))
        {
            return "";
        }

        var end = at + 1;
        Span<char> name = stackalloc char[32];
        while (end < units.Length && units[end] is not (' ' or '\t' or '\n' or '\r' or '\f' or '/' or '>') && end - at <= name.Length)
        {
            name[end - at - 1] = char.ToLowerInvariant(units[end]);
            end++;
        }

        return end < units.Length ? new string(name[..(end - at - 1)]) : "";
    }

    internal static string LocalName(string name) => name[(name.IndexOf(':') + 1)..];

    private static int After(int found, int length, CodeUnits units) => found < 0 ? units.Length : found + length;
}

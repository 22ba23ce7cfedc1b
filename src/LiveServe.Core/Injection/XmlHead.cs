namespace LiveServe.Injection;

/// <summary>
/// The metas of an XHTML head. An HTML parser misreads it: to one, <c>&lt;title/&gt;</c> and <c>&lt;script src="a"/&gt;</c> swallow what
/// follows, a doctype's subset is text, and <c>h:meta</c> is no meta.
/// </summary>
/// <remarks>XML 1.0 §2.4–2.7 and §3.1. Prefixes are not resolved: any <c>x:meta</c> in the head is taken for one. Linear, never throws.</remarks>
internal static class XmlHead
{
    /// <summary>The metas, in order; only children of the head, as CSP has it.</summary>
    public static List<HeadMeta> Metas(CodeUnits units)
    {
        var metas = new List<HeadMeta>();
        var at = InsertionPoint.InsideXhtmlHead(units);
        for (var depth = 0; at >= 0 && at < units.Length;)
        {
            if (units[at] != '<')
            {
                at++;
            }
            else if (units.StartsWith(at, "<!--"))
            {
                at = Behind(units, at + 4, "-->");
            }
            else if (units.StartsWith(at, "<![cdata["))
            {
                at = Behind(units, at, "]]>");
            }
            else if (units.StartsWith(at, "<?"))
            {
                at = Behind(units, at, "?>");
            }
            else if (units.StartsWith(at, "</"))
            {
                if (depth-- == 0)
                {
                    break;
                }

                at = Behind(units, at, ">");
            }
            else
            {
                if (depth == 0 && InsertionPoint.LocalName(InsertionPoint.TagName(units, at)) == "meta")
                {
                    metas.Add(new HeadMeta(
                        at, HeadMetas.Text(units, at, "name"), HeadMetas.Text(units, at, "http-equiv"), HeadMetas.Text(units, at, "content")));
                }

                at = TagReader.Skip(units, at, out var isEmpty);
                depth += isEmpty ? 0 : 1;
            }
        }

        return metas;
    }

    private static int Behind(CodeUnits units, int from, string mark)
    {
        var found = units.IndexOf(mark, from);
        return found < 0 ? units.Length : found + mark.Length;
    }
}

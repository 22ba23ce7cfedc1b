namespace LiveServe.Injection;

/// <summary>Whether the head of an HTML document that is still coming has ended, also where no tag says so.</summary>
/// <remarks>HTML §13.2.6.4.4 ("in head"): the first tag that is none of a head's, or text, begins the body. Linear, never throws.</remarks>
internal static class HeadEnd
{
    /// <summary>Whether something that no head holds has come.</summary>
    /// <param name="at">Where the head's content begins.</param>
    public static bool IsBehind(CodeUnits units, int at)
    {
        while (true)
        {
            at = InsertionPoint.SkipMisc(units, at, isXml: false, out _);
            if (at >= units.Length)
            {
                return false;
            }

            if (units[at] != '<')
            {
                return true;
            }

            var name = InsertionPoint.TagName(units, at);
            switch (name)
            {
                case "":
                    return false; // the name is still coming, or it is an end tag: nothing is said by that
                case "html" or "head" or "base" or "basefont" or "bgsound" or "link" or "meta":
                    at = TagReader.Skip(units, at, out _);
                    break;
                case "title" or "style" or "script" or "noscript" or "noframes" or "template":
                    if (units.IndexOf($"</{name}", at) is not (>= 0 and var end))
                    {
                        return false;
                    }

                    at = TagReader.Skip(units, end, out _);
                    break;
                default:
                    return true;
            }
        }
    }
}

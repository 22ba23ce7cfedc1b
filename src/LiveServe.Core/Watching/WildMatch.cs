namespace LiveServe.Watching;

/// <summary>Git's globs over slash-separated paths: <c>* ? [a-z] \x</c> within a segment, <c>**</c> across segments.</summary>
/// <remarks>gitignore(5), "PATTERN FORMAT".</remarks>
internal static class WildMatch
{
    /// <summary>Whether <paramref name="pattern"/> describes the whole of <paramref name="text"/>.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern.StartsWith("**"))
            {
                return MatchesAcross(pattern, text);
            }

            if (pattern[0] == '*')
            {
                var rest = pattern[1..];
                for (var skip = 0; ; skip++)
                {
                    if (Matches(rest, text[skip..]))
                    {
                        return true;
                    }

                    if (skip == text.Length || text[skip] == '/')
                    {
                        return false;
                    }
                }
            }

            if (text.IsEmpty || !MatchesOne(ref pattern, text[0]))
            {
                return false;
            }

            text = text[1..];
        }

        return text.IsEmpty;
    }

    private static bool MatchesAcross(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var rest = pattern.TrimStart('*');
        if (rest.IsEmpty)
        {
            return true; // "a/**": everything inside
        }

        if (rest[0] != '/')
        {
            return Matches(string.Concat("*", rest), text); // "a**b" is "a*b"
        }

        rest = rest[1..]; // "**/a": a in any folder, this one included
        while (true)
        {
            if (Matches(rest, text))
            {
                return true;
            }

            var slash = text.IndexOf('/');
            if (slash < 0)
            {
                return false;
            }

            text = text[(slash + 1)..];
        }
    }

    private static bool MatchesOne(ref ReadOnlySpan<char> pattern, char c)
    {
        switch (pattern[0])
        {
            case '?':
                pattern = pattern[1..];
                return c != '/';
            case '[':
                if (ClassEnd(pattern) is var end && end < 0)
                {
                    return false; // as git has it: a class without an end matches nothing
                }

                var inside = pattern[1..end];
                pattern = pattern[(end + 1)..];
                return c != '/' && InClass(inside, c);
            case '\\' when pattern.Length == 1:
                return false; // escapes nothing
            case '\\':
                var literal = pattern[1];
                pattern = pattern[2..];
                return c == literal;
            default:
                literal = pattern[0];
                pattern = pattern[1..];
                return c == literal;
        }
    }

    // A bracket right after the opening one, or after its negation, is a member of the class.
    private static int ClassEnd(ReadOnlySpan<char> pattern)
    {
        var from = pattern.Length > 1 && pattern[1] is '!' or '^' ? 2 : 1;
        for (var i = from; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i..].StartsWith("[:") && pattern[i..].IndexOf(":]") is > 0 and var end)
            {
                i += end + 1;
            }
            else if (pattern[i] == ']' && i > from)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool InClass(ReadOnlySpan<char> members, char c)
    {
        var negated = members[0] is '!' or '^';
        members = negated ? members[1..] : members;
        var found = false;
        for (var i = 0; i < members.Length; i++)
        {
            if (members[i..].StartsWith("[:") && members[i..].IndexOf(":]") is > 0 and var end)
            {
                found |= InPosixClass(members.Slice(i + 2, end - 2), c);
                i += end + 1;
                continue;
            }

            if (members[i] == '\\' && i + 1 < members.Length)
            {
                i++;
            }

            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                found |= c >= members[i] && c <= members[i + 2];
                i += 2;
            }
            else
            {
                found |= c == members[i];
            }
        }

        return found != negated;
    }

    private static bool InPosixClass(ReadOnlySpan<char> name, char c) => name switch
    {
        "alnum" => char.IsAsciiLetterOrDigit(c),
        "alpha" => char.IsAsciiLetter(c),
        "digit" => char.IsAsciiDigit(c),
        "xdigit" => char.IsAsciiHexDigit(c),
        "lower" => char.IsAsciiLetterLower(c),
        "upper" => char.IsAsciiLetterUpper(c),
        "space" => c is ' ' or (>= '\t' and <= '\r'),
        "blank" => c is ' ' or '\t',
        "punct" => c is > ' ' and <= '~' && !char.IsAsciiLetterOrDigit(c),
        "cntrl" => char.IsControl(c),
        "graph" => c is > ' ' and <= '~',
        "print" => c is >= ' ' and <= '~',
        _ => false,
    };
}

using System.Buffers;

namespace LiveServe.Inspection;

/// <summary>
/// Finds in a text what is not for everybody's eyes: the values of names like <c>password</c>, <c>token</c> or <c>cookie</c>, in JSON (also cut off,
/// or inside a string), in queries and forms, in header lines; and words that are known to be secret. It reads any text once and never fails.
/// </summary>
/// <param name="known">Literal secrets, wherever they stand: our own token and key.</param>
/// <param name="byName">Whether names are looked for, too; the known ones are masked for everybody.</param>
internal sealed class Secrets(IReadOnlyCollection<string> known, bool byName = true)
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "•••";

    private static readonly SearchValues<string> Names = SearchValues.Create(
        ["password", "passwd", "passphrase", "pwd", "token", "secret", "authorization", "cookie", "credential", "api_key", "apikey", "api-key",
            "access_key", "accesskey", "private_key", "privatekey", "session", "hostkey", "liveserve=", "bearer "],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n&,;}])\"'<>\\");

    // Values of several words: all of the line.
    private static readonly string[] LineNames = ["authorization", "cookie"];

    /// <summary>The text with its secrets masked.</summary>
    /// <param name="from">What stands before this place is looked at, and left out.</param>
    /// <param name="names">Further names whose values are secret, in this text only; compared whole.</param>
    public string Hide(string text, int from = 0, params ReadOnlySpan<string> names)
    {
        var masked = new System.Text.StringBuilder();
        var at = from;
        foreach (var (start, end) in Find(text, names))
        {
            if (end > at)
            {
                masked.Append(text.AsSpan(at, Math.Max(start - at, 0))).Append(Mask);
                at = end;
            }
        }

        return at == 0 ? text : masked.Append(text.AsSpan(at)).ToString();
    }

    /// <summary>Where the secrets stand, in order and apart from one another.</summary>
    public IReadOnlyList<(int Start, int End)> Find(ReadOnlySpan<char> text, params ReadOnlySpan<string> names)
    {
        List<(int Start, int End)>? found = null;
        for (var at = 0; byName && at < text.Length && text[at..].IndexOfAny(Names) is >= 0 and var step;)
        {
            at = Add(ref found, text, at + step);
        }

        foreach (var name in names)
        {
            var quoted = $"\"{name}\"";
            for (var at = 0; byName && text[at..].IndexOf(quoted, StringComparison.Ordinal) is >= 0 and var step;)
            {
                at = Add(ref found, text, at + step + 1);
            }
        }

        foreach (var secret in known)
        {
            for (var at = 0; secret.Length > 0 && text[at..].IndexOf(secret, StringComparison.Ordinal) is >= 0 and var step;)
            {
                (found ??= []).Add((at + step, at + step + secret.Length));
                at += step + secret.Length;
            }
        }

        return found is null ? [] : Apart(found);
    }

    // From a name to where the search goes on; adds the value, when there is one.
    private static int Add(ref List<(int Start, int End)>? found, ReadOnlySpan<char> text, int name)
    {
        var rest = text[name..];
        if (rest.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase))
        {
            var end = name + 7 + EndOfWord(text[(name + 7)..]);
            (found ??= []).Add((name + 7, end));
            return end;
        }

        var at = name;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-'))
        {
            at++;
        }

        var after = at;
        while (at < text.Length && text[at] is '\\' or '"' or '\'' or ']' or ' ' or '\t' && at - after < 16)
        {
            at++;
        }

        if (at >= text.Length || text[at] is not (':' or '='))
        {
            return Math.Max(after, name + 1);
        }

        do
        {
            at++;
        }
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n');

        if (at < text.Length)
        {
            var ofLine = StartsWithAny(rest, LineNames);
            var (from, to) = ValueAt(text, at, ofLine);
            if (to > from)
            {
                (found ??= []).Add((from, to));
            }

            return Math.Max(to, at);
        }

        return at;
    }

    private static (int From, int To) ValueAt(ReadOnlySpan<char> text, int at, bool ofLine)
    {
        var slashes = 0;
        while (at + slashes < text.Length && text[at + slashes] == '\\')
        {
            slashes++; // a JSON text inside a JSON string: its quotes are escaped
        }

        if (at + slashes < text.Length && text[at + slashes] is '"' or '\'')
        {
            var from = at + slashes + 1;
            return (from, EndOfString(text, from, text[at + slashes], slashes));
        }

        return text[at] is '{' or '[' ? (at, EndOfNest(text, at)) : (at, at + (ofLine ? EndOfLine(text[at..]) : EndOfWord(text[at..])));
    }

    private static int EndOfString(ReadOnlySpan<char> text, int at, char quote, int slashes)
    {
        for (var run = 0; at < text.Length; at++)
        {
            if (text[at] == quote && run <= slashes)
            {
                return at - run;
            }

            run = text[at] == '\\' ? run + 1 : 0;
            if (run == 2 && slashes == 0)
            {
                run = 0; // an escaped backslash
            }
        }

        return text.Length; // cut off: all of it
    }

    private static int EndOfNest(ReadOnlySpan<char> text, int at)
    {
        var depth = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] is '"')
            {
                at = EndOfString(text, at + 1, '"', 0);
            }
            else if (text[at] is '{' or '[')
            {
                depth++;
            }
            else if (text[at] is '}' or ']' && --depth == 0)
            {
                return at + 1;
            }
        }

        return text.Length;
    }

    private static int EndOfLine(ReadOnlySpan<char> text) => text.IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length;

    private static int EndOfWord(ReadOnlySpan<char> text) => text.IndexOfAny(WordEnds) is >= 0 and var end ? end : text.Length;

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static List<(int Start, int End)> Apart(List<(int Start, int End)> found)
    {
        found.Sort();
        var apart = new List<(int Start, int End)>();
        foreach (var (start, end) in found)
        {
            if (apart.Count > 0 && start <= apart[^1].End)
            {
                apart[^1] = (apart[^1].Start, Math.Max(apart[^1].End, end));
            }
            else
            {
                apart.Add((start, end));
            }
        }

        return apart;
    }
}

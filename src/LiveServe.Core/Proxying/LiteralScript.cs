using Acornima;
using Range = System.Range;

namespace LiveServe.Proxying;

/// <summary>
/// A script's tokens, for finding what is written out literally: strings, objects of them, and one kind of function. By tokens, as in
/// <c>Scanning/JsReferences.cs</c>: nothing recurses, and what does not parse is read as far as it goes.
/// </summary>
internal sealed class LiteralScript
{
#pragma warning disable CS0618 // The type goes in the next major version; until then the default checks every pattern, and fails on what it does not know.
    private static readonly TokenizerOptions Options = new() { Tolerant = true, RegExpParseMode = RegExpParseMode.Skip };
#pragma warning restore CS0618

    private readonly List<(TokenKind Kind, string Text)> _tokens = [];

    /// <summary>Reads a script.</summary>
    public static LiteralScript Of(string text)
    {
        var script = new LiteralScript();
        var tokens = new Tokenizer(text, 0, text.Length, SourceType.Module, null, Options);
        try
        {
            for (tokens.Next(); tokens.Current.Kind != TokenKind.EOF; tokens.Next())
            {
                script.Add(tokens.Current, text);
            }
        }
        catch (ParseErrorException)
        {
            // What came before it counts.
        }

        return script;
    }

    /// <summary>Where the values of a member of a named object stand: at the token behind its name.</summary>
    public IEnumerable<int> Members(string owner, string name)
    {
        var owners = new Stack<string?>();
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (Opens(i))
            {
                owners.Push(i > 1 && Is(i, "{") && Is(i - 1, ":") ? KeyAt(i - 2) : null);
            }
            else if (Closes(i))
            {
                owners.TryPop(out _);
            }
            else if (owners.TryPeek(out var inside) && inside == owner && (Is(i - 1, "{") || Is(i - 1, ",")) && KeyAt(i) == name)
            {
                yield return i + 1;
            }
        }
    }

    /// <summary>The members of the object that opens at a token, each with its value's tokens; a key that is not literal is <see langword="null"/>.</summary>
    public IEnumerable<(string? Key, Range Value)> Object(int open)
    {
        for (var i = open + 1; i < _tokens.Count && !Is(i, "}");)
        {
            var key = Is(i + 1, ":") ? KeyAt(i) : null;
            var start = key is null ? i : i + 2;
            var end = EndOf(start);
            yield return (key, start..end);
            if (!Is(end, ","))
            {
                yield break; // its end, or a bracket that does not belong there
            }

            i = end + 1;
        }
    }

    /// <summary>The string that is all there is in a range; <see langword="null"/> when it is anything else.</summary>
    public string? Text(Range range) =>
        range.End.Value - range.Start.Value == 1 && _tokens[range.Start.Value] is { Kind: TokenKind.StringLiteral } token ? token.Text : null;

    /// <summary>Whether a token is this punctuator, keyword or name.</summary>
    public bool Is(int at, string text) => at >= 0 && at < _tokens.Count && _tokens[at].Kind != TokenKind.StringLiteral && _tokens[at].Text == text;

    /// <summary><c>path => path.replace(/^prefix/, 'replacement')</c>, or with a string for the pattern: both literally; <see langword="null"/> for anything else.</summary>
    public (string Prefix, string Replacement)? Replacement(Range range)
    {
        var tokens = _tokens[range].Where(token => token.Text is not ("(" or ")") || token.Kind == TokenKind.StringLiteral).ToList();
        if (tokens is [_, (_, ":"), (_, "string"), ..])
        {
            tokens.RemoveRange(1, 2);
        }

        return tokens is [(TokenKind.Identifier, var parameter), (_, "=>"), (_, var subject), (_, "."), (_, "replace"), var pattern, (_, ","), (TokenKind.StringLiteral, var replacement)]
            && parameter == subject && !replacement.Contains('$') && PrefixOf(pattern) is { } prefix ? (prefix, replacement) : null;
    }

    private static string? PrefixOf((TokenKind Kind, string Text) pattern)
    {
        if (pattern.Kind == TokenKind.StringLiteral)
        {
            return pattern.Text;
        }

        if (pattern.Kind != TokenKind.RegExpLiteral || !pattern.Text.StartsWith("/^", StringComparison.Ordinal) || !pattern.Text.EndsWith('/'))
        {
            return null; // flags stand behind the last slash
        }

        var prefix = new System.Text.StringBuilder();
        var inner = pattern.Text[2..^1];
        for (var i = 0; i < inner.Length; i++)
        {
            var escaped = inner[i] == '\\' && ++i < inner.Length;
            if (i >= inner.Length || (escaped ? char.IsAsciiLetterOrDigit(inner[i]) : !char.IsAsciiLetterOrDigit(inner[i]) && inner[i] is not ('-' or '_' or '~' or '@')))
            {
                return null;
            }

            prefix.Append(inner[i]);
        }

        return prefix.ToString();
    }

    private void Add(in Token token, string input)
    {
        if (token.Kind == TokenKind.Punctuator && input[token.Start..token.End] == "`" && _tokens is [.., (TokenKind.Punctuator, "`"), (TokenKind.Template, var whole)])
        {
            _tokens.RemoveRange(_tokens.Count - 2, 2);
            _tokens.Add((TokenKind.StringLiteral, whole)); // a template without holes is a string
            return;
        }

        _tokens.Add((token.Kind, token.Kind switch
        {
            TokenKind.StringLiteral => token.Value as string ?? "",
            TokenKind.Template => token.TemplateValue?.Cooked ?? "",
            _ => input[token.Start..token.End],
        }));
    }

    private string? KeyAt(int at) => at >= 0 && at < _tokens.Count && _tokens[at].Kind is TokenKind.StringLiteral or TokenKind.Identifier or TokenKind.Keyword ? _tokens[at].Text : null;

    private bool Opens(int at) => Is(at, "{") || Is(at, "(") || Is(at, "[") || Is(at, "${");

    private bool Closes(int at) => Is(at, "}") || Is(at, ")") || Is(at, "]");

    // The comma or bracket that ends an expression.
    private int EndOf(int start)
    {
        var depth = 0;
        for (var i = start; i < _tokens.Count; i++)
        {
            if (depth == 0 && (Is(i, ",") || Closes(i)))
            {
                return i;
            }

            depth += Opens(i) ? 1 : Closes(i) ? -1 : 0;
        }

        return _tokens.Count;
    }
}

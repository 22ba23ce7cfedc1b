using Acornima;

namespace LiveServe.Scanning;

/// <summary>The last tokens of a script, and what they make of the next one.</summary>
/// <param name="scriptPath">See <see cref="JsReferences.Of"/>.</param>
/// <param name="found">Takes the paths.</param>
internal sealed class JsTrail(string scriptPath, HashSet<string> found)
{
    private const int Length = 10; // new URL ( 'x' , import . meta . url

    private readonly List<(TokenKind Kind, string Text)> _tokens = [];
    private bool _isClause;    // between import or export and its from
    private bool _isArguments; // of importScripts

    /// <summary>Takes the next token.</summary>
    public void Follow(in Token token, string input)
    {
        var text = token.Kind switch
        {
            TokenKind.StringLiteral or TokenKind.Identifier or TokenKind.Keyword => token.Value as string ?? "",
            TokenKind.Template => token.TemplateValue?.Cooked ?? "",
            TokenKind.Punctuator => input[token.Start..token.End],
            _ => "",
        };
        if (token.Kind == TokenKind.Punctuator && text == "`" && Is(1, TokenKind.Template) && Is(2, "`"))
        {
            var whole = _tokens[^1].Text; // a template without holes is a string
            _tokens.RemoveRange(_tokens.Count - 2, 2);
            Take(TokenKind.StringLiteral, whole);
            return;
        }

        Take(token.Kind, text);
    }

    private void Take(TokenKind kind, string text)
    {
        if (kind == TokenKind.StringLiteral)
        {
            OnString(text);
        }
        else if (kind == TokenKind.Identifier && text == "url" && Is(1, ".") && Is(2, "meta") && IsImport(4) && Is(5, ",")
            && Is(6, TokenKind.StringLiteral) && Is(7, "(") && Is(8, "URL") && Is(9, "new"))
        {
            Add(LocalReference.Resolve(_tokens[^6].Text, scriptPath));
        }

        _isArguments = (_isArguments && text != ")") || (text == "(" && Is(1, "importScripts"));
        _isClause = kind switch
        {
            TokenKind.Keyword when text is "import" or "export" => !Is(1, "."),
            TokenKind.Keyword or TokenKind.Identifier => _isClause,
            TokenKind.StringLiteral => _isClause && !Is(1, "from"),
            TokenKind.Punctuator => _isClause && text is "{" or "}" or "," or "*",
            _ => false,
        };
        if (_tokens.Count == Length)
        {
            _tokens.RemoveAt(0);
        }

        _tokens.Add((kind, text));
    }

    private void OnString(string text)
    {
        if (IsImport(1) || (Is(1, "(") && IsImport(2)) || (_isClause && Is(1, "from")))
        {
            Add(ModuleSpecifier.Resolve(text, scriptPath));
        }
        else if ((_isArguments && (Is(1, "(") || Is(1, ","))) || (Is(1, "(") && (Is(2, "Worker") || Is(2, "SharedWorker")) && (Is(3, "new") || Is(3, "."))))
        {
            Add(LocalReference.Resolve(text, scriptPath));
        }
    }

    private bool IsImport(int back) => Is(back, TokenKind.Keyword) && Is(back, "import") && !Is(back + 1, ".");

    // A string that says so is not the token.
    private bool Is(int back, string text) => back <= _tokens.Count && _tokens[^back].Text == text && !Is(back, TokenKind.StringLiteral) && !Is(back, TokenKind.Template);

    private bool Is(int back, TokenKind kind) => back <= _tokens.Count && _tokens[^back].Kind == kind;

    private void Add(string? path)
    {
        if (path is not null)
        {
            found.Add(path);
        }
    }
}

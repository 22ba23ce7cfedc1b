namespace LiveServe.Serving;

/// <summary>
/// Takes whole-line comments out of a module of ours. It knows just enough JavaScript for the house's style: a comment block begins its line, and
/// only a template literal spans lines.
/// </summary>
internal sealed class CodeLines
{
    private bool _inComment;
    private bool _inTemplate;

    /// <summary>What is left of the next line; <see langword="null"/> when nothing is.</summary>
    public string? Code(string line)
    {
        var text = line.AsSpan().Trim();
        if (_inComment)
        {
            _inComment = !text.EndsWith("*/");
            return null;
        }

        if (!_inTemplate && text.StartsWith("/*") && (text.EndsWith("*/") || !text.Contains("*/", StringComparison.Ordinal)))
        {
            _inComment = !text.EndsWith("*/");
            return null;
        }

        if (!_inTemplate && (text.IsEmpty || text.StartsWith("//")))
        {
            return null;
        }

        _inTemplate ^= line.Replace("\\`", "", StringComparison.Ordinal).Count('`') % 2 == 1;
        return line;
    }
}

namespace LiveServe.Watching;

/// <summary>The rules of one <c>.gitignore</c>.</summary>
/// <remarks>gitignore(5). The last rule that matches decides.</remarks>
internal sealed class GitignoreFile
{
    private readonly List<Rule> _rules = [];

    /// <summary>Reads the lines of a file.</summary>
    public static GitignoreFile Parse(IEnumerable<string> lines)
    {
        var file = new GitignoreFile();
        file._rules.AddRange(lines.Select(Read).OfType<Rule>());
        return file;
    }

    /// <summary>What the file says of a path relative to its own folder: ignored, not ignored, or nothing.</summary>
    public bool? Judge(string path, bool isFolder)
    {
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            if (_rules[i].Matches(path, isFolder))
            {
                return !_rules[i].Negated;
            }
        }

        return null;
    }

    private static Rule? Read(string line)
    {
        var pattern = line.TrimEnd('\r');
        if (pattern.StartsWith('#'))
        {
            return null;
        }

        while (pattern.EndsWith(' ') && !IsEscaped(pattern, pattern.Length - 1))
        {
            pattern = pattern[..^1];
        }

        var negated = pattern.StartsWith('!');
        pattern = negated ? pattern[1..] : pattern;
        var foldersOnly = pattern.EndsWith('/');
        pattern = foldersOnly ? pattern[..^1] : pattern;
        if (pattern.Length == 0)
        {
            return null;
        }

        var anchored = pattern.Contains('/');
        return new Rule(pattern.StartsWith('/') ? pattern[1..] : pattern, negated, foldersOnly, anchored);
    }

    // An even number of backslashes escapes themselves, and not what follows.
    private static bool IsEscaped(string pattern, int index)
    {
        var before = pattern.AsSpan(0, index);
        return (before.Length - before.TrimEnd('\\').Length) % 2 == 1;
    }

    private sealed record Rule(string Pattern, bool Negated, bool FoldersOnly, bool Anchored)
    {
        public bool Matches(string path, bool isFolder) =>
            (!FoldersOnly || isFolder)
            && WildMatch.Matches(Pattern, Anchored ? path : path.AsSpan(path.LastIndexOf('/') + 1))
            && (path.Length > 0);
    }
}

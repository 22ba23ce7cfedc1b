namespace LiveServe.Cli;

/// <summary>The name that somebody most likely meant.</summary>
internal static class Nearest
{
    /// <summary>The one of <paramref name="names"/> that is fewest edits away; a name that begins alike wins a tie.</summary>
    public static string To(string typed, IReadOnlyList<string> names) => names
        .OrderBy(name => Distance(typed.TrimStart('-'), name.TrimStart('-')))
        .ThenByDescending(name => name.StartsWith(typed, StringComparison.Ordinal))
        .First();

    // Levenshtein, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}

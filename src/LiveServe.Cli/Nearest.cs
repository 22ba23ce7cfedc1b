namespace LiveServe.Cli;

/// <summary>The name that somebody most likely meant.</summary>
internal static class Nearest
{
    // Shorter beginnings are shared by too many names to mean one of them.
    private const int TellingPrefix = 5;

    /// <summary>The one of <paramref name="names"/> that was cut short, else the one that is fewest edits away.</summary>
    public static string To(string typed, IReadOnlyList<string> names) => names
        .OrderByDescending(name => typed.Length >= TellingPrefix && name.StartsWith(typed, StringComparison.Ordinal))
        .ThenBy(name => Distance(typed.TrimStart('-'), name.TrimStart('-')))
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

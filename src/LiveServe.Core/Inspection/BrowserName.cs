using System.Collections.Concurrent;

namespace LiveServe.Inspection;

/// <summary>A browser's short name from its <c>User-Agent</c> (RFC 9110 §10.1.5), for people. It decides nothing.</summary>
internal static class BrowserName
{
    private const int MaximumNames = 64;

    // The first that fits: most browsers name others, too.
    private static readonly (string Token, string Name)[] Known =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ];

    // A browser opens many sockets with one text.
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    /// <summary>Like <c>Chrome 140</c>; a tool's own first word; empty for none.</summary>
    public static string Of(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return "";
        }

        if (!Names.TryGetValue(userAgent, out var name))
        {
            name = Find(userAgent);
            if (Names.Count < MaximumNames)
            {
                Names[userAgent] = name;
            }
        }

        return name;
    }

    private static string Find(string userAgent)
    {
        foreach (var (token, name) in Known)
        {
            var at = userAgent.IndexOf(token, StringComparison.Ordinal);
            if (at >= 0)
            {
                var version = userAgent.AsSpan(at + token.Length);
                return $"{name} {version[..Math.Min(version.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : version.Length, 5)]}".TrimEnd();
            }
        }

        var word = userAgent.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries)[0];
        return word.Length > 30 ? word[..30] : word;
    }
}

namespace LiveServe.Security;

/// <summary>The token in a link: <c>/any/where?liveserve=TOKEN</c>. Works on the target as it came, so that nothing else in it changes.</summary>
internal static class PairingLink
{
    private const string Parameter = "liveserve=";

    /// <summary>The link that pairs.</summary>
    public static string Query(string token) => Parameter + token;

    /// <summary>The token in <paramref name="target"/>, if there is one.</summary>
    public static string? TokenIn(string target) => Find(target) is var (start, end) ? target[(start + Parameter.Length)..end] : null;

    /// <summary>The same place without the token: a path on this server, whatever the target was.</summary>
    public static string Without(string target)
    {
        if (target.Length == 0 || target[0] != '/' || Find(target) is not var (start, end))
        {
            return "/";
        }

        var rest = end == target.Length ? target[..(start - 1)] : target[..start] + target[(end + 1)..];
        return "/" + rest.TrimStart('/', '\\'); // "//host" would be another host's
    }

    /// <summary>The target as it may be shown and logged.</summary>
    public static string Hide(string target) =>
        Find(target) is var (start, end) ? $"{target[..(start + Parameter.Length)]}…{target[end..]}" : target;

    private static (int Start, int End)? Find(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        for (var start = query + 1; query >= 0 && start < target.Length;)
        {
            var end = target.IndexOf('&', start) is >= 0 and var next ? next : target.Length;
            if (target.AsSpan(start, end - start).StartsWith(Parameter, StringComparison.Ordinal))
            {
                return (start, end);
            }

            start = end + 1;
        }

        return null;
    }
}

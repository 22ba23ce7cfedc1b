using Microsoft.Extensions.Primitives;

namespace LiveServe.Serving;

/// <summary>Whether a list of tags names a version. Pure; RFC 9110 §8.8.3, §13.1.1 and §13.1.2.</summary>
internal static class Validators
{
    /// <summary>Whether one of the tags in If-None-Match is <paramref name="etag"/>; weak comparison, and <c>*</c> is any.</summary>
    /// <param name="header">The header's values; malformed ones match nothing.</param>
    /// <param name="etag">With its quotes, strong.</param>
    public static bool NoneMatchHolds(StringValues header, string etag) => Lists(header, etag, weakToo: true);

    /// <summary>Whether one of the tags in If-Match is <paramref name="etag"/>; strong comparison, and <c>*</c> is any.</summary>
    /// <param name="header">The header's values; malformed ones match nothing.</param>
    /// <param name="etag">With its quotes, strong.</param>
    public static bool MatchHolds(StringValues header, string etag) => Lists(header, etag, weakToo: false);

    private static bool Lists(StringValues header, string etag, bool weakToo)
    {
        foreach (var line in header)
        {
            var rest = line.AsSpan().Trim();
            if (rest is "*")
            {
                return true;
            }

            while (!rest.IsEmpty)
            {
                rest = rest.TrimStart([' ', '\t', ',']);
                var isWeak = rest.StartsWith("W/", StringComparison.Ordinal);
                rest = isWeak ? rest[2..] : rest;
                var end = rest.Length > 1 && rest[0] == '"' ? rest[1..].IndexOf('"') : -1;
                if (end < 0)
                {
                    break;
                }

                if (rest[..(end + 2)].SequenceEqual(etag) && (weakToo || !isWeak))
                {
                    return true;
                }

                rest = rest[(end + 2)..];
            }
        }

        return false;
    }
}

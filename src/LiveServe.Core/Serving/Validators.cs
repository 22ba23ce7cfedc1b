using Microsoft.Extensions.Primitives;

namespace LiveServe.Serving;

/// <summary>Whether the client's copy is still good. Pure; RFC 9110 §8.8.3 and §13.1.2.</summary>
internal static class Validators
{
    /// <summary>Whether one of the tags in If-None-Match is <paramref name="etag"/>; weak comparison, and <c>*</c> is any.</summary>
    /// <param name="header">The header's values; malformed ones match nothing.</param>
    /// <param name="etag">With its quotes, strong.</param>
    public static bool NoneMatchHolds(StringValues header, string etag)
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
                rest = rest.StartsWith("W/", StringComparison.Ordinal) ? rest[2..] : rest;
                var end = rest.Length > 1 && rest[0] == '"' ? rest[1..].IndexOf('"') : -1;
                if (end < 0)
                {
                    break;
                }

                if (rest[..(end + 2)].SequenceEqual(etag))
                {
                    return true;
                }

                rest = rest[(end + 2)..];
            }
        }

        return false;
    }
}

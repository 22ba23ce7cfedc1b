using Microsoft.Extensions.Primitives;

namespace LiveServe.Injection;

/// <summary>
/// Tags of pages with our script in them: its own tag and what was put in. Only a browser that holds the very same page may be told that
/// it is still good; one that holds the bytes without it, or a page of an earlier process, gets a new one. RFC 9110 §8.8.3.
/// </summary>
internal static class EntityTags
{
    /// <summary>The tag of the page that is made from what <paramref name="tag"/> names.</summary>
    /// <param name="stamp">What was put in.</param>
    public static string Stamp(string tag, string stamp) => tag.Length > 1 && tag[^1] == '"' ? $"{tag[..^1]}-{stamp}\"" : tag;

    /// <summary>What If-None-Match asks whoever makes the page: the tags with this stamp, without it. Empty when there are none.</summary>
    public static string Unstamp(StringValues header, string stamp)
    {
        var end = $"-{stamp}\"";
        return string.Join(", ", header.SelectMany(line => (line ?? "").Split(','))
            .Select(tag => tag.Trim()).Where(tag => tag.EndsWith(end, StringComparison.Ordinal)).Select(tag => tag[..^end.Length] + "\""));
    }
}

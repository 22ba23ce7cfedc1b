using LiveServe.Content;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>Which requests go to a page, and not to something that a page uses. Pure.</summary>
/// <remarks>W3C Fetch Metadata §2.1 and §2.2; without these headers RFC 9110 §12.5.1.</remarks>
internal static class Navigation
{
    /// <summary>Whether a browser is going to show what it gets. Tools that take anything are not going anywhere.</summary>
    public static bool IsOne(IHeaderDictionary headers) =>
        (headers["Sec-Fetch-Dest"].ToString(), headers["Sec-Fetch-Mode"].ToString()) switch
        {
            ("document" or "iframe" or "frame" or "fencedframe", _) => true,
            ("" or "empty", "navigate") => true, // a service worker passes a navigation on
            ("", "") => AcceptsHtml(headers.Accept.ToString()),
            _ => false,
        };

    /// <summary>Whether a decoded path may be a route of an app: it names no file of a kind that we know.</summary>
    /// <remarks>Routes have dots too, <c>/users/jane.doe</c>; a missing <c>/app.js</c> must stay missing.</remarks>
    public static bool MayBeRoute(string path) => !MediaTypes.IsKnown(path);

    // By name: what anything will do for is not a wish for a page. Weight 0 is a no.
    private static bool AcceptsHtml(string accept)
    {
        foreach (var part in accept.AsSpan().Split(','))
        {
            var range = accept.AsSpan()[part];
            var end = range.IndexOf(';');
            var type = (end < 0 ? range : range[..end]).Trim();
            if (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase))
            {
                return end < 0 || !IsZero(range[(end + 1)..]);
            }
        }

        return false;
    }

    private static bool IsZero(ReadOnlySpan<char> parameters)
    {
        var weight = parameters.LastIndexOf("q=", StringComparison.OrdinalIgnoreCase);
        return weight >= 0 && parameters[(weight + 2)..].Trim() is ['0', ..] and var digits && !digits.ContainsAnyExcept("0.".AsSpan());
    }
}

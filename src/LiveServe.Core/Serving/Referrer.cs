using LiveServe.Paths;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>Who asked, as browsers tell (RFC 9110 §10.1.3, Fetch Metadata).</summary>
internal static class Referrer
{
    private static readonly string[] OwnDocuments = ["document", "iframe", "frame", "object", "embed"];

    /// <summary>
    /// The decoded path of the page, sheet or script of ours that uses what is asked for; <see langword="null"/> when nobody says so, and for
    /// documents: those are not part of the page that led to them.
    /// </summary>
    /// <param name="site">What the site is under.</param>
    public static string? PathOf(HttpRequest request, SiteBase site)
    {
        var referer = request.Headers.Referer.ToString();
        if (referer.Length == 0 || OwnDocuments.Contains(request.Headers["Sec-Fetch-Dest"].ToString()))
        {
            return null;
        }

        var asker = RequestTarget.Parse(referer, request.Headers.Host.ToString(), out _);
        return asker is null || (site.Inside(asker) is { } target && ReservedPaths.Contains(target.Path)) ? null : site.Inward(asker.Path);
    }

    /// <summary>Whether a script imports a style sheet: the one request for a style that is made in CORS mode without a link saying so.</summary>
    public static bool ImportsSheet(HttpRequest request) =>
        request.Headers["Sec-Fetch-Dest"] == "style" && request.Headers["Sec-Fetch-Mode"] == "cors";
}

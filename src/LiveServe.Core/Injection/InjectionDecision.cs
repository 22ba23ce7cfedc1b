using LiveServe.Content;

namespace LiveServe.Injection;

/// <summary>Whether an answer gets the client: pages that a browser shows do, what a script or a style fetches never does.</summary>
/// <remarks>W3C Fetch Metadata §2.1 names the destinations.</remarks>
internal static class InjectionDecision
{
    /// <summary>Judges a request for a document.</summary>
    /// <param name="secFetchDest">What the browser will do with it; tools and old browsers do not say.</param>
    /// <param name="isWholeDocument">Whether it is a page and not a fragment of one.</param>
    public static bool ShouldInject(string? secFetchDest, string? accept, MarkupKind kind, bool isWholeDocument) => secFetchDest switch
    {
        "document" or "iframe" or "frame" or "fencedframe" or "object" or "embed" => true,
        null or "" => Accepts(accept, kind) || (AcceptsAnything(accept) && isWholeDocument && kind != MarkupKind.Svg),
        _ => false,
    };

    private static bool Accepts(string? accept, MarkupKind kind) =>
        accept is not null && kind switch
        {
            MarkupKind.Svg => accept.Contains("image/svg+xml", StringComparison.OrdinalIgnoreCase) && accept.Contains("text/html", StringComparison.OrdinalIgnoreCase),
            MarkupKind.Xhtml when accept.Contains("application/xhtml+xml", StringComparison.OrdinalIgnoreCase) => true,
            _ => accept.Contains("text/html", StringComparison.OrdinalIgnoreCase),
        };

    private static bool AcceptsAnything(string? accept) => string.IsNullOrWhiteSpace(accept) || accept.Trim() == "*/*";
}

using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>
/// Which part gave an answer, said in a header: with a folder, back ends and our own addresses on one port it is the first question. The inspector
/// shows it beside the request.
/// </summary>
internal static class AnsweredBy
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-LiveServe";

    /// <summary>A file, or the lack of one.</summary>
    public const string Files = "static";

    /// <summary>The list of a folder.</summary>
    public const string Listing = "listing";

    /// <summary>Our own addresses, and what is refused before any other part is asked.</summary>
    public const string Us = "liveserve";

    /// <summary>Says it; the last one who does is right.</summary>
    public static void Say(IHeaderDictionary headers, string part) => headers[Header] = part;
}

using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveServe;

/// <summary>Says which pages may read an answer, and answers the question that browsers ask before some requests.</summary>
/// <remarks>WHATWG Fetch §3.3.2 and §3.3.3. Access-Control-Allow-Credentials is never sent.</remarks>
internal static class CorsStation
{
    private const int LongestList = 1000;

    // Field names and what stands between them.
    private static readonly SearchValues<char> ListCharacters =
        SearchValues.Create(", !#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Adds the headers that the rule asks for.</summary>
    /// <returns>Whether the request was such a question, and is answered.</returns>
    public static bool Answers(HttpContext context, CorsRule rule)
    {
        var (request, headers) = (context.Request.Headers, context.Response.Headers);
        if (!rule.AllowsAnyone)
        {
            headers.Append("Vary", "Origin"); // also without one: another page's answer must not be this page's
        }

        if (request.Origin is not [{ } origin] || rule.AllowedOrigin(origin) is not { } allowed)
        {
            return false;
        }

        headers.AccessControlAllowOrigin = allowed;
        headers.AccessControlExposeHeaders = "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified";
        if (!HttpMethods.IsOptions(context.Request.Method) || request.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlMaxAge = "600";
        if (IsList(request.AccessControlRequestHeaders))
        {
            headers.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
        }

        return true;
    }

    private static bool IsList(StringValues names) =>
        names is [{ Length: > 0 and <= LongestList } list] && !list.AsSpan().ContainsAnyExcept(ListCharacters);
}

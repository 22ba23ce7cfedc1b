using LiveServe.Paths;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe.Serving;

/// <summary>What the pipeline asks of a request.</summary>
internal static class RequestParts
{
    /// <summary>What the site is asked for; <see langword="null"/> when the target is refused, or is not for the site.</summary>
    public static RequestTarget? Target(this HttpContext context) => Parsed(context).InSite;

    /// <summary>The whole address that is asked for, whoever it is for; <see langword="null"/> when the target is refused.</summary>
    public static RequestTarget? Asked(this HttpContext context) => Parsed(context).Asked;

    /// <summary>The site is under a path: from now on what it is asked for is what follows that.</summary>
    public static void EnterSite(this HttpContext context, SiteBase site)
    {
        var parsed = Parsed(context);
        parsed.InSite = parsed.Asked is { } asked ? site.Inside(asked) : null;
    }

    // Parsed once and kept with the request.
    private static ParsedTarget Parsed(HttpContext context)
    {
        if (context.Features.Get<ParsedTarget>() is not { } parsed)
        {
            var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            parsed = new ParsedTarget(RequestTarget.Parse(raw, context.Request.Headers.Host.ToString(), out _));
            context.Features.Set(parsed);
        }

        return parsed;
    }

    private sealed class ParsedTarget(RequestTarget? asked)
    {
        public RequestTarget? Asked { get; } = asked;

        public RequestTarget? InSite { get; set; } = asked;
    }
}

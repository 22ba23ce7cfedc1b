using LiveServe.Paths;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe.Serving;

/// <summary>What the pipeline asks of a request.</summary>
internal static class RequestParts
{
    /// <summary>The target, parsed once and kept with the request; <see langword="null"/> when it is refused.</summary>
    public static RequestTarget? Target(this HttpContext context)
    {
        if (context.Features.Get<ParsedTarget>() is not { } parsed)
        {
            var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            parsed = new ParsedTarget(RequestTarget.Parse(raw, context.Request.Headers.Host.ToString(), out _));
            context.Features.Set(parsed);
        }

        return parsed.Target;
    }

    private sealed record ParsedTarget(RequestTarget? Target);
}

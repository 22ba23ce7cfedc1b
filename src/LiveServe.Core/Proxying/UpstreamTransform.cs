using LiveServe.Injection;
using LiveServe.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace LiveServe.Proxying;

/// <summary>
/// One request on its way to the upstream, and its answer on the way back: whose names are written where, and which headers are not passed on.
/// RFC 9110 §7.6 (what an intermediary does), RFC 7239's older cousins <c>X-Forwarded-*</c>.
/// </summary>
/// <param name="address">What the upstream is asked for; nothing in the request changes it.</param>
/// <param name="page"><see langword="null"/> when pages do not get our script.</param>
/// <param name="warn">Takes one sentence, and what to do about it; the same one is said once.</param>
internal sealed class UpstreamTransform(ProxyRule rule, Uri address, Upstream upstream, HeadClock clock, PassingPage? page, Action<string, string?> warn)
    : HttpTransformer
{
    // Named in Connection, these are still needed: the forwarder deals with them.
    private static readonly string[] Framing = ["Connection", "Upgrade", "Host", "Content-Length", "Transfer-Encoding"];

    /// <inheritdoc/>
    public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destinationPrefix, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        RemoveNominated(headers, headers.Connection);
        if (page is not null && PassingPage.IsNavigation(headers))
        {
            page.Prepare(headers);
        }

        headers["X-Forwarded-For"] = context.Connection.RemoteIpAddress?.ToString();
        headers["X-Forwarded-Proto"] = context.Request.Scheme;
        headers["X-Forwarded-Host"] = headers.Host;
        await base.TransformRequestAsync(context, request, destinationPrefix, cancellationToken);
        request.Headers.Host = null; // the address has it
        request.RequestUri = address;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext context, HttpResponseMessage? answer, CancellationToken cancellationToken)
    {
        if (answer is null)
        {
            return false; // whoever forwarded says why
        }

        clock.Stop();
        upstream.Answered();
        await base.TransformResponseAsync(context, answer, cancellationToken);
        var headers = context.Response.Headers;
        RemoveNominated(headers, answer.Headers.Connection.ToArray());
        headers.StrictTransportSecurity = default; // it would bind every server on this name, on any port
        if (headers.Location is [{ } location])
        {
            headers.Location = UpstreamAddress.Back(rule, location);
        }

        FitCookies(context);
        if (page is not null)
        {
            await new ProxiedPage(page).ApplyAsync(context, answer, cancellationToken);
        }

        return true;
    }

    private static void RemoveNominated(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var name in connection.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!Framing.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                headers.Remove(name);
            }
        }
    }

    private void FitCookies(HttpContext context)
    {
        var cookies = context.Response.Headers.SetCookie;
        if (cookies.Count == 0)
        {
            return;
        }

        var takesSecure = context.Request.IsHttps || Authority.Parse(context.Request.Headers.Host)?.IsLoopback == true;
        context.Response.Headers.SetCookie = cookies.Select(cookie =>
        {
            var fitted = CookieFit.Fit(cookie ?? "", rule, takesSecure, out var fate);
            if (fate != SecureFate.Fine)
            {
                warn($"The cookie {CookieFit.NameOf(fitted)} of {upstream.Name} is Secure, and this site is plain http: "
                    + (fate == SecureFate.Removed ? "Secure was taken off." : "browsers drop it."), "Serve with --https to keep it as it is.");
            }

            return fitted;
        }).ToArray();
    }
}

using LiveServe.Paths;
using LiveServe.Serving;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>
/// The stations of a site that is under a path: at the one its requests come in, at the other those turn back that are for nobody. Between the two stands
/// what has an address of its own: the user's sockets and back ends. Without a base there are no such stations.
/// </summary>
/// <param name="explain">Sends a page of ours: status, what happened, what to do.</param>
internal sealed class BaseGate(SiteBase site, Func<HttpContext, int, string, string, Task> explain)
{
    /// <summary>From addresses to the site's own paths.</summary>
    public IEnumerable<Station> In => site.IsNone ? [] : [Enter];

    /// <summary>What is not for the site.</summary>
    public IEnumerable<Station> Out => site.IsNone ? [] : [TurnBack];

    private Task Enter(HttpContext context, RequestDelegate next)
    {
        context.EnterSite(site);
        return next(context);
    }

    private Task TurnBack(HttpContext context, RequestDelegate next)
    {
        if (context.Asked() is not { } asked || context.Target() is not null || Handshake.IsAsked(context.Request))
        {
            return next(context); // it is the site's, or is refused in words that fit better
        }

        if (site.IsHome(asked.Path))
        {
            // Relative, so that it holds behind any proxy.
            return RedirectAsync(context, StatusCodes.Status308PermanentRedirect, $"./{asked.Segments[^1]}/{asked.Query}");
        }

        // 307: the next run on this port may have no base.
        return asked.Path == "/"
            ? RedirectAsync(context, StatusCodes.Status307TemporaryRedirect, site.Path + asked.Query)
            : explain(context, 404, $"The site is below {site.Path}, and {asked.Path} is not.", $"Open {site.Path}, or start without --base.");
    }

    private static Task RedirectAsync(HttpContext context, int status, string location)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}

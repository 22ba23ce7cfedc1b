using System.Diagnostics;
using LiveServe.Inspection;
using LiveServe.Paths;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe;

/// <summary>One station of the pipeline: answers, or passes on.</summary>
internal delegate Task Station(HttpContext context, RequestDelegate next);

/// <summary>What happens to a request, in order. The list is the table of contents.</summary>
/// <param name="site">What the site is under.</param>
/// <param name="extra">The user's own headers; <see langword="null"/> for none.</param>
internal sealed class RequestPipeline(
    HostCheck hosts, OwnAddresses own, UserSockets? userSockets, SiteFiles files, ProxyEndpoint? proxy, Doors doors, Inspector inspector, LiveServeOptions options,
    SiteBase site, ExtraHeaders? extra = null)
{
    private readonly BaseGate _base = new(site, (context, status, what, remedy) => files.SendStatusAsync(context, status, what, remedy));
    private readonly OnceOnly _once = new((message, hint) => options.Report(new WarningRaised(message, hint)));

    /// <summary>The whole of it as one delegate.</summary>
    public RequestDelegate Build() => Compose(
    [
        Remember,       // what is answered, for the inspector
        Guard,          // a defect costs one answer, and is shown
        Headers,        // on every answer, refusals included
        CheckHost,      // foreign hosts are refused before anything is revealed
        CheckSite,      // other sites' pages do not read ours as scripts
        .. doors.Stations, // https, pairing, password: those that were asked for
        .. _base.In,    // from addresses to the site's paths, where it is under one
        ServeOwn,       // our client and socket: nothing in the site may shadow them
        ServeSockets,   // the user's echo and relay: an address of their own is more than a prefix
        Forward,        // explicit rules beat files, and take any socket but ours
        .. _base.Out,   // the way to the site, for what is outside of it and nobody's
        RefuseUpgrades, // an upgrade that is not ours belongs to nobody yet
        Cors,           // who may read files; what is ours is for our own pages only
        ServeFiles,     // resolve, then answer: nothing has been written before this point
    ]);

    private static RequestDelegate Compose(Station[] stations)
    {
        RequestDelegate next = _ => Task.CompletedTask;
        foreach (var station in stations.Reverse())
        {
            var after = next;
            next = context => station(context, after);
        }

        return next;
    }

    private async Task Remember(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        await next(context);
        var (request, response) = (context.Request, context.Response);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var isSocket = response.StatusCode is 101 or 200 && Handshake.IsAsked(request); // it is on the list of sockets
        if (!isSocket && context.Target()?.Path.StartsWith(ReservedPaths.Inspector, StringComparison.Ordinal) != true) // an inspector that showed itself would never rest
        {
            inspector.Requests.Add(began, request.Method, target, response.StatusCode,
                response.ContentLength ?? (response.StatusCode is 204 or 304 ? 0 : -1), response.ContentType ?? "", response.Headers[AnsweredBy.Header].ToString());
        }
    }

    private async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested || gone is IOException)
        {
            // The client left, or its connection broke: nobody is left to be answered.
        }
#pragma warning disable CA1031 // The edge of a request: a defect is shown, the process lives.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            options.Report(new WarningRaised($"{context.Request.Method} {RawTarget(context)} failed: {defect}", "This is a defect of liveserve. Please report it."));
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            await files.SendStatusAsync(context, 500, "The server has a defect here.", "Its terminal shows what happened.");
        }
    }

    private async Task Headers(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        await next(context);
        if (options.ReportRequests)
        {
            options.Report(new RequestAnswered(context.Request.Method, RawTarget(context), context.Response.StatusCode));
        }
    }

    private void SetHeaders(IHeaderDictionary headers)
    {
        AnsweredBy.Say(headers, AnsweredBy.Us);
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = options.Cors is { AllowsAnyone: true } ? "cross-origin" : "same-site";
        extra?.AddTo(headers);
    }

    private Task CheckHost(HttpContext context, RequestDelegate next)
    {
        switch (hosts.Judge(context.Request.Headers.Host))
        {
            case HostVerdict.Known:
                return next(context);
            case HostVerdict.Malformed:
                return RefuseAsync(context, 400, "The Host header is missing, doubled or malformed.", "");
            default:
                var name = Authority.Parse(context.Request.Headers.Host)!.Value.Host;
                _once.Warn($"A request for the host {name} was refused.", $"If that name is yours, allow it with --allow-host {name}.");
                return RefuseAsync(context, 403, $"This server does not answer to the name {name}.", $"Start it with --allow-host {name} if that name is yours.");
        }
    }

    private Task CheckSite(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        return options.Cors is not { AllowsAnyone: true } && CrossSiteCheck.Refuses(headers["Sec-Fetch-Site"], headers["Sec-Fetch-Mode"])
            ? RefuseAsync(context, 403, "Another site's page asked for this file.", "Files are for pages of this server.")
            : next(context);
    }

    private Task ServeOwn(HttpContext context, RequestDelegate next) =>
        context.Target() is { } target && ReservedPaths.Contains(target.Path) ? own.HandleAsync(context, target) : next(context);

    private Task ServeSockets(HttpContext context, RequestDelegate next) =>
        userSockets is null ? next(context) : userSockets.HandleAsync(context, next, (status, what, remedy) => RefuseAsync(context, status, what, remedy),
            (status, what, remedy) => files.SendStatusAsync(context, status, what, remedy));

    private Task Forward(HttpContext context, RequestDelegate next) =>
        proxy is null ? next(context) : proxy.HandleAsync(context, next, (status, what, remedy) => RefuseAsync(context, status, what, remedy), failure =>
        {
            SetHeaders(context.Response.Headers);
            return files.SendStatusAsync(context, failure.Status, failure.What, failure.Remedy, failure.Page);
        });

    private Task RefuseUpgrades(HttpContext context, RequestDelegate next) =>
        Handshake.IsAsked(context.Request)
            ? RefuseAsync(context, 404, "There is no WebSocket at this address.", $"Ours is at {site.Outward(ReservedPaths.Socket)}.")
            : next(context);

    private Task Cors(HttpContext context, RequestDelegate next) =>
        options.Cors is { } rule && CorsStation.Answers(context, rule) ? Task.CompletedTask : next(context);

    private Task ServeFiles(HttpContext context, RequestDelegate next)
    {
        AnsweredBy.Say(context.Response.Headers, AnsweredBy.Files);
        return files.HandleAsync(context);
    }

    /// <summary>Answers in one line of plain text.</summary>
    internal static Task RefuseAsync(HttpContext context, int status, string what, string remedy)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return SendTextAsync(context, $"{what} {remedy}\n");
    }

    /// <summary>Sends a text, whose type is set.</summary>
    internal static Task SendTextAsync(HttpContext context, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, 0, bytes.Length, context.RequestAborted);
    }

    // As it is shown: a token is nobody's but its bearer's.
    private static string RawTarget(HttpContext context) => PairingLink.Hide(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
}

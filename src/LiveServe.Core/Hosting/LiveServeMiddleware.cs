using LiveServe.Content;
using LiveServe.Injection;
using LiveServe.Paths;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticAssets;

namespace LiveServe.Hosting;

/// <summary>
/// A request on its way into an app: 1 what is at our own addresses is answered here, 2 who uses what is noted, 3 what may be a page gets a body
/// that puts the script in, 4 the app answers. Everything else is not touched.
/// </summary>
internal sealed class LiveServeMiddleware(RequestDelegate next, LiveApp app)
{
    private readonly OnceOnly _once = new(app.Warn);

    /// <summary>Answers, or lets the app answer.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Target() is not { } target)
        {
            await next(context);
            return;
        }

        if (ReservedPaths.Contains(target.Path)) // 1
        {
            await AnswerAsync(context, target);
            return;
        }

        var request = context.Request;
        if (Handshake.IsAsked(request))
        {
            await next(context); // a socket of the app's own
            return;
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            NoteUse(request, target); // 2
            context.Response.OnStarting(() => NoteAnswer(context, target));
        }

        await (PassingPage.MayGetIt(request.Headers) ? InjectAsync(context, target) : next(context)); // 3, 4
    }

    private async Task InjectAsync(HttpContext context, RequestTarget target)
    {
        var site = app.Site;
        var headers = context.Request.Headers;
        var (acceptEncoding, inner) = (headers.AcceptEncoding, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        var page = new PassingPage(site.Stamp.For(default, site.Stamp.Seq()), _once.Warn);
        if (PassingPage.IsNavigation(headers))
        {
            page.Prepare(headers);
        }

        using var body = new InjectedBody(context, inner, page, acceptEncoding, bytes => SourceOf(target, bytes));
        context.Features.Set<IHttpResponseBodyFeature>(body);
        context.Response.OnStarting(body.DescribeAsync);
        try
        {
            await next(context);
            await body.FinishAsync();
        }
        catch
        {
            body.Abandon();
            throw;
        }
        finally
        {
            headers.AcceptEncoding = acceptEncoding;
            context.Features.Set(inner);
        }
    }

    // A page that consists of a file is patched when that file changes, if an update would find the very same file.
    private ContentHash SourceOf(RequestTarget target, ReadOnlyMemory<byte> bytes)
    {
        if (app.Site.Locator.SourceAt(UrlPath.Escape(target.Path)) is not { Bytes.IsEmpty: false } source || source.Hash != ContentHash.Of(bytes.Span))
        {
            return default;
        }

        app.Site.Sources.Keep(source);
        return source.Hash;
    }

    private void NoteUse(HttpRequest request, RequestTarget target)
    {
        var usage = app.Site.Usage;
        if (!usage.Knows(target.Path))
        {
            app.Site.Scan.Add(target.Path);
        }

        if (Referrer.PathOf(request, SiteBase.None) is not { } user)
        {
            return;
        }

        usage.Asked(user, target.Path);
        if (Referrer.ImportsSheet(request))
        {
            usage.ImportedAsModule(target.Path);
        }
    }

    private Task NoteAnswer(HttpContext context, RequestTarget target)
    {
        var headers = context.Response.Headers;
        if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
        {
            NoteAddress(context, target);
        }

        // Without a word about it, browsers keep a file for a tenth of its age (RFC 9111 §4.2.2), and what a style sheet imports would stay old.
        if (headers.CacheControl.Count == 0 && (headers.ETag.Count > 0 || headers.LastModified.Count > 0))
        {
            headers.CacheControl = "no-cache";
        }

        return Task.CompletedTask;
    }

    // Below a base path, for an app's own page at every route, and for assets with their version in the name, a file's address is not its path.
    private void NoteAddress(HttpContext context, RequestTarget target)
    {
        var asset = context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>();
        var file = asset is null ? context.Request.Path.Value
            : "/" + (asset.Properties.FirstOrDefault(property => property.Name == "label")?.Value ?? asset.Route);
        if (file is { Length: > 1 } && file != target.Path)
        {
            app.Site.Usage.ServedAs(file, target.Path);
        }
    }

    private async Task AnswerAsync(HttpContext context, RequestTarget target)
    {
        var (request, headers) = (context.Request.Headers, context.Response.Headers);
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        try
        {
            await (app.Hosts.Judge(request.Host) switch
            {
                HostVerdict.Malformed => RequestPipeline.RefuseAsync(context, 400, "The Host header is missing, doubled or malformed.", ""),
                HostVerdict.Foreign => RefuseHostAsync(context),
                _ when CrossSiteCheck.Refuses(request["Sec-Fetch-Site"], request["Sec-Fetch-Mode"]) =>
                    RequestPipeline.RefuseAsync(context, 403, "Another site's page asked for this.", "It is for pages of this app."),
                _ => app.Site.Own.HandleAsync(context, target),
            });
        }
        catch (Exception gone) when (context.RequestAborted.IsCancellationRequested || gone is IOException)
        {
            // The browser left: nobody is left to be answered.
        }
    }

    private Task RefuseHostAsync(HttpContext context)
    {
        var name = Authority.Parse(context.Request.Headers.Host)!.Value.Host;
        _once.Warn($"A request for the host {name} was refused.", $"If that name is yours: UseLiveServe(options => options.AllowedHosts.Add(\"{name}\")).");
        return RequestPipeline.RefuseAsync(context, 403, $"Live updates are not given to the name {name}.", "AllowedHosts of UseLiveServe takes it, if that name is yours.");
    }
}

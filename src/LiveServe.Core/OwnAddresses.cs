using LiveServe.Chat;
using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>Answers at the reserved addresses: the socket, the browser side, the pages of the room and of the inspector, the sources of open pages, the status. Hosts and sites were checked before.</summary>
/// <param name="room"><see langword="null"/> when there is none.</param>
/// <param name="transport">What connects pages to us.</param>
internal sealed class OwnAddresses(
    SocketEndpoint socket, FallbackEndpoint fallback, InspectorEndpoint inspector, SourceStore sources, UpdateHub updates, SocketHub sockets, RoomOwner? room, string transport)
{
    // Strict, for our own pages: nothing from outside, nothing inline.
    private const string OwnPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

    /// <summary>Answers a request to a reserved address.</summary>
    public Task HandleAsync(HttpContext context, RequestTarget target)
    {
        if (target.Path == ReservedPaths.Socket)
        {
            return socket.HandleAsync(context, (status, what, remedy) => RequestPipeline.RefuseAsync(context, status, what, remedy));
        }

        if (target.Path == ReservedPaths.InspectorSocket)
        {
            return inspector.HandleAsync(context, (status, what, remedy) => RequestPipeline.RefuseAsync(context, status, what, remedy));
        }

        if (FallbackEndpoint.Owns(target.Path))
        {
            return fallback.HandleAsync(context, target.Path, (status, what, remedy) => RequestPipeline.RefuseAsync(context, status, what, remedy));
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return RequestPipeline.RefuseAsync(context, 405, "This can be read, not changed.", "Use GET or HEAD.");
        }

        return target.Path == ReservedPaths.Status ? SendStatusAsync(context)
            : target.Path is ReservedPaths.InspectorLines or ReservedPaths.InspectorArchive ? inspector.ExportAsync(context, target.Path == ReservedPaths.InspectorArchive)
            : ClientAssets.At(target.Path, room is not null, transport) is { } asset ? SendAssetAsync(context, asset)
            : target.Path == ReservedPaths.Export && room is not null ? ExportEndpoint.SendAsync(context, room)
            : target.Path.StartsWith(ReservedPaths.Sources, StringComparison.Ordinal) ? SendSourceAsync(context, target.Path[ReservedPaths.Sources.Length..])
            : RequestPipeline.RefuseAsync(context, 404, "There is nothing of ours at this address.", "");
    }

    private Task SendStatusAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return RequestPipeline.SendTextAsync(
            context, $$"""{"status":"ok","version":"{{LiveServer.Version}}","seq":{{updates.Seq}},"clients":{{sockets.Count}}}""");
    }

    // As text: it is data for the client, not a page to be visited. The hash names the bytes, so they never change.
    private async Task SendSourceAsync(HttpContext context, string hash)
    {
        if (ContentHash.Parse(hash) is not { } name || sources.Find(name) is not { } source)
        {
            await RequestPipeline.RefuseAsync(context, 404, "This source is not held any more.", "Load the page again.");
            return;
        }

        var response = context.Response;
        var charset = source.ContentType.IndexOf(';', StringComparison.Ordinal);
        response.ContentType = "text/plain" + (charset < 0 ? "" : source.ContentType[charset..]);
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.ContentLength = source.Bytes.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(source.Bytes, context.RequestAborted);
        }
    }

    private static async Task SendAssetAsync(HttpContext context, ClientAsset asset)
    {
        var response = context.Response;
        response.Headers.ETag = asset.ETag;
        response.Headers.ContentSecurityPolicy = MediaTypes.Markup(asset.ContentType.Split(';')[0]) is null ? default : OwnPolicy;
        if (Validators.NoneMatchHolds(context.Request.Headers.IfNoneMatch, asset.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Bytes.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(asset.Bytes, context.RequestAborted);
        }
    }
}

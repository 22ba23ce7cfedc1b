using System.Globalization;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Security;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe;

/// <summary>
/// Our socket for those who get no WebSocket through. A client 1 opens a virtual connection, 2 asks for what it is told, 3 posts what it says, and 4 says
/// goodbye, or is forgotten. All of it passes the doors that the socket's handshake passes.
/// </summary>
internal sealed class FallbackEndpoint(SocketEntrance entrance, SocketHub hub, SocketEndpoint sockets, FallbackTimes times)
{
    private readonly VirtualConnections _connections = new();

    /// <summary>Whether an address is one of these.</summary>
    public static bool Owns(string path) => path is ReservedPaths.Open or ReservedPaths.Events or ReservedPaths.Poll or ReservedPaths.Send;

    /// <summary>Answers a request to one of these addresses.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public Task HandleAsync(HttpContext context, string path, Func<int, string, string, Task> refuse)
    {
        var request = context.Request;
        var opens = path == ReservedPaths.Open && HttpMethods.IsPost(request.Method);
        if (!entrance.Admits(context, isKnown: !opens)) // whoever names a connection was let in when it was opened
        {
            return SocketEntrance.RefuseOriginAsync(context, refuse);
        }

        context.Response.Headers.CacheControl = "no-store";
        return (path, request.Method) switch
        {
            (ReservedPaths.Open, "POST") => OpenAsync(context, refuse), // 1
            (ReservedPaths.Events or ReservedPaths.Poll, "GET") => ReadAsync(context, path, refuse), // 2
            (ReservedPaths.Send, "POST") => SendAsync(context, refuse), // 3
            (ReservedPaths.Open, "DELETE") => Leave(context), // 4
            _ => RefuseMethodAsync(context, path, refuse),
        };
    }

    private async Task OpenAsync(HttpContext context, Func<int, string, string, Task> refuse)
    {
        if (!hub.TryReserve())
        {
            await SocketEntrance.RefusePlaceAsync(context, refuse);
            return;
        }

        var connection = new VirtualConnection(sockets.NewId(), SocketProfile.Page) { IsLocal = Peer.IsLocal(context.Connection.RemoteIpAddress) };
        var token = _connections.Add(connection);
        _ = LiveAsync(connection, token, announced: context.Request.Query["protocol"] == Handshake.Subprotocol);
        context.Response.ContentType = "application/json";
        await RequestPipeline.SendTextAsync(context, $$"""{"id":"{{token}}"}""");
    }

    private async Task LiveAsync(VirtualConnection connection, string token, bool announced)
    {
        try
        {
            await sockets.LiveAsync(connection, announced);
        }
        finally
        {
            _connections.Remove(token);
            hub.Release();
        }
    }

    private Task ReadAsync(HttpContext context, string path, Func<int, string, string, Task> refuse)
    {
        var answers = new FallbackAnswers(_connections, times);
        return FallbackRequest.Of(context.Request) is not { } request ? refuse(400, "The numbers after which to read are not as many as the connections, or there are too many of both.", "")
            : path == ReservedPaths.Events ? answers.StreamAsync(context, request, refuse)
            : answers.PollAsync(context, request, HoldOf(context.Request), refuse);
    }

    private async Task SendAsync(HttpContext context, Func<int, string, string, Task> refuse)
    {
        string? token = context.Request.Query["id"];
        if (string.IsNullOrEmpty(token))
        {
            await refuse(403, "This says nothing about who sends it.", $"Open a connection with POST {ReservedPaths.Open}, and name it: ?id=….");
        }
        else if (!IsJson(context.Request.ContentType))
        {
            await refuse(415, "Messages are JSON.", "Send them with Content-Type: application/json.");
        }
        else if (_connections.Find(token) is not { } connection)
        {
            await FallbackAnswers.RefuseUnknownAsync(refuse);
        }
        else if (await BodyAsync(context) is not { } body)
        {
            await refuse(413, $"At most {Limits.Default.Frame / 1024} KiB are taken at once.", "");
        }
        else if (PostedMessages.Split(body) is not { } messages)
        {
            await refuse(413, $"At most {PostedMessages.Maximum} messages are taken at once.", "");
        }
        else
        {
            await connection.ReceiveAsync(messages);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private Task Leave(HttpContext context)
    {
        _connections.Find((string?)context.Request.Query["id"] ?? "")?.Leave();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    // null when it is too long.
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > Limits.Default.Frame)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = 2 * Limits.Default.Frame; // we count ourselves
        }

        var body = new byte[(int)(request.ContentLength ?? Limits.Default.Frame) + 1];
        var read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        return read > Limits.Default.Frame ? default(ReadOnlyMemory<byte>?) : body.AsMemory(0, read); // null alone would be an empty array
    }

    private static bool IsJson(string? type) => (type ?? "").Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? HoldOf(HttpRequest request) =>
        int.TryParse(request.Query["hold"], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? TimeSpan.FromMilliseconds(ms) : null;

    private static Task RefuseMethodAsync(HttpContext context, string path, Func<int, string, string, Task> refuse)
    {
        context.Response.Headers.Allow = MethodsOf(path);
        return refuse(405, "This address takes other methods.", $"Use {MethodsOf(path)}.");
    }

    private static string MethodsOf(string path) => path switch
    {
        ReservedPaths.Open => "POST, DELETE",
        ReservedPaths.Send => "POST",
        _ => "GET",
    };
}

using LiveServe.Chat;
using LiveServe.Protocol;
using LiveServe.Security;
using LiveServe.Sockets;
using LiveServe.Updates;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>One socket's life: 1 the origin, 2 the handshake, 3 a place, 4 the first frame, 5 messages until the end, 6 unregister, always.</summary>
/// <param name="admitsTools">Whether tools of other machines are let in, which send no Origin: who came through the doors has been judged there.</param>
internal sealed class SocketEndpoint(
    bool admitsTools, string boot, OriginCheck origins, SocketHub hub, UpdateHub updates, Room? room, PageReports pages,
    MessageRouter router, Action<ServerEvent> report)
{
    private long _opened;

    /// <summary>Answers an upgrade; returns when the socket has ended.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public async Task HandleAsync(HttpContext context, Func<int, string, string, Task> refuse)
    {
        var request = context.Request;
        var own = Origin.Of(request.Scheme, Authority.Parse(request.Host.Value)!.Value);
        if (!origins.Admits(request.Headers.Origin, own, admitsTools || Peer.IsLocal(context.Connection.RemoteIpAddress))) // 1
        {
            await refuse(403, $"A page of {Printable(request.Headers.Origin.ToString())} may not open this socket.", "Allow it with --allow-origin, in an app with AllowedOrigins.");
            return;
        }

        var verdict = Handshake.Judge(request); // 2
        if (verdict != 101)
        {
            await RefuseHandshakeAsync(context.Response.Headers, verdict, refuse);
            return;
        }

        if (!hub.TryReserve()) // 3
        {
            context.Response.Headers.RetryAfter = "5";
            await refuse(503, "All sockets are taken.", "Close some tabs, or raise --max-sockets.");
            return;
        }

        try
        {
            await RunAsync(context);
        }
        finally
        {
            hub.Release();
        }
    }

    private static Task RefuseHandshakeAsync(IHeaderDictionary headers, int status, Func<int, string, string, Task> refuse)
    {
        if (status == 400)
        {
            return refuse(status, "The handshake's Sec-WebSocket-Key is not 16 bytes in base64.", "Any WebSocket library sends a right one.");
        }

        headers.SecWebSocketVersion = "13";
        headers.Upgrade = "websocket"; // HTTP/2 knows no such header, and leaves it out
        return refuse(status, "This address speaks WebSocket, version 13.", "Open it with new WebSocket(…), not as a page.");
    }

    private async Task RunAsync(HttpContext context)
    {
        var announced = Handshake.Lists(context.Request.Headers.SecWebSocketProtocol, Handshake.Subprotocol);
        await using var stream = await Handshake.AcceptAsync(context, announced ? Handshake.Subprotocol : null);
        using var socket = new SocketConnection($"c{Interlocked.Increment(ref _opened)}", stream)
        {
            IsLocal = Peer.IsLocal(context.Connection.RemoteIpAddress),
        };
        updates.Add(socket, announced, seq => Frame.Of(Opcode.Text, Wire.Serialize(new Connected( // 4
            socket.Id, boot, seq, DateTimeOffset.UtcNow, SocketHub.HeartbeatInterval, Limits.Default, room?.State))));
        try
        {
            await hub.RunAsync(socket, received => HandleAsync(socket, received)); // 5
        }
        finally
        {
            updates.Remove(socket); // 6
            pages.Remove(socket);
            room?.Leave(socket);
        }
    }

    private async ValueTask HandleAsync(SocketConnection socket, Received received)
    {
        try
        {
            await router.HandleAsync(socket, received);
        }
#pragma warning disable CA1031 // The edge of a socket's loop: a defect in one message is shown, and costs this socket only.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            report(new WarningRaised($"A message could not be handled: {defect}", "This is a defect of liveserve. Please report it."));
            socket.Close(CloseCode.Internal, "A defect of the server.");
        }
    }

    private static string Printable(string origin) => origin.Length == 0 ? "another machine" : origin.Length > 100 ? origin[..100] : origin;
}

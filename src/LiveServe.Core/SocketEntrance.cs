using LiveServe.Security;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>What every socket passes before it is one: 1 the origin, 2 the handshake, 3 a place.</summary>
/// <param name="admitsTools">Whether tools of other machines are let in, which send no Origin: who came through the doors has been judged there.</param>
internal sealed class SocketEntrance(bool admitsTools, OriginCheck origins, SocketHub hub)
{
    /// <summary>Lets <paramref name="run"/> accept the socket and run it, or refuses it; returns when it has ended.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public async Task AdmitAsync(HttpContext context, Func<int, string, string, Task> refuse, Func<HttpContext, Task> run)
    {
        if (!Admits(context)) // 1
        {
            await RefuseOriginAsync(context, refuse);
            return;
        }

        var verdict = Handshake.Judge(context.Request); // 2
        if (verdict != 101)
        {
            await RefuseHandshakeAsync(context.Response.Headers, verdict, refuse);
            return;
        }

        if (!hub.TryReserve()) // 3
        {
            await RefusePlaceAsync(context, refuse);
            return;
        }

        try
        {
            await run(context);
        }
        finally
        {
            hub.Release();
        }
    }

    /// <summary>Whether a page, or a tool, may connect.</summary>
    /// <param name="isKnown">Whether it has shown already that it may, so that it is let in without an Origin: browsers send none with a GET of the page's own server.</param>
    public bool Admits(HttpContext context, bool isKnown = false)
    {
        var request = context.Request;
        var own = Origin.Of(request.Scheme, Authority.Parse(request.Host.Value)!.Value);
        return origins.Admits(request.Headers.Origin, own, isKnown || admitsTools || Peer.IsLocal(context.Connection.RemoteIpAddress));
    }

    /// <summary>Says that the page may not connect.</summary>
    public static Task RefuseOriginAsync(HttpContext context, Func<int, string, string, Task> refuse) => refuse(403,
        $"A page of {Printable(context.Request.Headers.Origin.ToString())} may not open this socket.", "Allow it with --allow-origin, in an app with AllowedOrigins.");

    /// <summary>Says that all places are taken.</summary>
    public static Task RefusePlaceAsync(HttpContext context, Func<int, string, string, Task> refuse)
    {
        context.Response.Headers.RetryAfter = "5";
        return refuse(503, "All sockets are taken.", "Close some tabs, or raise --max-sockets and the limit of open files (ulimit -n).");
    }

    /// <summary>What an answer says that asks for a WebSocket. RFC 9110 §15.5.22, RFC 6455 §4.2.2.</summary>
    public static void AskForUpgrade(IHeaderDictionary headers)
    {
        headers.SecWebSocketVersion = "13";
        headers.Upgrade = "websocket"; // HTTP/2 knows no such header, and leaves it out
    }

    private static Task RefuseHandshakeAsync(IHeaderDictionary headers, int status, Func<int, string, string, Task> refuse)
    {
        if (status == 400)
        {
            return refuse(status, "The handshake's Sec-WebSocket-Key is not 16 bytes in base64.", "Any WebSocket library sends a right one.");
        }

        AskForUpgrade(headers);
        return refuse(status, "This address speaks WebSocket, version 13.", "Open it with new WebSocket(…), not as a page.");
    }

    private static string Printable(string origin) => origin.Length == 0 ? "another machine" : origin.Length > 100 ? origin[..100] : origin;
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LiveServe.Sockets;

/// <summary>
/// Whether a request opens a WebSocket, judged by its head alone, and the answer to it: an upgrade of an HTTP/1.1 connection (RFC 6455 §4.2), or a
/// stream of an HTTP/2 connection by the extended CONNECT method (RFC 8441 §5).
/// </summary>
internal static class Handshake
{
    /// <summary>The subprotocol of our own client. Optional: without it a client is plain.</summary>
    public const string Subprotocol = "liveserve.1";

    // RFC 9110 §5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a request wants a WebSocket at all, rightly or not.</summary>
    public static bool IsAsked(HttpRequest request) => Lists(request.Headers.Upgrade, "websocket") || Extended(request) is not null;

    /// <summary>101 when the handshake is sound, else the status that says what is wrong with it.</summary>
    public static int Judge(HttpRequest request)
    {
        var headers = request.Headers;
        if (Extended(request) is not null)
        {
            return headers.SecWebSocketVersion == "13" ? StatusCodes.Status101SwitchingProtocols : StatusCodes.Status426UpgradeRequired;
        }

        if (!HttpMethods.IsGet(request.Method) || !Lists(headers.Upgrade, "websocket") || !Lists(headers.Connection, "Upgrade")
            || request.HttpContext.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            return StatusCodes.Status426UpgradeRequired;
        }

        if (headers.SecWebSocketVersion.ToString() != "13")
        {
            return StatusCodes.Status426UpgradeRequired;
        }

        return IsKey(headers.SecWebSocketKey.ToString()) ? StatusCodes.Status101SwitchingProtocols : StatusCodes.Status400BadRequest;
    }

    /// <summary>The answer to the client's key: base64 of the SHA-1 of the key and the protocol's own UUID.</summary>
    // SHA-1 is what RFC 6455 names; it proves that we speak the protocol and guards nothing.
#pragma warning disable CA5350
    public static string Accept(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    /// <summary>Accepts a sound handshake.</summary>
    /// <param name="subprotocol">The one that is spoken, if any.</param>
    /// <returns>The connection, whose end is the caller's to bring about.</returns>
    public static async ValueTask<Stream> AcceptAsync(HttpContext context, string? subprotocol)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        if (subprotocol is not null)
        {
            headers.SecWebSocketProtocol = subprotocol;
        }

        if (Extended(request) is { } stream)
        {
            // To Kestrel what comes in is a request's body; a socket may be as slow as its messages are.
            context.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = null;
            return await stream.AcceptAsync();
        }

        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>Whether a comma-separated header names <paramref name="token"/>, without case.</summary>
    public static bool Lists(Microsoft.Extensions.Primitives.StringValues header, string token) =>
        header.Any(line => line is not null && line.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase));

    /// <summary>The subprotocol that a client would like best; <see langword="null"/> when it offers none. RFC 6455 §4.1, item 10.</summary>
    public static string? FirstOffered(Microsoft.Extensions.Primitives.StringValues header) =>
        header.Count > 0 && header[0]!.Split(',')[0].Trim() is { Length: > 0 } name && !name.AsSpan().ContainsAnyExcept(TokenCharacters) ? name : null;

    private static IHttpExtendedConnectFeature? Extended(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" } stream ? stream : null;

    private static bool IsKey(string key)
    {
        Span<byte> nonce = stackalloc byte[24];
        return key.Length == 24 && Convert.TryFromBase64String(key, nonce, out var length) && length == 16;
    }
}

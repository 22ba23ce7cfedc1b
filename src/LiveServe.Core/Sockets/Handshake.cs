using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Sockets;

/// <summary>Whether a request opens a WebSocket, judged by its head alone. RFC 6455 §4.2.</summary>
internal static class Handshake
{
    /// <summary>The subprotocol of our own client. Optional: without it a client is plain.</summary>
    public const string Subprotocol = "liveserve.1";

    /// <summary>101 when the handshake is sound, else the status that says what is wrong with it.</summary>
    public static int Judge(HttpRequest request)
    {
        var headers = request.Headers;
        if (!HttpMethods.IsGet(request.Method) || !Lists(headers.Upgrade, "websocket") || !Lists(headers.Connection, "Upgrade"))
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

    /// <summary>Whether a comma-separated header names <paramref name="token"/>, without case.</summary>
    public static bool Lists(Microsoft.Extensions.Primitives.StringValues header, string token) =>
        header.Any(line => line is not null && line.Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase));

    private static bool IsKey(string key)
    {
        Span<byte> nonce = stackalloc byte[24];
        return key.Length == 24 && Convert.TryFromBase64String(key, nonce, out var length) && length == 16;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace LiveServe.Sockets;

/// <summary>The client's side of opening a WebSocket. RFC 6455 §4.1.</summary>
internal static class ClientHandshake
{
    private const int LongestHead = 16 * 1024;

    /// <summary>A key: 16 random bytes in base64.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>The request for a socket at an address.</summary>
    public static byte[] Request(Uri url, string key) => Encoding.ASCII.GetBytes(
        $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n");

    /// <summary>Reads the head of the answer and not a byte more; <see langword="null"/> when it ends too early or is longer than 16 KiB.</summary>
    public static async Task<string?> ReadHeadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new List<byte>(512);
        var one = new byte[1];
        while (head.Count < LongestHead && await stream.ReadAsync(one, cancellation) == 1)
        {
            head.Add(one[0]);
            if (one[0] == '\n' && head.Count >= 4 && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
            {
                return Encoding.Latin1.GetString([.. head]);
            }
        }

        return null;
    }

    /// <summary>What is wrong with an answer, in words that follow the server's name; <see langword="null"/> when the socket is open.</summary>
    public static string? Judge(string head, string key)
    {
        var lines = head.Split("\r\n");
        var status = lines[0].Split(' ', 3);
        if (status is not [['H', 'T', 'T', 'P', '/', ..], { Length: 3 } code, ..])
        {
            return "does not speak HTTP.";
        }

        string? Field(string name) => lines.Skip(1).Select(line => line.Split(':', 2))
            .FirstOrDefault(field => field.Length == 2 && field[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

        return code switch
        {
            "101" when Field("Sec-WebSocket-Accept") == Handshake.Accept(key) => null,
            "101" => "answers a handshake that was not ours.",
            ['3', ..] when Field("Location") is { } elsewhere => $"sends us on to {elsewhere}.",
            _ => $"opens no socket there: {code}{(status.Length > 2 ? " " + status[2] : "")}.",
        };
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>An answer as its bytes came.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The body as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's value, or the empty string.</summary>
    public string this[string name] => Headers.TryGetValue(name, out var value) ? value : "";
}

/// <summary>Requests written by hand, so that a test can send what no client library would.</summary>
public static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request as it is written; gives all that comes back until the connection ends, a reset one included.</summary>
    public static async Task<string> RawAsync(int port, string request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, patience.Token);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
        using var answer = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Sends one request on its own connection and reads to the connection's end.</summary>
    public static Task<RawAnswer> GetAsync(int port, string target, params string[] headers) => SendAsync(port, "GET", target, headers);

    /// <summary>The same with any method.</summary>
    public static Task<RawAnswer> SendAsync(int port, string method, string target, params string[] headers)
    {
        var host = headers.Any(header => header.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)) ? "" : "Host: localhost\r\n";
        return SendBytesAsync(port, Encoding.UTF8.GetBytes(
            $"{method} {target} HTTP/1.1\r\n{host}Connection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));
    }

    /// <summary>Sends these bytes and reads to the connection's end.</summary>
    public static Task<RawAnswer> SendBytesAsync(int port, byte[] request) => SendBytesAsync(IPAddress.Loopback, port, request);

    /// <summary>The same to any address of this machine: our own end of the connection has that address then.</summary>
    public static async Task<RawAnswer> SendBytesAsync(IPAddress to, int port, byte[] request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient(to.AddressFamily);
        await client.ConnectAsync(to, port, patience.Token);
        return await AskAsync(client.GetStream(), request, patience.Token);
    }

    /// <summary>A connection that ended without an answer.</summary>
    public static RawAnswer NoAnswer { get; } = new(0, new Dictionary<string, string>(), []);

    /// <summary>Sends these bytes on an open connection and reads to its end.</summary>
    public static async Task<RawAnswer> AskAsync(Stream stream, byte[] request, CancellationToken patience)
    {
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, patience);
            await stream.CopyToAsync(answer, patience);
        }
        catch (IOException)
        {
            // A reset after the answer: what came before it counts.
        }

        return Parse(answer.ToArray());
    }

    private static RawAnswer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return NoAnswer;
        }

        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = bytes[(end + 4)..];
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1]), headers, headers.ContainsKey("Transfer-Encoding") ? Unchunk(body) : body);
    }

    private static byte[] Unchunk(byte[] body)
    {
        var whole = new List<byte>();
        for (var at = 0; ;)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            var length = line < 0 ? 0 : Convert.ToInt32(Encoding.ASCII.GetString(body, at, line), 16);
            if (length == 0)
            {
                return [.. whole];
            }

            whole.AddRange(body.AsSpan(at + line + 2, length));
            at += line + 2 + length + 2;
        }
    }
}

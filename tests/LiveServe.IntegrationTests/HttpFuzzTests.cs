using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>
/// Generated requests, the same ones in each run: each is answered or its connection closed, none finds a defect, and the server serves afterwards.
/// LIVESERVE_FUZZ says how many, when more are wanted than fit into a test run.
/// </summary>
public sealed class HttpFuzzTests
{
    private const int Length = 1000;

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("LIVESERVE_FUZZ") ?? "400", CultureInfo.InvariantCulture);

    private static readonly string[] Methods = ["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "CONNECT", "TRACE", "get", "G\0T", "", "GET GET", "PRI"];

    private static readonly string[] Targets =
    [
        "/", "/a.bin", "/a.bin", "/a.bin", "/index.html", "/sub", "/sub/", "/sub/x.css?a=b", "/echo", "/relay", "/route", "/missing.js", "/__liveserve/ws",
        "/__liveserve/status", "/__liveserve/client.js", "/__liveserve/source/0", "/%", "/%00", "/%c0%af", "/%2e%2e/x", "/../x", "//evil.example/", "/a\\b",
        "*", "http://localhost/", "http://localhost:99999/", "http://evil.example/", "?", "#", "a.bin", "/" + new string('a', 9000), "/é", "/a.bin#x", "/.env",
        "/sub/?sort=size&order=desc&sort=\u0001", "",
    ];

    private static readonly string[] Versions = ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.10", "HTTP", ""];

    private static readonly string[] Headers =
    [
        "Host: localhost", "Host: localhost:1", "Host: evil.example", "Host:", "Host: [::1", "Host: a,b", "Host: 1.2.3.4.5:x", "Connection: close", "Connection: Upgrade",
        "Connection: ,,,", "Upgrade: websocket", "Upgrade: h2c", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: liveserve.1", "Sec-WebSocket-Protocol: ,", "Sec-WebSocket-Protocol: a b", "Origin: null", "Origin: http://localhost", "Origin: http://[", "Origin:",
        "Accept: text/html", "Accept: ;q=,", "Accept-Encoding: br", "Accept-Encoding: gzip;q=0.0001,*;q=x", "If-None-Match: *", "If-None-Match: W/\"a\",,\"", "If-Match: \"x\"",
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "If-Modified-Since: x", "If-Unmodified-Since: Fri, 99 Feb 9999 99:99:99 GMT", "If-Range: \"x\"", "If-Range: W/",
        "Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked", "Transfer-Encoding: x, chunked",
        "Expect: 100-continue", "Expect: x", "Cookie: liveserve=; a=\"", "Referer: http://localhost/sub/", "Referer: //", "Sec-Fetch-Dest: document", "Sec-Fetch-Dest: script",
        "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: cross-site", "Authorization: Basic", "Authorization: Basic ====", "Access-Control-Request-Method: GET", "X: \u00e9\u0080", " folded: x", "no colon",
    ];

    private static readonly string[] Bounds = ["", "0", "1", "499", "999", "1000", "9223372036854775807", "99999999999999999999", "-1", "+1", " 5", "0x1", "١"];

    [Fact]
    public async Task Every_request_is_answered_or_let_go_and_none_finds_a_defect()
    {
        await using var site = await TestSite.StartAsync(
            options => options with { EchoPath = "/echo", RelayPath = "/relay", Compress = true, SpaFile = "index.html", Cors = CorsRule.Loopback },
            ("index.html", "<!doctype html><title>t</title><p>x"), ("sub/x.css", "p{background:url(y.png)}"), (".env", "secret"));
        var bytes = new byte[Length];
        new Random(1).NextBytes(bytes);
        site.Write("a.bin", bytes);
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (round, _) =>
        {
            var request = Request(new Random(20261125 + round));
            if (await ProblemAsync(site.Port, request, bytes) is { } problem)
            {
                failures.Enqueue($"{round}: {problem}: {Encoding.Latin1.GetString(request)}");
            }
        });
        Assert.Empty(failures);
        Assert.DoesNotContain(site.Events, happened => happened is WarningRaised { Hint: { } hint } && hint.Contains("defect", StringComparison.Ordinal));
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/a.bin")).Status);
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
    }

    private static byte[] Request(Random random)
    {
        var lines = new List<string> { $"{Of(random, Methods)} {Of(random, Targets)} {Of(random, Versions)}" };
        if (random.Next(8) > 0)
        {
            lines.Add("Host: localhost");
        }

        if (random.Next(2) == 0)
        {
            lines[0] = $"GET /a.bin HTTP/1.1"; // which ranges are for
            lines.Add($"Range: {(random.Next(8) > 0 ? "bytes=" : Of(random, ["Bytes =", "items=", "", "bytes"]))}{string.Join(Of(random, [",", ", ", ",,", ";"]), Ranges(random))}");
        }

        for (var count = random.Next(6); count > 0; count--)
        {
            lines.Add(Of(random, Headers));
        }

        List<byte> bytes = [.. Encoding.Latin1.GetBytes(string.Join(random.Next(20) > 0 ? "\r\n" : "\n", lines) + "\r\n\r\n"), .. "hello"u8];
        for (var changes = random.Next(4) == 0 ? random.Next(1, 6) : 0; changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<string> Ranges(Random random) =>
        Enumerable.Range(0, random.Next(10) == 0 ? 300 : random.Next(1, 4)).Select(_ => $"{Of(random, Bounds)}-{Of(random, Bounds)}");

    private static T Of<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static async Task<string?> ProblemAsync(int port, byte[] request, byte[] file)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        using var answer = new MemoryStream();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(request, patience.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (Exception reset) when (reset is IOException or SocketException)
        {
            // Let go.
        }
        catch (OperationCanceledException)
        {
            return "it hangs";
        }

        var text = Encoding.Latin1.GetString(answer.ToArray());
        return text.Length == 0 || text.StartsWith("\0\0\u0008\u0007", StringComparison.Ordinal) ? null // GOAWAY, to who begins with HTTP/2's "PRI * HTTP/2.0"
            : !text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? "no answer of HTTP"
            : text[9] == '5' && !text.StartsWith("HTTP/1.1 505", StringComparison.Ordinal) ? text[..12] // 505 is the request's own version
            : text.StartsWith("HTTP/1.1 206", StringComparison.Ordinal) ? PartProblem(text, file) : null;
    }

    // One part says which it is, and is just that.
    private static string? PartProblem(string text, byte[] file)
    {
        var head = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        var mark = head.IndexOf("Content-Range: bytes ", StringComparison.OrdinalIgnoreCase);
        if (mark < 0)
        {
            return head.Contains("multipart/byteranges", StringComparison.OrdinalIgnoreCase) ? null : "a part without its range";
        }

        var bounds = head[(mark + "Content-Range: bytes ".Length)..].Split('\r')[0].Split('-', '/').Select(int.Parse).ToArray();
        var expected = Encoding.Latin1.GetString(file[bounds[0]..(bounds[1] + 1)]);
        var body = text[(head.Length + 4)..];
        return bounds[2] != file.Length || (body.Length > 0 && !body.StartsWith(expected, StringComparison.Ordinal)) ? "another part than it says" : null;
    }
}

using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>The user's own sockets: their bytes pass as they are, wherever they are.</summary>
public sealed class ProxySocketTests
{
    private const string Accepted =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat.2\r\n\r\n";

    [Theory]
    [InlineData("/")]
    [InlineData("/ws")]
    [InlineData("/any/where?x=1")]
    public async Task Every_byte_passes_both_ways(string target)
    {
        // Fragments, a ping between them, reserved bits and opcodes, a close code of their own: all that a server of ours would judge.
        byte[] down = [0x01, 1, (byte)'a', 0x89, 1, 9, 0x80, 1, (byte)'b', 0xC2, 2, 1, 2, 0x83, 0, 0x82, 126, 1, 0, .. new byte[256], 0x8A, 0, 0x88, 3, 0x0F, 0xA1, (byte)'x'];
        byte[] up =
        [
            .. RawSocket.Masked(Opcode.Text, "a"u8.ToArray(), final: false), .. RawSocket.Masked(Opcode.Ping, [7]), .. RawSocket.Masked(Opcode.Continuation, "b"u8.ToArray()),
            .. RawSocket.Masked(Opcode.Binary, new byte[70_000]), .. RawSocket.Masked(Opcode.Close, [0x0F, 0xA1, (byte)'y']),
        ];
        var head = new TaskCompletionSource<string>();
        var received = new TaskCompletionSource<byte[]>();
        using var backend = RawBackend.Start(async (stream, request) =>
        {
            head.SetResult(request);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted));
            var bytes = new byte[up.Length];
            await stream.ReadExactlyAsync(bytes);
            received.SetResult(bytes);
            await stream.WriteAsync(down);
        });
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] });
        using var socket = await RawSocket.OpenAtAsync(site.Port, target, "chat.1, chat.2", $"Origin: http://localhost:{site.Port}", "Sec-WebSocket-Extensions: permessage-deflate");
        Assert.StartsWith("HTTP/1.1 101", socket.Handshake, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: chat.2\r\n", socket.Handshake, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", socket.Handshake, StringComparison.Ordinal);
        var asked = await head.Task;
        Assert.StartsWith($"GET {target} HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        foreach (var line in new[] { "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: chat.1, chat.2", "Sec-WebSocket-Extensions: permessage-deflate", $"Origin: http://localhost:{site.Port}", $"Host: localhost:{backend.Url.Port}" })
        {
            Assert.Contains($"\r\n{line}\r\n", asked, StringComparison.OrdinalIgnoreCase);
        }

        await socket.SendBytesAsync(up);
        Assert.Equal(up, await received.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(down, await socket.BytesAsync(down.Length + 1)); // and not one more: a goodbye was said
    }

    [Fact]
    public async Task An_ASP_NET_Core_back_end_keeps_types_fragments_subprotocol_and_close_code()
    {
        await using var backend = await Backend.StartAsync(EchoAsync);
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] });
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("echo.1");
        await socket.ConnectAsync(new Uri($"ws://localhost:{site.Port}/ws"), CancellationToken.None);
        Assert.Equal("echo.1", socket.SubProtocol);
        var buffer = new byte[200_000];
        foreach (var (type, length) in new[] { (WebSocketMessageType.Text, 5), (WebSocketMessageType.Binary, 0), (WebSocketMessageType.Binary, 150_000) })
        {
            await socket.SendAsync(buffer.AsMemory(0, length), type, endOfMessage: true, CancellationToken.None);
            var total = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(total), CancellationToken.None);
                total += result.Count;
            }
            while (!result.EndOfMessage);
            Assert.Equal((type, length), (result.MessageType, total));
        }

        await socket.CloseAsync((WebSocketCloseStatus)4001, "enough", CancellationToken.None);
        Assert.Equal((4001, "enough"), ((int?)socket.CloseStatus, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_back_end_that_goes_without_a_word_is_said_to_come_back()
    {
        var go = new TaskCompletionSource();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted));
            await stream.WriteAsync(new byte[] { 0x81, 1, (byte)'a' });
            await go.Task;
        });
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        Assert.Equal((1, "a"u8.ToArray()), await socket.FrameAsync());
        go.SetResult();
        Assert.Equal(1013, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task In_the_middle_of_a_frame_nothing_can_be_said()
    {
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted));
            await stream.WriteAsync(new byte[] { 0x81, 5, (byte)'a' });
        });
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        Assert.Equal([0x81, 5, (byte)'a'], await socket.BytesAsync(100));
    }

    [Fact]
    public async Task What_the_back_end_refuses_is_refused_with_its_own_words()
    {
        using var backend = RawBackend.Answering("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 2\r\n\r\nno");
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        Assert.StartsWith("HTTP/1.1 401 Unauthorized\r\n", socket.Handshake, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Basic realm=x\r\n", socket.Handshake, StringComparison.Ordinal);
        Assert.Equal(1, backend.Requests);
    }

    [Fact]
    public async Task Without_a_back_end_the_handshake_fails_and_ours_still_opens()
    {
        using var port = new EmptyPort();
        await using var site = await TestSite.StartAsync(options => options with
        {
            Proxies = [Rule(port.Url)], ProxyLimits = Proxying.ProxyLimits.Default with { Refused = TimeSpan.Zero },
        });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        Assert.StartsWith("HTTP/1.1 502", socket.Handshake, StringComparison.Ordinal);
        using var ours = await RawSocket.OpenAsync(site.Port);
        await ours.NextAsync("connected");
    }

    [Fact]
    public async Task A_Node_back_end_gets_the_bytes_that_were_sent()
    {
        const string Program = """
            const { createServer } = require('http');
            const { createHash } = require('crypto');
            const server = createServer((request, response) => response.end(request.method + ' ' + request.url + ' ' + request.headers.host));
            server.on('upgrade', (request, socket, head) => {
              const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
              socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ' + accept + '\r\n\r\n');
              socket.write(head);
              socket.on('data', data => socket.write(data));
              socket.on('error', () => {});
            });
            server.listen(0, 'localhost', () => console.log(server.address().port));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Program]) { RedirectStandardOutput = true })!;
        try
        {
            var port = int.Parse((await node.StandardOutput.ReadLineAsync())!);
            await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(new Uri($"http://localhost:{port}"))] });
            Assert.Equal($"GET /x?y localhost:{port}", (await RawHttp.GetAsync(site.Port, "/x?y")).Text);
            using var socket = await RawSocket.OpenAtAsync(site.Port, "/");
            byte[] bytes = [.. RawSocket.Masked(Opcode.Binary, new byte[1000]), .. RawSocket.Masked(Opcode.Text, "é"u8.ToArray())];
            await socket.SendBytesAsync(bytes);
            Assert.Equal(bytes, await socket.BytesAsync(bytes.Length));
        }
        finally
        {
            node.Kill();
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("echo.1");
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, context.RequestAborted);
        }
    }

    private static ProxyRule Rule(Uri backend) => ProxyRule.Parse($"/={backend.GetLeftPart(UriPartial.Authority)}", out _)!;
}

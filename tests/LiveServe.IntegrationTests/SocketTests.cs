using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests;

/// <summary>The socket, spoken by hand.</summary>
public sealed class SocketTests
{
    [Fact]
    public async Task The_first_frame_says_who_we_are()
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        Assert.StartsWith("HTTP/1.1 101", socket.Handshake, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", socket.Handshake, StringComparison.Ordinal); // RFC 6455 §1.3
        Assert.DoesNotContain("Sec-WebSocket-Protocol", socket.Handshake, StringComparison.Ordinal);
        var connected = await socket.NextAsync("connected");
        Assert.Equal(1, connected.GetProperty("v").GetInt32());
        foreach (var field in new[] { "id", "boot", "seq", "time", "heartbeatMs", "limits", "room" })
        {
            Assert.True(connected.TryGetProperty(field, out _), field);
        }
    }

    [Theory]
    [InlineData("liveserve.1", "liveserve.1")]
    [InlineData("foo, liveserve.1", "liveserve.1")]
    [InlineData("foo", null)]
    public async Task The_subprotocol_is_optional(string asked, string? given)
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port, asked);
        Assert.StartsWith("HTTP/1.1 101", socket.Handshake, StringComparison.Ordinal);
        Assert.Equal(given is not null, socket.Handshake.Contains($"Sec-WebSocket-Protocol: {given}\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Origin: http://evil.example", 403)]
    [InlineData("Origin: null", 403)]
    [InlineData("Origin: http://localhost:1", 403)]
    [InlineData("Host: evil.example", 403)]
    public async Task Foreign_pages_are_refused(string header, int status)
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port, null, header);
        Assert.StartsWith($"HTTP/1.1 {status}", socket.Handshake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_ours_are_let_in()
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port, null, $"Origin: http://127.0.0.1:{site.Port}");
        await socket.NextAsync("connected");
    }

    [Theory]
    [InlineData("GET /__liveserve/ws HTTP/1.1\r\nHost: localhost\r\n", 426)]
    [InlineData("GET /__liveserve/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 426)]
    [InlineData("GET /__liveserve/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n", 400)]
    [InlineData("GET /__liveserve/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n", 400)]
    [InlineData("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 404)]
    public async Task A_bad_handshake_is_told_why(string head, int status)
    {
        await using var site = await TestSite.StartAsync();
        var connection = head.Contains("Connection:", StringComparison.Ordinal) ? "" : "Connection: close\r\n";
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + connection + "\r\n"));
        var buffer = new byte[2000];
        var read = await client.GetStream().ReadAtLeastAsync(buffer, 100, throwOnEndOfStream: false);
        var answer = Encoding.UTF8.GetString(buffer, 0, read);
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.Equal(status == 426, answer.Contains("Sec-WebSocket-Version: 13", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not json", "bad_json")]
    [InlineData("{\"type\":1}", "bad_type")]
    [InlineData("{\"type\":\"chat\",\"cid\":\"a\",\"body\":\"x\"}", "not_joined")]
    public async Task A_mistake_is_answered_and_the_socket_lives(string text, string code)
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        await socket.SendTextAsync(text);
        Assert.Equal(code, (await socket.NextAsync("error")).GetProperty("code").GetString());
        await socket.SendTextAsync("{\"type\":\"ping\",\"t\":5}");
        Assert.Equal(5, (await socket.NextAsync("pong")).GetProperty("t").GetInt32());
    }

    [Fact]
    public async Task A_binary_frame_is_answered_and_the_socket_lives()
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        await socket.SendFrameAsync(Opcode.Binary, "{}"u8.ToArray());
        Assert.Equal("bad_frame", (await socket.NextAsync("error")).GetProperty("code").GetString());
        await socket.SendFrameAsync(Opcode.Text, Encoding.UTF8.GetBytes($"{{\"type\":\"ping\",\"x\":\"{new string('a', 200_000)}\"}}"));
        Assert.Equal("too_large", (await socket.NextAsync("error")).GetProperty("code").GetString());
    }

    public static TheoryData<string, byte[], int> Violations => new()
    {
        { "a frame without a mask", [0x81, 0x01, 0x61], 1002 },
        { "a reserved bit", RawSocketFrames.WithFirstByte(0xC1), 1002 },
        { "a reserved opcode", RawSocketFrames.WithFirstByte(0x83), 1002 },
        { "text that is not UTF-8", RawSocket.Masked(Opcode.Text, [0xFF]), 1007 },
        { "a terabyte", [0x82, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009 },
    };

    [Theory, MemberData(nameof(Violations))]
    public async Task A_malformed_frame_ends_its_socket_with_its_code_and_nobody_elses(string name, byte[] frame, int code)
    {
        await using var site = await TestSite.StartAsync();
        using var other = await RawSocket.OpenAsync(site.Port);
        await other.NextAsync("connected");
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.SendBytesAsync(frame);
        Assert.True(code == await socket.CloseCodeAsync(), name);
        site.Write("a.txt", "x");
        await other.NextAsync("updated");
    }

    [Fact]
    public async Task Protocol_pings_are_answered_and_a_close_is_returned()
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        await socket.SendFrameAsync(Opcode.Ping, "abc"u8.ToArray());
        var (opcode, payload) = (await socket.FrameAsync())!.Value;
        Assert.Equal(((int)Opcode.Pong, "abc"), (opcode, Encoding.ASCII.GetString(payload)));
        await socket.SendFrameAsync(Opcode.Close, [0x0F, 0xA1]); // 4001
        Assert.Equal(4001, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task A_slow_reader_is_cut_and_costs_the_others_nothing()
    {
        await using var site = await TestSite.StartAsync();
        using var slow = await RawSocket.OpenAsync(site.Port);
        await slow.NextAsync("connected");
        var junk = Enumerable.Repeat(RawSocket.Masked(Opcode.Text, Encoding.UTF8.GetBytes($"{{\"type\":\"ping\",\"t\":1,\"x\":\"{new string('a', 100)}\"}}")), 1000).SelectMany(f => f).ToArray();
        var flooding = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    await slow.SendBytesAsync(junk); // asks and asks, and never reads an answer
                }
            }
            catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException)
            {
                return true;
            }
        });
        using var other = await RawSocket.OpenAsync(site.Port);
        await other.NextAsync("connected");
        site.Write("a.txt", "x");
        await other.NextAsync("updated");
        Assert.True(await flooding);
    }

    [Fact]
    public async Task A_mute_peer_is_asked_and_then_cut()
    {
        var (client, server) = await StreamPair.CreateAsync();
        using var connection = new SocketConnection("c1", server, SocketProfile.Page);
        var running = connection.RunAsync(_ => ValueTask.CompletedTask);
        var now = Environment.TickCount64;
        connection.Beat(now + 14_000);
        connection.Beat(now + 16_000);
        var ping = new byte[2];
        await client.ReadExactlyAsync(ping);
        Assert.Equal(0x89, ping[0]);
        connection.Beat(now + 20_000);
        Assert.False(running.IsCompleted);
        connection.Beat(now + 27_000);
        await running;
        client.Dispose();
    }

    [Fact]
    public async Task The_relay_asks_every_ten_seconds_and_cuts_who_missed_one_pong()
    {
        var (client, server) = await StreamPair.CreateAsync();
        using var connection = new SocketConnection("u1", server, SocketProfile.Relay);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = connection.RunAsync(_ =>
        {
            heard.SetResult();
            return ValueTask.CompletedTask;
        });
        var now = Environment.TickCount64;
        connection.Beat(now + 9_000);
        await client.WriteAsync(RawSocket.Masked(Opcode.Text, "x"u8.ToArray()));
        await heard.Task;
        connection.Beat(now + 9_900); // a timer is a little early at times; talking spares nobody the question
        var ping = new byte[2];
        await client.ReadExactlyAsync(ping);
        Assert.Equal(0x89, ping[0]);
        connection.Beat(now + 15_000);
        Assert.False(running.IsCompleted);
        connection.Beat(now + 19_900);
        await running;
        server.Dispose();
        Assert.Equal(0, await client.ReadAsync(ping)); // one was all
        client.Dispose();
    }

    [Fact]
    public async Task Sockets_beyond_the_limit_are_refused_in_words_and_a_place_is_free_again()
    {
        await using var site = await TestSite.StartAsync(options => options with { MaximumSockets = 1 });
        var first = await RawSocket.OpenAsync(site.Port);
        await first.NextAsync("connected");
        using (var second = await RawSocket.OpenAsync(site.Port))
        {
            Assert.StartsWith("HTTP/1.1 503", second.Handshake, StringComparison.Ordinal);
        }

        await first.SendFrameAsync(Opcode.Close, []);
        await first.CloseCodeAsync();
        Assert.Null(await first.FrameAsync()); // the connection is over
        first.Dispose();
        using var third = await Retry.UntilAsync(() => RawSocket.OpenAsync(site.Port), socket => socket.Handshake.StartsWith("HTTP/1.1 101", StringComparison.Ordinal));
        await third.NextAsync("connected");
    }

    [Fact]
    public async Task Stopping_says_goodbye()
    {
        var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        var closing = socket.CloseCodeAsync();
        await site.DisposeAsync();
        Assert.Equal(1001, await closing);
    }
}

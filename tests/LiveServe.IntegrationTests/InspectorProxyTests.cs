using System.Net.WebSockets;
using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests;

/// <summary>A socket that passes through to a back end: seen on both legs, and never touched unless the host wants it.</summary>
public sealed class InspectorProxyTests
{
    private const string Accepted =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    [Fact]
    public async Task Both_legs_are_seen_frame_by_frame()
    {
        var go = new TaskCompletionSource();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted + "\r\n"));
            await stream.WriteAsync(new byte[] { 0x01, 1, (byte)'a', 0x89, 1, 0xC8, 0x80, 1, (byte)'b', 0x82, 1, 0xFF });
            await go.Task;
            await stream.WriteAsync(new byte[] { 0x88, 3, 0x0F, 0xA1, (byte)'x' });
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws?token=abc");
        await socket.SendTextAsync("{\"name\":\"Ann\",\"msg\":\"hi\"}");
        await socket.SendFrameAsync(Opcode.Pong, [0xC8]);
        using var viewer = await Viewer.OpenAsync(site.Port);
        await viewer.EntryAsync(entry => Viewer.Text(entry, "op") == "pong");
        var info = viewer.Sockets["p1"];
        Assert.Equal(("proxy", "/ws?token=•••", $"ws://localhost:{backend.Url.Port}/ws?token=•••"), (Viewer.Text(info, "kind"), Viewer.Text(info, "target"), Viewer.Text(info, "backEnd")));
        go.SetResult();
        await viewer.EntryAsync(entry => Viewer.Text(entry, "op") == "close");
        var frames = await viewer.FramesAsync("p1");
        Assert.Equal(["in text {\"name\":\"Ann\",\"msg\":\"hi\"}", "in pong c8"], frames.Where(frame => frame.StartsWith("in", StringComparison.Ordinal)));
        Assert.Equal(["out text a (unfinished)", "out ping c8", "out continuation b", "out binary ff", "out close 4001 x"], frames.Where(frame => frame.StartsWith("out", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Packed_messages_are_named_and_pass_untouched()
    {
        byte[] packed = [0xC1, 3, 0xF2, 0x48, 0xCD];
        var go = new TaskCompletionSource();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));
            await stream.WriteAsync(packed);
            await go.Task;
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws", null, "Sec-WebSocket-Extensions: permessage-deflate");
        Assert.Equal(packed, await socket.BytesAsync(packed.Length));
        using var host = await Viewer.OpenAsync(site.Port, "hosthost");
        Assert.Equal("out text (compressed)", Viewer.Line(await host.EntryAsync(entry => Viewer.Text(entry, "op") == "text")));
        Assert.Equal("unknown_target", Viewer.Text(await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "p1", ["drop"] = true }), "code"));
        go.SetResult();
    }

    [Fact]
    public async Task What_is_no_WebSocket_is_said_and_passes_as_before()
    {
        byte[] odd = [0x83, 1, 1, 0x81, 1, (byte)'a'];
        var go = new TaskCompletionSource();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted + "\r\n"));
            await stream.WriteAsync(odd);
            await go.Task;
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        Assert.Equal(odd, await socket.BytesAsync(odd.Length));
        using var viewer = await Viewer.OpenAsync(site.Port);
        var info = await viewer.SocketAsync(socket => socket.TryGetProperty("note", out _));
        Assert.Contains("opcode 3", Viewer.Text(info, "note"), StringComparison.Ordinal);
        go.SetResult();
    }

    [Fact]
    public async Task Closing_with_a_code_reaches_both_ends()
    {
        var heard = new TaskCompletionSource<(int?, string?)>();
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var end = await context.WebSockets.AcceptWebSocketAsync();
            await end.ReceiveAsync(new byte[100], context.RequestAborted);
            heard.SetResult(((int?)end.CloseStatus, end.CloseStatusDescription));
            await end.CloseOutputAsync(end.CloseStatus!.Value, null, context.RequestAborted);
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        using var host = await Viewer.OpenAsync(site.Port, "hosthost");
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "p1");
        await host.AskAsync(new() { ["type"] = "close", ["socket"] = "p1", ["code"] = 4002, ["reason"] = "enough" });
        Assert.Equal((8, new byte[] { 0x0F, 0xA2 }.Concat("enough"u8.ToArray()).ToArray()), await socket.FrameAsync());
        Assert.Equal((4002, "enough"), await heard.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Null(await socket.FrameAsync()); // and nothing after it
        await host.EntryAsync(entry => Viewer.Text(entry, "kind") == "ended");
    }

    [Fact]
    public async Task The_host_sends_to_either_side_between_the_messages_of_the_others()
    {
        var heard = new TaskCompletionSource<string>();
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var end = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[200_000];
            var result = await end.ReceiveAsync(buffer, context.RequestAborted);
            heard.SetResult(Encoding.UTF8.GetString(buffer, 0, result.Count));
            await end.ReceiveAsync(buffer, context.RequestAborted);
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        using var host = await Viewer.OpenAsync(site.Port, "hosthost");
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "p1");
        await host.AskAsync(new() { ["type"] = "send", ["to"] = "p1", ["data"] = "to the browser" });
        Assert.Equal((1, "to the browser"u8.ToArray()), await socket.FrameAsync());
        await host.AskAsync(new() { ["type"] = "send", ["to"] = "p1", ["side"] = "backend", ["data"] = "to the back end" });
        Assert.Equal("to the back end", await heard.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_pause_holds_both_ways_and_loses_nothing()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var end = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            while (await end.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } result)
            {
                await end.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, true, context.RequestAborted);
            }
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        using var host = await Viewer.OpenAsync(site.Port, "hosthost");
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "p1");
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "p1", ["pause"] = true });
        await socket.SendTextAsync("one");
        await host.EntryAsync(entry => Viewer.Text(entry, "text") == "one");
        await socket.SendTextAsync("two");
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "p1" });
        Assert.Equal((1, "one"u8.ToArray()), await socket.FrameAsync());
        Assert.Equal((1, "two"u8.ToArray()), await socket.FrameAsync());
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "p1", ["drop"] = true });
        await socket.SendTextAsync("gone");
        await host.EntryAsync(entry => Viewer.Text(entry, "text") == "gone");
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "p1" });
        await socket.SendTextAsync("three");
        Assert.Equal((1, "three"u8.ToArray()), await socket.FrameAsync());
    }

    [Fact]
    public async Task A_back_end_that_stands_still_keeps_its_socket_and_gets_all_in_order()
    {
        var go = new TaskCompletionSource();
        var received = new TaskCompletionSource<byte[]>();
        var sent = Enumerable.Range(0, 100).SelectMany(i => RawSocket.Masked(Opcode.Text, Encoding.ASCII.GetBytes($"message {i}"))).ToArray();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Accepted + "\r\n"));
            await go.Task; // at a breakpoint: nothing is read
            var bytes = new byte[sent.Length];
            await stream.ReadExactlyAsync(bytes);
            received.SetResult(bytes);
        });
        await using var site = await SiteAsync(backend.Url);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        await socket.SendBytesAsync(sent);
        using var viewer = await Viewer.OpenAsync(site.Port);
        await viewer.EntryAsync(entry => Viewer.Text(entry, "text") == "message 99");
        Assert.Null(Viewer.Text(viewer.Sockets["p1"], "closed"));
        go.SetResult();
        Assert.Equal(sent, await received.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static Task<TestSite> SiteAsync(Uri backend) =>
        InspectorTests.SiteAsync(options => options with { Proxies = [ProxyRule.Parse($"/ws={backend.GetLeftPart(UriPartial.Authority)}", out _)!] });
}

using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests;

/// <summary>Whoever comes may look; whatever acts is the host's.</summary>
public sealed class InspectorHostTests
{
    private const string Key = "hosthost";

    public static TheoryData<string> Acts =>
    [
        """{"type":"send","to":"all","data":"x"}""", """{"type":"simulate","socket":"u1","pause":true}""", """{"type":"close","socket":"u1","code":4000}""",
        """{"type":"reveal","on":true}""",
    ];

    [Theory, MemberData(nameof(Acts))]
    public async Task A_visitor_only_looks(string wish)
    {
        await using var site = await InspectorTests.SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        using var visitor = await Viewer.OpenAsync(site.Port);
        var answer = await visitor.AskAsync(System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object?>>(wish)!);
        Assert.Equal(("error", "forbidden"), (Viewer.Text(answer, "type"), Viewer.Text(answer, "code")));
        await echo.SendTextAsync("still there");
        Assert.Equal((1, "I heard you say \"still there\""), await echo.FrameAsync() is var (opcode, payload) ? (opcode, System.Text.Encoding.UTF8.GetString(payload)) : default);
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing_and_guessing_is_slowed()
    {
        await using var site = await InspectorTests.SiteAsync();
        using var visitor = await Viewer.OpenAsync(site.Port);
        var codes = new List<string?>();
        for (var i = 0; i < 20; i++)
        {
            codes.Add(Viewer.Text(await visitor.AskAsync(new() { ["type"] = "host", ["key"] = $"guess{i}" }), "code"));
        }

        Assert.Equal("forbidden", codes[0]);
        Assert.Equal("rate_limited", codes[^1]);
        Assert.Equal("forbidden", Viewer.Text(await visitor.AskAsync(new() { ["type"] = "reveal" }), "code"));
    }

    [Theory]
    [InlineData("u1", 1, 0)]
    [InlineData("relay", 0, 2)]
    [InlineData("all", 1, 2)]
    public async Task The_host_sends_to_one_to_a_kind_and_to_all(string to, int echoes, int relays)
    {
        await using var site = await InspectorTests.SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        using var one = await RawSocket.OpenAtAsync(site.Port, "/relay");
        using var two = await RawSocket.OpenAtAsync(site.Port, "/relay");
        using var host = await Viewer.OpenAsync(site.Port, Key);
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "u3");
        var done = await host.AskAsync(new() { ["type"] = "send", ["to"] = to, ["data"] = "from the host" });
        Assert.Equal(("done", echoes + relays), (Viewer.Text(done, "type"), done.GetProperty("count").GetInt32()));
        foreach (var (socket, number) in new[] { (echo, echoes), (one, relays), (two, relays) })
        {
            if (number > 0)
            {
                Assert.Equal((1, "from the host"u8.ToArray()), await socket.FrameAsync());
            }
        }
    }

    [Fact]
    public async Task Closing_with_a_code_closes_with_that_code()
    {
        await using var site = await InspectorTests.SiteAsync();
        using var relay = await RawSocket.OpenAtAsync(site.Port, "/relay");
        using var host = await Viewer.OpenAsync(site.Port, Key);
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "u1");
        Assert.Equal("bad_json", Viewer.Text(await host.AskAsync(new() { ["type"] = "close", ["socket"] = "u1", ["code"] = 1005 }), "code"));
        await host.AskAsync(new() { ["type"] = "close", ["socket"] = "u1", ["code"] = 4321, ["reason"] = "a lesson" });
        Assert.Equal((8, new byte[] { 0x10, 0xE1 }.Concat("a lesson"u8.ToArray()).ToArray()), await relay.FrameAsync());
        Assert.Equal("out close 4321 a lesson", Viewer.Line(await host.EntryAsync(entry => Viewer.Text(entry, "op") == "close")));
        Assert.Equal("unknown_target", Viewer.Text(await host.AskAsync(new() { ["type"] = "close", ["socket"] = "nobody" }), "code"));
    }

    [Fact]
    public async Task A_paused_socket_is_read_on_when_the_pause_is_over()
    {
        await using var site = await InspectorTests.SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        using var host = await Viewer.OpenAsync(site.Port, Key);
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "u1");
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "u1", ["pause"] = true });
        var info = await host.SocketAsync(socket => socket.TryGetProperty("suffers", out _));
        Assert.InRange(info.GetProperty("suffers").GetProperty("leftMs").GetInt64(), 1, 300_000);
        await echo.SendTextAsync("waits");
        await host.EntryAsync(entry => Viewer.Text(entry, "text") == "waits"); // it came, and nobody has handled it
        Assert.DoesNotContain(site.Events, happened => happened is EchoHeard);
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "u1" });
        Assert.Equal((1, "I heard you say \"waits\""u8.ToArray()), await echo.FrameAsync());
    }

    [Fact]
    public async Task Dropped_messages_vanish_and_pings_do_not()
    {
        await using var site = await InspectorTests.SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        using var host = await Viewer.OpenAsync(site.Port, Key);
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "u1");
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "u1", ["drop"] = true });
        await echo.SendTextAsync("gone");
        await echo.SendFrameAsync(Opcode.Ping, "p"u8.ToArray());
        Assert.Equal((10, "p"u8.ToArray()), await echo.FrameAsync());
        Assert.Equal("in text gone (dropped)", Viewer.Line(await host.EntryAsync(entry => Viewer.Text(entry, "op") == "text" && Viewer.Text(entry, "dir") == "in")));
        await host.AskAsync(new() { ["type"] = "simulate", ["socket"] = "u1", ["delay"] = 1 });
        await echo.SendTextAsync("there");
        Assert.Equal((1, "I heard you say \"there\""u8.ToArray()), await echo.FrameAsync());
    }

    [Fact]
    public async Task Secrets_are_masked_until_the_host_asks_and_ours_for_ever()
    {
        await using var site = await InspectorTests.SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        await echo.SendTextAsync("{\"password\":\"hunter2\",\"hostKey\":\"hosthost\"}");
        await echo.FrameAsync();
        using var page = await RawSocket.OpenAsync(site.Port);
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "join", name = "Ann", key = "browsers-own-secret" });
        await page.SkipToAsync("welcome");
        using var host = await Viewer.OpenAsync(site.Port, Key);
        await host.SocketAsync(socket => Viewer.Text(socket, "id") == "u1");
        Assert.Contains("in text {\"password\":\"•••\",\"hostKey\":\"•••\"}", await host.FramesAsync("u1"));
        var joined = string.Join('\n', await host.FramesAsync("c1"));
        Assert.Contains("\"name\":\"Ann\"", joined, StringComparison.Ordinal);
        Assert.DoesNotContain("browsers-own-secret", joined, StringComparison.Ordinal);
        Assert.Contains("\"key\":\"•••\"", joined.Split('\n').Single(line => line.Contains("welcome", StringComparison.Ordinal)), StringComparison.Ordinal);
        await host.AskAsync(new() { ["type"] = "reveal", ["on"] = true });
        Assert.Contains("in text {\"password\":\"hunter2\",\"hostKey\":\"•••\"}", await host.FramesAsync("u1"));
    }

    [Fact]
    public async Task Its_socket_passes_the_same_entrance_and_the_same_door()
    {
        await using var site = await InspectorTests.SiteAsync(options => options with { Auth = new Credentials("a", "b") });
        Assert.StartsWith("HTTP/1.1 401", await HandshakeAsync(site), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await HandshakeAsync(site, "Authorization: Basic YTpi", "Origin: http://evil.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await HandshakeAsync(site, "Authorization: Basic YTpi", "Host: evil.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 101", await HandshakeAsync(site, "Authorization: Basic YTpi"), StringComparison.Ordinal);
        Assert.Equal(401, (await RawHttp.GetAsync(site.Port, "/__liveserve/sockets/export.har")).Status);
        Assert.Equal(401, (await RawHttp.GetAsync(site.Port, "/__liveserve/sockets")).Status);
    }

    [Fact]
    public async Task Its_page_runs_nothing_but_its_own_script()
    {
        await using var site = await InspectorTests.SiteAsync();
        var page = await RawHttp.GetAsync(site.Port, "/__liveserve/sockets");
        Assert.Equal(200, page.Status);
        Assert.Contains("default-src 'none'", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("<script src=\"./sockets/inspector.js\" type=\"module\">", page.Text, StringComparison.Ordinal);
    }

    private static async Task<string> HandshakeAsync(TestSite site, params string[] headers)
    {
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/__liveserve/sockets/ws", null, headers);
        return socket.Handshake;
    }
}

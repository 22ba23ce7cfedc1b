using System.Text.Json;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>The inspector shows every socket and every frame, also of sockets that were there before it, and requests between them.</summary>
public sealed class InspectorTests
{
    [Fact]
    public async Task Frames_of_sockets_that_were_open_before_it_are_there()
    {
        await using var site = await SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo", null, "User-Agent: curl/8.5.0", $"Origin: http://localhost:{site.Port}");
        await echo.FrameAsync();
        await echo.SendTextAsync("é 😀");
        await echo.FrameAsync();
        await echo.SendFrameAsync(Opcode.Ping, [1, 2]);
        await echo.FrameAsync();
        await echo.SendFrameAsync(Opcode.Text, "a"u8.ToArray(), final: false);
        await echo.SendFrameAsync(Opcode.Continuation, "b"u8.ToArray());
        await echo.FrameAsync();
        await echo.SendFrameAsync(Opcode.Binary, [0xFF, 0]);
        await echo.FrameAsync();

        using var viewer = await Viewer.OpenAsync(site.Port);
        var info = await viewer.SocketAsync(socket => Viewer.Text(socket, "kind") == "echo");
        Assert.Equal(("curl/8.5.0", "/echo", $"http://localhost:{site.Port}"), (Viewer.Text(info, "browser"), Viewer.Text(info, "target"), Viewer.Text(info, "origin")));
        Assert.StartsWith("127.0.0.1:", Viewer.Text(info, "address"), StringComparison.Ordinal);
        var frames = await viewer.FramesAsync(Viewer.Text(info, "id")!);
        Assert.Equal(
        [
            "out text Hello webSocket", "in text é 😀", "out text I heard you say \"é 😀\"", "in ping 0102", "out pong 0102", "in text ab (2 fragments)",
            "out text I heard you say \"ab\"", "in binary ff00",
        ], frames.Take(8));
        await echo.SendFrameAsync(Opcode.Close, [0x0F, 0xA1, .. "enough"u8]);
        Assert.Equal("in close 4001 enough", Viewer.Line(await viewer.EntryAsync(entry => Viewer.Text(entry, "op") == "close")));
        await viewer.EntryAsync(entry => Viewer.Text(entry, "kind") == "ended");
        Assert.Contains("out close 4001", await viewer.FramesAsync(Viewer.Text(info, "id")!)); // also of one that is gone
    }

    [Fact]
    public async Task A_message_of_the_relay_is_seen_on_both_of_its_legs()
    {
        await using var site = await SiteAsync();
        using var viewer = await Viewer.OpenAsync(site.Port);
        using var anna = await RawSocket.OpenAtAsync(site.Port, "/relay");
        await viewer.SocketAsync(socket => Viewer.Text(socket, "id") == "u1");
        using var ben = await RawSocket.OpenAtAsync(site.Port, "/relay");
        await viewer.SocketAsync(socket => Viewer.Text(socket, "id") == "u2");
        await anna.SendTextAsync("hello");
        await ben.FrameAsync();
        Assert.Equal("in text hello", Viewer.Line(await viewer.EntryAsync(entry => Viewer.Text(entry, "socket") == "u1" && Viewer.Text(entry, "kind") == "frame")));
        Assert.Equal("out binary hello", Viewer.Line(await viewer.EntryAsync(entry => Viewer.Text(entry, "socket") == "u2" && Viewer.Text(entry, "kind") == "frame")));
    }

    [Fact]
    public async Task A_page_is_named_and_its_round_trip_is_measured()
    {
        await using var site = await SiteAsync();
        using var page = await RawSocket.OpenPageAsync(site.Port, "/about.html?x=1", null, null, 0);
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.SkipToAsync("pong");
        using var viewer = await Viewer.OpenAsync(site.Port, "hosthost");
        var info = await viewer.SocketAsync(socket => Viewer.Text(socket, "page") == "/about.html");
        Assert.Null(Viewer.Text(info, "roundTrip"));
        await viewer.AskAsync(new() { ["type"] = "send", ["to"] = "page", ["opcode"] = "ping", ["data"] = "x" });
        Assert.Equal((9, "x"u8.ToArray()), await page.FrameAsync());
        await page.SendFrameAsync(Opcode.Pong, "x"u8.ToArray());
        await viewer.SocketAsync(socket => socket.TryGetProperty("roundTrip", out var ms) && ms.GetDouble() is > 0 and < 30_000);
    }

    [Fact]
    public async Task Requests_stand_on_the_same_timeline_with_who_answered_them()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync("hi"));
        await using var site = await SiteAsync(options => options with { Proxies = [ProxyRule.Parse($"/api={backend.Url.GetLeftPart(UriPartial.Authority)}", out _)!] });
        site.Write("folder/a.txt", "a");
        using var viewer = await Viewer.OpenAsync(site.Port);
        (string Target, string By, int Status)[] rows =
        [
            ("/about.html", "static", 200), ("/missing.js", "static", 404), ("/folder/", "listing", 200), ("/api/x?password=abc", "proxy:/api", 200),
            ("/__liveserve/status", "liveserve", 200), ("/..%2f", "static", 400),
        ];
        foreach (var (target, by, status) in rows)
        {
            var answer = await RawHttp.GetAsync(site.Port, target);
            Assert.Equal((status, by), (answer.Status, answer["X-LiveServe"]));
            var shown = target.Replace("abc", "•••", StringComparison.Ordinal);
            var entry = await viewer.EntryAsync(entry => Viewer.Text(entry, "kind") == "http" && Viewer.Text(entry, "target") == shown);
            Assert.Equal(("GET", by, status), (Viewer.Text(entry, "method"), Viewer.Text(entry, "by"), entry.GetProperty("status").GetInt32()));
            Assert.True(entry.GetProperty("ms").GetDouble() >= 0);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/app/")]
    public async Task It_is_not_on_its_own_lists(string home)
    {
        await using var site = await SiteAsync(options => options with { Base = home });
        using var one = await Viewer.OpenAsync(site.Port, home: home);
        using var two = await Viewer.OpenAsync(site.Port, home: home);
        await RawHttp.GetAsync(site.Port, home + "__liveserve/sockets");
        await RawHttp.GetAsync(site.Port, home + "__liveserve/sockets/inspector.js");
        await RawHttp.GetAsync(site.Port, home + "about.html");
        await one.EntryAsync(entry => Viewer.Text(entry, "target") == home + "about.html");
        await two.EntryAsync(entry => Viewer.Text(entry, "target") == home + "about.html");
        Assert.Empty(one.Sockets);
        Assert.Single(one.Entries);
        Assert.Equal(home + "__liveserve/ws", one.Greeting.GetProperty("addresses")[0].GetString());
    }

    [Fact]
    public async Task A_flood_is_told_in_few_messages_and_the_rest_is_counted()
    {
        await using var site = await SiteAsync();
        using var viewer = await RawSocket.OpenAtAsync(site.Port, "/__liveserve/sockets/ws");
        await viewer.NextAsync("hello");
        using var anna = await RawSocket.OpenAtAsync(site.Port, "/relay");
        await viewer.NextAsync("feed"); // what happened before it came is not counted
        var flood = RawSocket.Masked(Opcode.Text, "flood"u8.ToArray());
        await anna.SendBytesAsync([.. Enumerable.Repeat(flood, 20_000).SelectMany(frame => frame), .. RawSocket.Masked(Opcode.Text, "the last"u8.ToArray())]);
        long told = 0, skipped = 0;
        while (true)
        {
            var feed = await viewer.NextAsync("feed");
            var entries = feed.GetProperty("entries").EnumerateArray().Where(entry => Viewer.Text(entry, "kind") == "frame").ToList();
            Assert.InRange(entries.Count, 0, 200);
            told += entries.Count;
            skipped += feed.GetProperty("skipped").GetInt64();
            if (entries.Any(entry => Viewer.Text(entry, "text") == "the last"))
            {
                break;
            }
        }

        Assert.Equal(20_001, told + skipped);
        Assert.True(skipped > 10_000, $"{told} of them were told.");
    }

    [Fact]
    public async Task What_is_remembered_can_be_taken_along_with_its_secrets_masked()
    {
        await using var site = await SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        await echo.SendTextAsync("{\"password\":\"hunter2\",\"key\":\"hosthost\"}");
        await echo.FrameAsync();
        await RawHttp.GetAsync(site.Port, "/about.html?token=hunter2");

        var lines = await RawHttp.GetAsync(site.Port, "/__liveserve/sockets/export.jsonl");
        Assert.DoesNotContain(site.Events, happened => happened is WarningRaised);
        Assert.Equal((200, "application/x-ndjson"), (lines.Status, lines["Content-Type"]));
        Assert.Contains("attachment", lines["Content-Disposition"], StringComparison.Ordinal);
        var entries = lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(entries, entry => Viewer.Text(entry, "kind") == "frame" && Viewer.Text(entry, "text") == "{\"password\":\"•••\",\"key\":\"•••\"}");
        Assert.Contains(entries, entry => Viewer.Text(entry, "target") == "/about.html?token=•••");

        var archive = (await RawHttp.GetAsync(site.Port, "/__liveserve/sockets/export.har")).Text;
        var log = JsonDocument.Parse(archive).RootElement.GetProperty("log");
        Assert.Equal("1.2", log.GetProperty("version").GetString());
        var request = log.GetProperty("entries").EnumerateArray().First(entry => entry.GetProperty("request").GetProperty("url").GetString()!.Contains("/about.html", StringComparison.Ordinal));
        Assert.Equal(200, request.GetProperty("response").GetProperty("status").GetInt32());
        var socket = log.GetProperty("entries").EnumerateArray().Single(entry => entry.TryGetProperty("_webSocketMessages", out _));
        Assert.StartsWith("ws://", socket.GetProperty("request").GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("receive send receive".Split(' '), socket.GetProperty("_webSocketMessages").EnumerateArray().Select(message => message.GetProperty("type").GetString()).Take(3));
        Assert.DoesNotContain("hunter2", archive + lines.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hosthost", archive + lines.Text, StringComparison.Ordinal);
    }

    internal static Task<TestSite> SiteAsync(Func<LiveServeOptions, LiveServeOptions>? more = null) => TestSite.StartAsync(
        options => (more ?? (o => o))(options with { EchoPath = "/echo", RelayPath = "/relay", HostKey = "hosthost" }), ("about.html", "<!doctype html><p>about"));
}

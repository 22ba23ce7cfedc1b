using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Proxying;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>Back ends that fail, each in its way.</summary>
public sealed class ProxyFaultTests
{
    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n0123456789", "Content-Length: 100\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n", "Transfer-Encoding: chunked\r\n")]
    [InlineData("Content-Type: text/html\r\nContent-Length: 100\r\n\r\n<!doctype html><head></head><p>0123456789", "Content-Length: ")]
    [InlineData("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n<!doctype html><head></head><p>\r\n", "Transfer-Encoding: chunked\r\n")]
    public async Task An_answer_that_breaks_off_never_looks_complete(string rest, string length)
    {
        using var backend = RawBackend.Answering($"HTTP/1.1 200 OK\r\n{rest}");
        await using var site = await SiteAsync(backend.Url);
        var answer = await RawHttp.RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n"); // to the connection's end
        if (answer.Length > 0) // a reset may overtake what was sent
        {
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
            Assert.Contains(length, answer, StringComparison.Ordinal);
            Assert.DoesNotContain("\r\n0\r\n", answer, StringComparison.Ordinal);
            var announced = System.Text.RegularExpressions.Regex.Match(answer, "Content-Length: ([0-9]+)").Groups[1].Value;
            Assert.True(announced.Length == 0 || answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4 < int.Parse(announced), answer);
        }
    }

    [Theory]
    [InlineData("", "ended the connection without an answer")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "sent something that is not HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "")]
    [InlineData("HTTP/1.1 200 OK\r\nX: {70000}\r\n\r\n", "sent a head of more than 64 KB")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "")]
    public async Task An_answer_that_is_none_is_a_502_in_words(string bytes, string says)
    {
        using var backend = RawBackend.Answering(bytes.Replace("{70000}", new string('x', 70_000), StringComparison.Ordinal));
        await using var site = await SiteAsync(backend.Url);
        var answer = await RawHttp.GetAsync(site.Port, "/x");
        Assert.Equal(502, answer.Status);
        Assert.Contains($"http://localhost:{backend.Url.Port} {says}", answer.Text, StringComparison.Ordinal);
        Assert.Equal("no-cache", answer["Cache-Control"]);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/__liveserve/status")).Status);
    }

    [Fact]
    public async Task A_back_end_that_says_nothing_is_a_504_and_one_that_has_begun_may_be_silent()
    {
        var go = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            if (context.WebSockets.IsWebSocketRequest)
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await go.Task;
                await socket.SendAsync("late"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
                await gone.Task;
            }
            else if (context.Request.Path == "/events")
            {
                await context.Response.WriteAsync("one\n");
                await context.Response.Body.FlushAsync();
                await go.Task;
                await context.Response.WriteAsync("late");
            }
            else
            {
                await gone.Task;
            }
        });
        await using var site = await TestSite.StartAsync(options => options with
        {
            Proxies = [Rule("/", backend.Url)], ProxyLimits = ProxyLimits.Default with { Headers = TimeSpan.FromMilliseconds(200) },
        });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/ws");
        using var client = new HttpClient();
        using var events = new StreamReader(await client.GetStreamAsync($"http://localhost:{site.Port}/events"));
        Assert.Equal("one", await events.ReadLineAsync());
        var answer = await RawHttp.GetAsync(site.Port, "/silent"); // and meanwhile the others' time would be over
        Assert.Equal(504, answer.Status);
        Assert.Contains("has not answered", answer.Text, StringComparison.Ordinal);
        Assert.Contains("data-doc=\"\"", (await RawHttp.GetAsync(site.Port, "/silent", "Sec-Fetch-Dest: document")).Text, StringComparison.Ordinal); // nothing would reload it
        go.SetResult();
        Assert.Equal("late", await events.ReadToEndAsync());
        Assert.Equal((1, "late"u8.ToArray()), await socket.FrameAsync());
    }

    [Fact]
    public async Task A_request_waits_for_a_back_end_that_is_starting()
    {
        using var port = new EmptyPort();
        await using var site = await TestSite.StartAsync(options => options with
        {
            Proxies = [Rule("/api", port.Url)], ProxyLimits = ProxyLimits.Default with { Refused = TimeSpan.FromSeconds(20) },
        });
        var waiting = RawHttp.SendAsync(site.Port, "POST", "/api/x", "Content-Length: 0");
        await RawHttp.GetAsync(site.Port, "/__liveserve/status");
        var number = port.Number;
        port.Dispose();
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync("there"), number);
        Assert.Equal("there", (await waiting).Text);
        Assert.Empty(site.Events.OfType<WarningRaised>());
    }

    [Fact]
    public async Task A_server_in_front_of_itself_says_so()
    {
        using var port = new EmptyPort();
        var number = port.Number;
        port.Dispose();
        await using var server = await LiveServer.StartAsync(new LiveServeOptions { Upstream = new Uri($"http://127.0.0.1:{number}"), Port = number });
        var answer = await RawHttp.GetAsync(server.Url.Port, "/");
        Assert.Equal(server.Url.Port == number ? 508 : 502, answer.Status); // somebody else may have been quicker
    }

    [Fact]
    public async Task Stopping_ends_what_is_open()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            if (context.WebSockets.IsWebSocketRequest)
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await gone.Task;
            }
            else
            {
                await context.Response.WriteAsync("one\n");
                await context.Response.Body.FlushAsync();
                await gone.Task;
            }
        });
        var server = await LiveServer.StartAsync(new LiveServeOptions { Upstream = backend.Url, Port = 0 });
        using var socket = await RawSocket.OpenAtAsync(server.Url.Port, "/ws");
        using var client = new HttpClient();
        using var events = new StreamReader(await client.GetStreamAsync($"http://localhost:{server.Url.Port}/events"));
        Assert.Equal("one", await events.ReadLineAsync());
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<IOException>(() => events.ReadToEndAsync()); // cut, not ended
    }

    [Theory]
    [InlineData(true, 413)]
    [InlineData(false, 504)]
    public async Task A_back_end_that_refuses_a_body_holds_nobody_up(bool drains, int status)
    {
        var over = new TaskCompletionSource();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig"u8.ToArray());
            if (drains)
            {
                await stream.CopyToAsync(Stream.Null);
            }
            else
            {
                await over.Task; // it reads not a byte, and says no more
            }
        });
        await using var site = await TestSite.StartAsync(options => options with
        {
            Proxies = [ProxyRule.Parse($"/api={backend.Url}", out _)!],
            ProxyLimits = ProxyLimits.Default with { Headers = TimeSpan.FromSeconds(drains ? 60 : 1) },
        }, ("a.css", "p{}"));
        var body = new byte[20_000_000];
        var answer = await RawHttp.SendBytesAsync(site.Port,
            [.. Encoding.ASCII.GetBytes($"POST /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
        Assert.Equal(status, answer.Status);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/a.css")).Status);
        over.SetResult();
    }

    private static Task<TestSite> SiteAsync(Uri backend) => TestSite.StartAsync(options => options with { Proxies = [Rule("/", backend)] });

    private static ProxyRule Rule(string route, Uri backend) => ProxyRule.Parse($"{route}={backend.GetLeftPart(UriPartial.Authority)}", out _)!;
}

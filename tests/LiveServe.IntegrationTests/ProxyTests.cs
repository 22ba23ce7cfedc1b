using System.Text;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Proxying;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>Requests and answers through the proxy, to real back ends.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task A_rule_goes_before_files_and_nothing_shadows_what_is_ours()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync($"backend {context.Request.Path}"));
        await using var site = await TestSite.StartAsync(
            options => options with { Proxies = [Rule("/", backend.Url), Rule("/a", backend.Url)] }, ("a/x.txt", "file"), ("b.txt", "file"));
        Assert.Equal("backend /a/x.txt", (await RawHttp.GetAsync(site.Port, "/a/x.txt")).Text);
        Assert.Equal("backend /b.txt", (await RawHttp.GetAsync(site.Port, "/b.txt")).Text);
        Assert.Equal("backend /.env", (await RawHttp.GetAsync(site.Port, "/.env")).Text); // what is hidden is hidden in ROOT
        Assert.Contains("\"status\":\"ok\"", (await RawHttp.GetAsync(site.Port, "/__liveserve/status")).Text, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"ok\"", (await RawHttp.GetAsync(site.Port, "/%5f_liveserve//status")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/__liveserve/nothing")).Status);
    }

    [Fact]
    public async Task Without_a_folder_the_upstream_answers_everything_and_with_one_files_go_first()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}"));
        await using var server = await LiveServer.StartAsync(new LiveServeOptions { Upstream = backend.Url, Port = 0 });
        Assert.Equal("GET /x", (await RawHttp.GetAsync(server.Url.Port, "/x")).Text);
        Assert.Equal("DELETE /", (await RawHttp.SendAsync(server.Url.Port, "DELETE", "/")).Text);
        Assert.Equal(400, (await RawHttp.GetAsync(server.Url.Port, "/../x")).Status);

        await using var site = await TestSite.StartAsync(options => options with { Upstream = backend.Url }, ("a.txt", "file"), ("sub/index.html", "<p>sub"));
        Assert.Equal("file", (await RawHttp.GetAsync(site.Port, "/a.txt")).Text);
        Assert.Equal("POST /a.txt", (await RawHttp.SendAsync(site.Port, "POST", "/a.txt", "Content-Length: 0")).Text);
        Assert.Equal("GET /b.txt", (await RawHttp.GetAsync(site.Port, "/b.txt")).Text);
        Assert.Equal(308, (await RawHttp.GetAsync(site.Port, "/sub")).Status);
        Assert.Equal("GET /", (await RawHttp.GetAsync(site.Port, "/")).Text);
    }

    [Fact]
    public async Task Nothing_to_serve_is_an_error_in_words()
    {
        var failure = await Assert.ThrowsAsync<LiveServeException>(() => LiveServer.StartAsync(new LiveServeOptions { Port = 0 }));
        Assert.Equal("There is nothing to serve.", failure.Message);
    }

    [Fact]
    public async Task The_upstream_sees_its_own_host_and_who_asked_and_nothing_of_the_hop()
    {
        await using var backend = await Backend.StartAsync(TellHeadersAsync);
        await using var site = await SiteAsync(backend.Url);
        var answers = await RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost:1234\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nProxy-Authorization: x\r\n"
            + "X-Forwarded-Host: evil.example\r\nX-Forwarded-For: 1.2.3.4\r\nCookie: a=b; c=d\r\nX-Own: \u00C3\u00A9\r\nAccept-Encoding: br\r\n\r\n"
            + "GET /y HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var seen = JsonDocument.Parse(answers[answers.IndexOf('{', StringComparison.Ordinal)..(answers.IndexOf('}', StringComparison.Ordinal) + 1)]).RootElement;
        Assert.Equal($"localhost:{backend.Url.Port}", seen.GetProperty("Host").GetString());
        Assert.Equal("localhost:1234", seen.GetProperty("X-Forwarded-Host").GetString());
        Assert.Equal("127.0.0.1", seen.GetProperty("X-Forwarded-For").GetString());
        Assert.Equal("http", seen.GetProperty("X-Forwarded-Proto").GetString());
        Assert.Equal("a=b; c=d", seen.GetProperty("Cookie").GetString());
        Assert.Equal("é", seen.GetProperty("X-Own").GetString());
        Assert.Equal("br", seen.GetProperty("Accept-Encoding").GetString());
        foreach (var hop in new[] { "X-Hop", "Keep-Alive", "TE", "Proxy-Authorization", "Connection" })
        {
            Assert.False(seen.TryGetProperty(hop, out _), hop);
        }
    }

    [Fact]
    public async Task Bodies_are_streamed_both_ways()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = "application/octet-stream";
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await using var site = await SiteAsync(backend.Url);
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);
        foreach (var method in new[] { "POST", "PUT", "PATCH" })
        {
            var answer = await RawHttp.SendBytesAsync(site.Port, [.. Encoding.ASCII.GetBytes($"{method} /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
            Assert.Equal((200, true), (answer.Status, body.AsSpan().SequenceEqual(answer.Body)));
        }
    }

    [Theory]
    [InlineData("http://evil.example/x", 400)]
    [InlineData("http://localhost@evil.example/x", 400)]
    [InlineData("//evil.example/x", 200)] // slashes collapse: it is a path
    [InlineData("http://localhost/x", 200)]
    public async Task A_target_never_chooses_the_destination(string target, int status)
    {
        using var backend = RawBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        await using var site = await SiteAsync(backend.Url);
        var answer = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal((status, status == 200 ? 1 : 0), (answer.Status, backend.Requests));
    }

    [Theory]
    [InlineData("Host: evil.example", 403)]
    [InlineData("Host: localhost\r\nHost: evil.example", 400)]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: http://evil.example", 403)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: null", 403)]
    [InlineData("Upgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\nOrigin: http://localhost:1", 403)]
    [InlineData("Upgrade: SPDY/3.1\r\nConnection: Upgrade\r\nOrigin: http://evil.example", 403)]
    public async Task Whoever_may_not_ask_does_not_reach_the_upstream(string headers, int status)
    {
        using var backend = RawBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var site = await SiteAsync(backend.Url);
        Assert.Equal((status, 0), ((await RawHttp.GetAsync(site.Port, "/x", headers)).Status, backend.Requests));
    }

    [Fact]
    public async Task Redirects_and_cookies_are_made_to_fit()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = new[] { "a=1; Domain=example.com; Path=/app; Secure", "b=2" };
            context.Response.Headers["Strict-Transport-Security"] = "max-age=99999999";
            context.Response.Redirect($"http://{context.Request.Host}/app/next?x=1");
            return Task.CompletedTask;
        });
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [ProxyRule.Parse($"/=http://localhost:{backend.Url.Port}/app", out _)!], AllowedHosts = ["my.example"] });
        var answer = await RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains("\r\nLocation: /next?x=1\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: a=1; Path=/; Secure\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: b=2\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Strict-Transport-Security", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Cross-Origin-Resource-Policy", answer, StringComparison.Ordinal); // ours, for files
        Assert.DoesNotContain("Cache-Control", answer, StringComparison.Ordinal);

        Assert.Contains("\r\nSet-Cookie: a=1; Path=/\r\n", await RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: my.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        await RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: my.example\r\nConnection: close\r\n\r\n");
        Assert.Contains("The cookie a of", Assert.Single(site.Events.OfType<WarningRaised>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_passed_on_as_they_come()
    {
        var heard = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync();
            await heard.Task;
            await context.Response.WriteAsync("data: two\n\n");
        });
        await using var site = await SiteAsync(backend.Url);
        using var client = new HttpClient();
        using var reader = new StreamReader(await client.GetStreamAsync($"http://localhost:{site.Port}/events"));
        Assert.Equal("data: one", await reader.ReadLineAsync());
        heard.SetResult();
        Assert.Equal("\ndata: two\n\n", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n0123456789", "Content-Length: 100\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n", "Transfer-Encoding: chunked\r\n")]
    [InlineData("Content-Type: text/html\r\nContent-Length: 100\r\n\r\n<!doctype html><head></head><p>0123456789", "Content-Length: ")]
    [InlineData("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n<!doctype html><head></head><p>\r\n", "Transfer-Encoding: chunked\r\n")]
    public async Task An_answer_that_breaks_off_never_looks_complete(string rest, string length)
    {
        using var backend = RawBackend.Answering($"HTTP/1.1 200 OK\r\n{rest}");
        await using var site = await SiteAsync(backend.Url);
        var answer = await RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n"); // to the connection's end
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
    public async Task Headers_pass_with_the_bytes_they_came_with()
    {
        using var backend = RawBackend.Answering("HTTP/1.1 299 Very \u00E9 fine\r\nX-Name: \u00E9\u00A0\u00C3\u00A9\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        await using var site = await SiteAsync(backend.Url);
        var answer = await RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains("\r\nX-Name: \u00E9\u00A0\u00C3\u00A9\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Hop", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", answer, StringComparison.Ordinal);
        Assert.EndsWith("2\r\nok\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_its_own_is_refused_unless_asked_for_and_then_it_is_HTTP_2()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync(context.Request.Protocol), isHttps: true);
        await using var strict = await SiteAsync(backend.Url);
        var refused = await RawHttp.GetAsync(strict.Port, "/x");
        Assert.Equal(502, refused.Status);
        Assert.Contains("--proxy-insecure", refused.Text, StringComparison.Ordinal);
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule("/", backend.Url)], ProxyInsecure = true });
        Assert.Equal("HTTP/2", (await RawHttp.GetAsync(site.Port, "/x")).Text);
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

    [Fact]
    public async Task Rules_of_a_Vite_configuration_are_taken_and_said()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync($"backend {context.Request.Path}"));
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>file"), ("vite.config.ts",
            $"export default {{ server: {{ proxy: {{ '/api': '{backend.Url.AbsoluteUri}', '/v': {{ target: '{backend.Url.AbsoluteUri}', rewrite: p => p.replace(/^\\/v/, '') }}, '^/x': 'http://h' }} }} }}"));
        Assert.Equal("backend /api/x", (await RawHttp.GetAsync(site.Port, "/api/x")).Text);
        Assert.Equal("backend /x", (await RawHttp.GetAsync(site.Port, "/v/x")).Text);
        Assert.Contains("<p>file", (await RawHttp.GetAsync(site.Port, "/")).Text, StringComparison.Ordinal);
        var said = Assert.Single(site.Events.OfType<WarningRaised>());
        Assert.StartsWith("vite.config.ts is read for its proxy rules: /api → ", said.Message, StringComparison.Ordinal);
        Assert.EndsWith("left out: ^/x, which is a pattern.", said.Message, StringComparison.Ordinal);
    }

    private static async Task TellHeadersAsync(HttpContext context) =>
        await context.Response.WriteAsync(JsonSerializer.Serialize(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));

    private static Task<TestSite> SiteAsync(Uri backend) => TestSite.StartAsync(options => options with { Proxies = [Rule("/", backend)] });

    private static ProxyRule Rule(string route, Uri backend) => ProxyRule.Parse($"{route}={backend.GetLeftPart(UriPartial.Authority)}", out _)!;

    private static async Task<string> RawAsync(int port, string request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new System.Net.Sockets.TcpClient();
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
}

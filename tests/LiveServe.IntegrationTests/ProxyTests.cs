using System.Text;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;
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
        var answers = await RawHttp.RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost:1234\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nProxy-Authorization: x\r\n"
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
        var answer = await RawHttp.RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains("\r\nLocation: /next?x=1\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: a=1; Path=/; Secure\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: b=2\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Strict-Transport-Security", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Cross-Origin-Resource-Policy", answer, StringComparison.Ordinal); // ours, for files
        Assert.DoesNotContain("Cache-Control", answer, StringComparison.Ordinal);

        Assert.Contains("\r\nSet-Cookie: a=1; Path=/\r\n", await RawHttp.RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: my.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        await RawHttp.RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: my.example\r\nConnection: close\r\n\r\n");
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

    [Fact]
    public async Task Headers_pass_with_the_bytes_they_came_with()
    {
        using var backend = RawBackend.Answering("HTTP/1.1 299 Very \u00E9 fine\r\nX-Name: \u00E9\u00A0\u00C3\u00A9\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        await using var site = await SiteAsync(backend.Url);
        var answer = await RawHttp.RawAsync(site.Port, "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
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
}

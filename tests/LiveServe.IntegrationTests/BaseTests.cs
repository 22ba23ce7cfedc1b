using System.Text.Json;
using LiveServe.IntegrationTests.Harness;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>The whole site under a path: what is inside, what is outside, and by which names both are known to pages.</summary>
public sealed class BaseTests
{
    private const string Page = "<!doctype html><title>t</title><link rel=stylesheet href=/app/css/site.css><p>x";

    [Theory]
    [InlineData("/app/", 200)]
    [InlineData("/app/index.html", 200)]
    [InlineData("/%61pp//css/site.css", 200)]
    [InlineData("/app/lib/m.js", 200)]
    [InlineData("/app/missing", 404)]
    [InlineData("/css/site.css", 404)]
    [InlineData("/apple/", 404)]
    [InlineData("/App/", 404)]
    [InlineData("/lib/m.js", 404)]
    [InlineData("/favicon.ico", 404)]
    [InlineData("/app/__liveserve/client.js", 200)]
    [InlineData("/app/__liveserve/status", 200)]
    [InlineData("/app/__liveserve/chat", 200)]
    [InlineData("/app/__liveserve/outside/app/", 404)]
    [InlineData("/__liveserve/client.js", 404)]
    [InlineData("/__liveserve/outside/css/site.css", 404)]
    [InlineData("/app/../css/site.css", 400)]
    [InlineData("/app/%2e%2e/css/site.css", 400)]
    [InlineData("/app/.git/config", 404)]
    public async Task What_is_inside_is_served_and_nothing_else(string target, int status)
    {
        await using var site = await StartAsync();
        Assert.Equal(status, (await RawHttp.GetAsync(site.Port, target)).Status);
    }

    [Theory]
    [InlineData("/", 307, "/app/")]
    [InlineData("/?a=1", 307, "/app/?a=1")]
    [InlineData("/app", 308, "./app/")]
    [InlineData("/app?a=%20", 308, "./app/?a=%20")]
    [InlineData("//app", 308, "./app/")]
    [InlineData("/app/css", 308, "./css/")]
    public async Task The_way_in_is_a_redirect(string target, int status, string location)
    {
        await using var site = await StartAsync();
        var answer = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal((status, location), (answer.Status, answer["Location"]));
    }

    [Fact]
    public async Task Who_is_outside_reads_where_the_site_is()
    {
        await using var site = await StartAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/about", "Accept: text/html");
        Assert.Equal(404, answer.Status);
        Assert.Contains("The site is below /app/, and /about is not.", answer.Text, StringComparison.Ordinal);
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/__liveserve/ws");
        Assert.StartsWith("HTTP/1.1 404", socket.Handshake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ours_is_addressed_below_it()
    {
        await using var site = await StartAsync(options => options with { SpaFile = "index.html" });
        Assert.Equal("/app/", site.Server.Url.AbsolutePath);
        Assert.Equal("/app/", Assert.Single(site.Server.Urls).AbsolutePath);
        foreach (var (target, headers) in new[] { ("/app/", "Accept: text/html"), ("/app/no.html", "Accept: text/html"), ("/app/a/route", "Sec-Fetch-Dest: document"), ("/about", "Accept: text/html") })
        {
            Assert.Contains("src=\"/app/__liveserve/client.js\"", (await RawHttp.GetAsync(site.Port, target, headers)).Text, StringComparison.Ordinal);
        }

        Assert.Contains("src=\"./client.js\"", (await RawHttp.GetAsync(site.Port, "/app/__liveserve/chat")).Text, StringComparison.Ordinal);
        var listing = (await RawHttp.GetAsync(site.Port, "/app/css/", "Accept: */*")).Text;
        Assert.Contains("href=\"./site.css\"", listing, StringComparison.Ordinal);
        Assert.Contains("href=\"../\"", listing, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/", listing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_hears_of_its_files_by_their_addresses_and_files_are_called_as_they_are_on_the_disk()
    {
        await using var site = await StartAsync();
        using var page = await OpenAsync(site, "/app/", "/app/css/site.css", "/app/pics/a%20b.png");
        site.Write("css/site.css", "p { color: red }");
        var (update, item) = await UpdateAsync(page);
        Assert.Equal(("css/site.css", "css", "/app/css/site.css", "p { color: red }"),
            (update.GetProperty("files")[0].GetString(), item.GetProperty("kind").GetString(), item.GetProperty("url").GetString(), item.GetProperty("text").GetString()));
        site.Write("pics/a b.png", "new");
        Assert.Equal("/app/pics/a%20b.png", (await UpdateAsync(page)).Item.GetProperty("url").GetString());
        site.Write("index.html", Page + "y");
        Assert.Equal(("html", "/app/"), await KindAsync(page));

        var sent = (UpdateSent)await site.EventAsync(happened => happened is UpdateSent { Seq: 3 });
        Assert.Equal("/app/", sent.Items.Single().Url);
        Assert.Equal(["/app/"], site.Server.Pages);
        await page.SendAsync(new { type = "applied", seq = 3, ms = 1, result = "patch" });
        Assert.Equal("/app/", ((UpdateApplied)await site.EventAsync(happened => happened is UpdateApplied)).Page);
        await page.SendAsync(new { type = "problem", seq = 3, source = "page", message = "m", file = "/app/lib/m.js", line = 1, column = 1 });
        Assert.Equal("/lib/m.js", ((PageProblemReported)await site.EventAsync(happened => happened is PageProblemReported)).File);
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = "/app/css/site.css", line = 2 } });
        Assert.Equal("css/site.css", ((EditorWanted)await site.EventAsync(happened => happened is EditorWanted)).File);
    }

    [Fact]
    public async Task Who_asked_for_what_is_known_by_Referer_and_by_what_sheets_name()
    {
        await using var site = await StartAsync();
        await RawHttp.GetAsync(site.Port, "/app/css/site.css", $"Referer: http://localhost:{site.Port}/app/", $"Host: localhost:{site.Port}");
        await RawHttp.GetAsync(site.Port, "/app/pics/bg.png", $"Referer: http://localhost:{site.Port}/app/css/site.css", $"Host: localhost:{site.Port}");
        using var page = await OpenAsync(site, "/app/"); // it says nothing of what it loaded
        site.Write("pics/bg.png", "new");
        Assert.Equal(("asset", "/app/pics/bg.png"), await KindAsync(page));
        var sheet = await RawHttp.GetAsync(site.Port, "/app/css/site.css?t=1");
        Assert.Matches(@"url\(/app/pics/bg\.png\?t=\d+\).*url\(\.\./pics/bg\.png\?t=\d+\).*url\(/pics/bg\.png\)", sheet.Text);
    }

    [Fact]
    public async Task A_back_ends_page_outside_uses_files_inside_and_hears_of_them()
    {
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync($"{context.Request.Path}{context.Request.QueryString}"));
        await using var site = await StartAsync(options => options with { Proxies = [Rule($"/api={At(backend)}"), Rule($"/app/v2={At(backend)}")] });
        Assert.Equal("/api/x?y", (await RawHttp.GetAsync(site.Port, "/api/x?y")).Text);
        Assert.Equal("/app/v2/x", (await RawHttp.GetAsync(site.Port, "/app/v2/x")).Text);
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/app/api/x")).Status); // a route is an address, as it is written

        using var page = await OpenAsync(site, "/api/page", "/app/css/site.css");
        site.Write("api/page", "no page of the site"); // another address than the page's
        site.Write("css/site.css", "p { color: red }");
        Assert.Equal(("css", "/app/css/site.css"), await KindAsync(page));
        Assert.Equal(["/api/page"], site.Server.Pages);
    }

    [Fact]
    public async Task A_whole_sites_back_end_is_below_it_and_need_not_know()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.Headers.Location = "/login?a";
            context.Response.Headers.SetCookie = "a=b; Path=/";
            return context.Response.WriteAsync($"{context.Request.Path}{context.Request.QueryString}");
        });
        await using var site = await StartAsync(options => options with { Upstream = new Uri(backend.Url, "/") });
        var answer = await RawHttp.GetAsync(site.Port, "/app/x%20y?z");
        Assert.Equal(("/x%20y?z", "/app/login?a", "a=b; Path=/app/"), (answer.Text, answer["Location"], answer["Set-Cookie"]));
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/x")).Status);
        Assert.Equal(307, (await RawHttp.GetAsync(site.Port, "/")).Status);
        Assert.Equal(308, (await RawHttp.GetAsync(site.Port, "/app")).Status);
        Assert.Contains("css", (await RawHttp.GetAsync(site.Port, "/app/css/site.css")).Text, StringComparison.Ordinal); // a file goes first
    }

    [Theory]
    [InlineData("/", "/", "/app/")]
    [InlineData("/echo", "/echo", null)]
    [InlineData("/app", "/app/", "/app/")]
    [InlineData("/app/echo", "/app/echo", null)]
    public async Task The_users_sockets_are_at_their_addresses_as_these_are_written(string path, string at, string? page)
    {
        await using var site = await StartAsync(options => options with { EchoPath = path });
        using var socket = await RawSocket.OpenAtAsync(site.Port, at);
        Assert.StartsWith("HTTP/1.1 101", socket.Handshake, StringComparison.Ordinal);
        if (page is not null)
        {
            Assert.Equal(200, (await RawHttp.GetAsync(site.Port, page)).Status);
        }
    }

    [Fact]
    public async Task The_404_page_the_doors_and_the_redirect_to_https_know_it()
    {
        await using (var site = await StartAsync(null, ("404.html", "<!doctype html><p>ours")))
        {
            var answer = await RawHttp.GetAsync(site.Port, "/app/nothing");
            Assert.Equal(404, answer.Status);
            Assert.EndsWith("<p>ours", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("ours", (await RawHttp.GetAsync(site.Port, "/nothing")).Text, StringComparison.Ordinal);
        }

        await using var secure = await StartAsync(options => options with { Https = true });
        var led = await RawHttp.GetAsync(secure.Port, "/app/x", $"Host: localhost:{secure.Port}");
        Assert.Equal((307, $"https://localhost:{secure.Port}/app/x"), (led.Status, led["Location"]));
    }

    [Fact]
    public async Task What_is_no_base_is_refused_before_anything_starts()
    {
        var refused = await Assert.ThrowsAsync<LiveServeException>(() => StartAsync(options => options with { Base = "/a/../b" }));
        Assert.Equal(LiveServeFailure.WrongConfiguration, refused.Failure);
        Assert.Contains("--base", refused.Message, StringComparison.Ordinal);
    }

    private static Task<TestSite> StartAsync(Func<LiveServeOptions, LiveServeOptions>? options = null, params (string, string)[] files) =>
        TestSite.StartAsync(o => (options ?? (p => p))(o with { Base = "/app" }),
        [
            ("index.html", Page), ("css/site.css", "p{background:url(/app/pics/bg.png),url(../pics/bg.png),url(/pics/bg.png)} /*css*/"), ("pics/bg.png", "old"),
            ("pics/a b.png", "old"), ("lib/m.js", "1"), (".git/config", "secret"), .. files,
        ]);

    private static string At(Backend backend) => backend.Url.GetLeftPart(UriPartial.Authority); // without a path, which would replace the route

    private static ProxyRule Rule(string text) => ProxyRule.Parse(text, out _)!;

    private static async Task<RawSocket> OpenAsync(TestSite site, string url, params string[] resources)
    {
        await RawHttp.GetAsync(site.Port, url, "Accept: text/html");
        var page = await RawSocket.OpenAtAsync(site.Port, "/app/__liveserve/ws", "liveserve.1");
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "resources", add = resources });
        await page.SendAsync(new { type = "hello", v = 1, seq = 0, page = new { url, doc = Content.ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(Page)).ToString(), top = true, visible = true } });
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.SkipToAsync("pong");
        return page;
    }

    private static async Task<(JsonElement Update, JsonElement Item)> UpdateAsync(RawSocket page)
    {
        var update = await page.SkipToAsync("updated");
        return (update, update.GetProperty("items")[0]);
    }

    private static async Task<(string?, string?)> KindAsync(RawSocket page)
    {
        var (_, item) = await UpdateAsync(page);
        return (item.GetProperty("kind").GetString(), item.GetProperty("url").GetString());
    }
}

using LiveServe.Content;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>An app with routes of its own: <c>--spa</c>.</summary>
public sealed class SpaTests
{
    private const string App = "<!doctype html><head><title>app</title></head><p>app";

    [Theory]
    [InlineData("/any/route", 200)]
    [InlineData("/any/route/", 200)]
    [InlineData("/users/jane.doe?x=1", 200)]
    [InlineData("/empty", 200)] // a folder without a page: the route wins over a listing
    [InlineData("/empty/", 200)]
    [InlineData("/", 200)]
    [InlineData("/app.js", 404)]
    [InlineData("/missing.html", 404)]
    [InlineData("/.env", 404)]
    [InlineData("/.git/config", 404)]
    [InlineData("/x/.hidden", 404)]
    [InlineData("/__liveserve/nope", 404)]
    [InlineData("/%2e%2e/x", 400)]
    public async Task A_navigation_that_finds_nothing_gets_the_app(string target, int status)
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, target, "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, answer.Text.EndsWith("<p>app", StringComparison.Ordinal));
        Assert.Equal(status == 200, answer.Text.Contains($"data-doc=\"{ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(App))}\"", StringComparison.Ordinal));
        var head = await RawHttp.SendAsync(site.Port, "HEAD", target, "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate");
        Assert.Equal((status, answer["Content-Length"]), (head.Status, head["Content-Length"]));
    }

    [Theory]
    [InlineData("Sec-Fetch-Dest: empty", 404)]
    [InlineData("Sec-Fetch-Dest: script", 404)]
    [InlineData("Accept: */*", 404)]
    [InlineData("Accept: application/json", 404)]
    [InlineData("Accept: text/html", 200)]
    public async Task Nothing_but_a_navigation_does(string header, int status)
    {
        await using var site = await SiteAsync();
        Assert.Equal(status, (await RawHttp.GetAsync(site.Port, "/any/route", header)).Status);
    }

    [Fact]
    public async Task What_is_there_is_what_is_shown()
    {
        await using var site = await SiteAsync();
        Assert.EndsWith("about", (await RawHttp.GetAsync(site.Port, "/about", "Accept: text/html")).Text, StringComparison.Ordinal);
        Assert.Equal("./docs/", (await RawHttp.GetAsync(site.Port, "/docs", "Accept: text/html"))["Location"]);
    }

    [Fact]
    public async Task Without_the_option_a_route_is_missing()
    {
        await using var site = await TestSite.StartAsync(null, ("app.html", App));
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/any/route", "Accept: text/html")).Status);
    }

    [Fact]
    public async Task An_app_that_is_not_there_yet_is_named()
    {
        await using var site = await SiteAsync();
        File.Delete(site.At("app.html"));
        var answer = await RawHttp.GetAsync(site.Port, "/any/route", "Accept: text/html");
        Assert.Equal(404, answer.Status);
        Assert.Contains("no app.html that would answer", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/any/route")]
    [InlineData("/users/jane.doe")]
    [InlineData("/empty/")]
    public async Task A_change_of_the_app_is_patched_into_every_route(string url)
    {
        await using var site = await SiteAsync();
        var text = (await RawHttp.GetAsync(site.Port, url, "Accept: text/html")).Text;
        Assert.EndsWith("<p>app", text, StringComparison.Ordinal);
        using var page = await RawSocket.OpenPageAsync(site.Port, url, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(App)).ToString(), null, seq: 0);
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong");
        site.Write("app.html", App + " new");
        var item = (await page.NextAsync("updated")).GetProperty("items")[0];
        Assert.Equal(("html", url, App + " new"), (item.GetProperty("kind").GetString(), item.GetProperty("url").GetString(), item.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_page_that_comes_back_after_a_restart_gets_the_newer_app()
    {
        await using var site = await SiteAsync();
        using var page = await RawSocket.OpenPageAsync(site.Port, "/any/route", ContentHash.Of("old"u8).ToString(), "an earlier process", seq: 5, DateTimeOffset.UtcNow.ToString("O"));
        Assert.Equal("html", (await page.NextAsync("updated")).GetProperty("items")[0].GetProperty("kind").GetString());
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(
        options => options with { SpaFile = "./app.html" },
        ("app.html", App), ("about.html", "about"), ("docs/index.html", "docs"), ("empty/x.txt", "x"), (".env", "secret"), (".git/config", "secret"));
}

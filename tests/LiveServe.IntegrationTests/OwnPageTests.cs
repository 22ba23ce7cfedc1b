using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Pages and answers that are not files of the site.</summary>
public sealed class OwnPageTests
{
    private const string Page = "<!doctype html><head><title>t</title></head><p>hi";

    [Fact]
    public async Task The_sites_own_404_page_is_used()
    {
        await using var site = await SiteAsync();
        site.Write("404.html", "<p>lost");
        var answer = await RawHttp.GetAsync(site.Port, "/nope", "Sec-Fetch-Dest: document");
        Assert.Equal(404, answer.Status);
        Assert.EndsWith("<p>lost", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_404_page_is_inert_and_carries_the_client()
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/%3Cimg%20src=x%20onerror=alert(1)%3E", "Sec-Fetch-Dest: document");
        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("<img", answer.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("/__liveserve/client.js", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_may_go_and_come_back()
    {
        await using var site = await SiteAsync();
        Directory.Delete(site.Root, recursive: true);
        var answer = await RawHttp.GetAsync(site.Port, "/");
        Assert.Equal(503, answer.Status);
        site.Write("index.html", Page);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/")).Status);
    }

    [Fact]
    public async Task The_status_is_for_scripts()
    {
        await using var site = await TestSite.StartAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/__liveserve/status");
        Assert.Equal($$"""{"status":"ok","version":"{{LiveServer.Version}}","seq":0,"clients":0}""", answer.Text);
    }

    [Theory]
    [InlineData("/__liveserve/")]
    [InlineData("/__liveserve/nope")]
    [InlineData("//__liveserve/nope")]
    public async Task Nothing_in_the_site_shadows_what_is_ours(string target)
    {
        await using var site = await SiteAsync();
        site.Write("__liveserve/nope", "mine");
        site.Write("__liveserve/index.html", "mine");
        var answer = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("mine", answer.Text, StringComparison.Ordinal);
    }

    private static async Task<TestSite> SiteAsync()
    {
        var site = await TestSite.StartAsync(null,
            ("index.html", Page), ("sub/index.html", Page), ("css/site.css", "p{}"), ("a b#.txt", "x"), ("data.json", "{}"), ("unknown", "x"),
            ("empty/x.txt", "x"), (".git/config", "secret"), (".env", "secret"), (".hidden", "secret"), ("server.pem", "secret"), (".well-known/x.txt", "x"));
        await site.StopServerAsync(); // bytes of our own, written while nobody watches: a save would give every page another tag
        site.Write("legacy.txt", [0xE9]);
        site.Write("large.bin", new byte[20_000_000]);
        FileTick.Wait(site.Root);
        await site.StartServerAsync(port: 0);
        return site;
    }
}

using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Folders without an index, on a real disk; what the page looks like is ListingPageTests'.</summary>
public sealed class ListingTests
{
    [Fact]
    public async Task A_folder_is_listed_as_far_as_it_is_served()
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document");
        Assert.Equal((200, "text/html; charset=utf-8", "no-cache"), (answer.Status, answer["Content-Type"], answer["Cache-Control"]));
        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("/__liveserve/client.js", answer.Text, StringComparison.Ordinal);
        foreach (var shown in new[] { "./a%20b%23.txt\"", "./sub/\"", "./inside.txt\"", "./insidedir/\"", ".well-known/" })
        {
            Assert.Contains(shown, answer.Text, StringComparison.Ordinal);
        }

        foreach (var hidden in new[] { ".git", ".env", ".hidden", "server.pem", "id_rsa", "out.txt", "outdir", "dangling", "loop", "pipe", "<img" })
        {
            Assert.DoesNotContain(hidden, answer.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("client.js", (await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: empty")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_leads_somewhere()
    {
        await using var site = await SiteAsync();
        foreach (var path in new[] { "/", "/sub/", "/insidedir/?sort=size&order=desc" })
        {
            var text = (await RawHttp.GetAsync(site.Port, path)).Text;
            var links = System.Text.RegularExpressions.Regex.Matches(text, "href=\"([^\"]+)\"").Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
            Assert.NotEmpty(links);
            foreach (var link in links)
            {
                var target = new Uri(new Uri($"http://localhost{path}"), link).PathAndQuery;
                Assert.True((await RawHttp.GetAsync(site.Port, target)).Status == 200, $"{path} leads to {target}");
            }
        }
    }

    [Fact]
    public async Task Dotfiles_are_listed_when_they_are_served_and_secrets_never()
    {
        await using var site = await SiteAsync(options => options with { Dotfiles = true });
        var text = (await RawHttp.GetAsync(site.Port, "/")).Text;
        Assert.Contains(".hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".env", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".git/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_listings_a_folder_has_nothing_to_show()
    {
        await using var site = await SiteAsync(options => options with { Listing = false });
        var answer = await RawHttp.GetAsync(site.Port, "/sub/");
        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("x.txt", answer.Text, StringComparison.Ordinal);
        site.Write("404.html", "<p>lost");
        Assert.Equal("<p>lost", (await RawHttp.GetAsync(site.Port, "/sub/", "Sec-Fetch-Dest: empty")).Text);
    }

    [Fact]
    public async Task A_folder_that_is_closed_to_us_reveals_nothing()
    {
        await using var site = await SiteAsync();
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/outdir/")).Status);
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/.git/")).Status);
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/gone/")).Status);
    }

    [Theory]
    [InlineData("/", "new.txt", "new.txt is in the folder that is listed")]
    [InlineData("/sub/", "sub/deep/new.txt", "sub/deep/new.txt is in the folder that is listed")]
    [InlineData("/sub/", "sub/x.txt", "sub/x.txt is in the folder that is listed")]
    [InlineData("/sub/", "sub/index.html", "sub/index.html is there now")]
    [InlineData("/later/", "later/x.txt", "later/x.txt is in the folder that is listed")]
    public async Task An_open_listing_hears_of_what_it_shows(string page, string file, string why)
    {
        await using var site = await SiteAsync();
        using var socket = await RawSocket.OpenPageAsync(site.Port, page, "", null, seq: 0);
        await socket.SendAsync(new { type = "ping", t = 1 });
        await socket.NextAsync("pong");
        site.Write(file, "new");
        var items = (await socket.NextAsync("updated")).GetProperty("items");
        Assert.Equal(["reload", why], JsonSerializer.Deserialize<Dictionary<string, string>>(items[0].GetRawText())!.Values);
        if (why.EndsWith("there now", StringComparison.Ordinal))
        {
            return; // it is no listing any more
        }

        File.Delete(site.At(file));
        Assert.Equal("reload", (await socket.NextAsync("updated")).GetProperty("items")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_restart_without_a_change_reloads_no_listing()
    {
        await using var site = await SiteAsync();
        await site.StopServerAsync();
        FileTick.Wait(site.Root);
        await site.StartServerAsync(port: 0);
        using var socket = await RawSocket.OpenPageAsync(site.Port, "/sub/", "", "an earlier process", seq: 5, DateTimeOffset.UtcNow.ToString("O"));
        await socket.SendAsync(new { type = "ping", t = 1 });
        Assert.Equal("pong", (await socket.NextAsync()).GetProperty("type").GetString());
    }

    private static async Task<TestSite> SiteAsync(Func<LiveServeOptions, LiveServeOptions>? options = null)
    {
        var site = await TestSite.StartAsync(options, ("a b#.txt", "x"), ("sub/x.txt", "x"), (".git/config", "x"), (".env", "x"), (".hidden", "x"), ("server.pem", "x"),
            ("id_rsa", "x"), (".well-known/x.txt", "x"), ("<img src=x onerror=alert(1)>.txt", "x"));
        await site.StopServerAsync(); // links are no change to anybody
        var outside = Directory.CreateTempSubdirectory("liveserve-").FullName;
        File.WriteAllText(Path.Combine(outside, "secret.txt"), "secret");
        File.CreateSymbolicLink(site.At("out.txt"), Path.Combine(outside, "secret.txt"));
        File.CreateSymbolicLink(site.At("outdir"), outside);
        File.CreateSymbolicLink(site.At("dangling"), site.At("nowhere"));
        File.CreateSymbolicLink(site.At("loop"), site.At("loop"));
        File.CreateSymbolicLink(site.At("inside.txt"), "a b#.txt");
        File.CreateSymbolicLink(site.At("insidedir"), site.At("sub"));
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", site.At("pipe"));
        await mkfifo.WaitForExitAsync();
        await site.StartServerAsync(port: 0);
        return site;
    }
}

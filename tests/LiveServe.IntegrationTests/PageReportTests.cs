using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>What pages say of themselves, and what they may ask for.</summary>
public sealed class PageReportTests
{
    [Theory]
    [InlineData("/app.js", "app.js")]
    [InlineData("app.js", "app.js")]
    [InlineData("/", "index.html")]
    [InlineData("/about", "about.html")]
    [InlineData("/a b;#?%41.js", "a b;#?%41.js")]
    public async Task A_file_of_the_site_opens_in_the_editor(string asked, string opened)
    {
        await using var site = await SiteAsync();
        using var page = await OpenAsync(site);
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = asked, line = 7, column = -3 } });
        await HeardAsync(page);
        Assert.Equal([new EditorWanted(opened, 7, 1)], Wishes(site));
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("/../secret.txt")]
    [InlineData("/sub/../../secret.txt")]
    [InlineData("//etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("/out.txt")]
    [InlineData("/sub")]
    [InlineData("/.env")]
    [InlineData("/missing.js")]
    [InlineData("/app.js\0.txt")]
    [InlineData("..\\secret.txt")]
    [InlineData("http://localhost/app.js")]
    [InlineData("")]
    public async Task Nothing_else_does(string asked)
    {
        await using var site = await SiteAsync();
        var outside = Path.Combine(Path.GetTempPath(), $"liveserve-{Guid.NewGuid():n}.txt");
        File.WriteAllText(outside, "x");
        File.CreateSymbolicLink(site.At("out.txt"), outside);
        File.Delete(site.At("index.html"));
        using var page = await OpenAsync(site);
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = asked, line = 1, column = 1 } });
        await HeardAsync(page);
        Assert.Empty(Wishes(site));
        File.Delete(outside);
    }

    [Fact]
    public async Task A_loop_opens_one_window_and_a_mistake_is_answered()
    {
        await using var site = await SiteAsync();
        using var page = await OpenAsync(site);
        for (var i = 0; i < 20; i++)
        {
            await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = "/app.js" } });
        }

        await HeardAsync(page);
        Assert.Equal([new EditorWanted("app.js", 1, 1)], Wishes(site));
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = 5 } });
        Assert.Equal("file", (await page.NextAsync("error")).GetProperty("field").GetString());
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = "app.js" });
        await page.SendAsync(new { type = "custom", @event = "other", data = new { file = "/app.js" } });
        await HeardAsync(page);
    }

    [Fact]
    public async Task A_page_is_cut_short_in_length_and_number_whatever_its_client_does()
    {
        await using var site = await SiteAsync();
        using var page = await OpenAsync(site);
        await page.SendAsync(new { type = "console", level = "debug", args = new[] { "too quiet" } });
        await page.SendAsync(new { type = "console", level = "off", args = new[] { "no level" } });
        await page.SendAsync(new { type = "console", level = "1", args = new[] { "no level" } });
        await page.SendAsync(new { type = "problem", message = new string('x', 50_000), file = new string('f', 50_000) });
        for (var i = 0; i < 150; i++)
        {
            await page.SendAsync(new { type = "console", level = "error", args = new[] { "x", new string('y', 3000) }, seq = 4, line = 9 });
        }

        await HeardAsync(page);
        Assert.Equal(2000, Assert.Single(site.Events.OfType<PageProblemReported>()).Message.Length);
        var lines = site.Events.OfType<ConsoleReported>().ToList();
        Assert.Equal(99, lines.Count);
        Assert.All(lines, line => Assert.Equal((ConsoleLevel.Error, 2000, 4L, 9), (line.Level, line.Text.Length, line.Seq, line.Line)));
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(null,
        ("index.html", "x"), ("about.html", "x"), ("app.js", "x"), ("a b;#?%41.js", "x"), ("sub/a.txt", "x"), (".env", "x"));

    private static async Task<RawSocket> OpenAsync(TestSite site)
    {
        var page = await RawSocket.OpenAsync(site.Port);
        await page.NextAsync("connected");
        return page;
    }

    // Messages are handled in order: when the pong is here, what came before it has been done.
    private static async Task HeardAsync(RawSocket page)
    {
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.SkipToAsync("pong");
    }

    private static List<EditorWanted> Wishes(TestSite site) => [.. site.Events.OfType<EditorWanted>()];
}

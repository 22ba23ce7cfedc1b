using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>What a person sees: save a file, watch the page.</summary>
public sealed class UpdateTests(Chromium chromium)
{
    private const string Page = "<!doctype html><html><head><title>t</title><link rel=stylesheet href=css/site.css></head><body><p id=p>old</p></body></html>";
    private const string Sheet = "p { color: rgb(1, 2, 3) }";

    [Fact]
    public async Task A_saved_page_shows_its_new_text()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'new'");
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_saved_style_sheet_is_exchanged_and_the_page_stays()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { window.kept = 42; document.head.dataset.links = document.querySelectorAll('link').length; }");
        site.Write("css/site.css", "p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
        Assert.Equal(1, open.Loads);
        await open.UntilAsync("() => document.querySelectorAll('link').length === 1");
    }

    [Fact]
    public async Task A_style_sheet_that_another_one_imports_is_exchanged_too()
    {
        await using var site = await SiteAsync();
        site.Write("css/site.css", "@import 'theme.css';");
        site.Write("css/theme.css", Sheet);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { window.kept = 42; }");
        site.Write("css/theme.css", "p { color: rgb(7, 8, 9) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(7, 8, 9)'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
    }

    [Fact]
    public async Task Ten_saves_in_a_row_end_with_the_last()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        for (var i = 1; i <= 10; i++)
        {
            site.Write("index.html", Page.Replace("old", $"v{i}", StringComparison.Ordinal));
            site.Write("css/site.css", $"p {{ color: rgb({i}, 0, 0) }}");
        }

        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'v10' && getComputedStyle(document.querySelector('#p')).color === 'rgb(10, 0, 0)'");
    }

    [Fact]
    public async Task Of_many_reloads_in_a_few_seconds_none_is_dropped()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        for (var i = 1; i <= 8; i++)
        {
            site.Write("index.html", Page.Replace("old", $"v{i}", StringComparison.Ordinal));
            await open.UntilAsync($"() => document.querySelector('#p')?.textContent === 'v{i}'");
        }
    }

    [Fact]
    public async Task A_restart_without_a_change_reloads_nothing()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { window.kept = 42; }");
        var port = site.Port;
        await site.StopServerAsync();
        await site.StartServerAsync(port);
        await ConnectedAgainAsync(site);
        site.Write("css/site.css", "p { color: rgb(4, 5, 6) }"); // the page lives on: it hears of the next save, and only that
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
        Assert.Equal(1, open.Loads);
    }

    [Theory]
    [InlineData("css/site.css", "p { color: rgb(4, 5, 6) }", "() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'", 1)]
    [InlineData("index.html", "<p id=p>new", "() => document.querySelector('#p')?.textContent === 'new'", 2)]
    public async Task What_changed_while_the_server_was_away_is_shown_when_it_is_back(string path, string text, string shown, int loads)
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.UntilAsync("() => performance.getEntriesByType('resource').length > 0");
        var port = site.Port;
        await site.StopServerAsync();
        FileTick.Wait(site.Root);
        site.Write(path, text);
        FileTick.Wait(site.Root);
        await site.StartServerAsync(port);
        await open.UntilAsync(shown);
        Assert.Equal(loads, open.Loads);
    }

    [Fact]
    public async Task A_page_that_was_saved_while_it_was_loading_catches_up()
    {
        await using var site = await SiteAsync();
        await using var profile = await chromium.NewProfileAsync();
        var page = await profile.NewPageAsync();
        var saved = false;
        await page.RouteAsync("**/client.js", async route =>
        {
            // The document is here, the client is not: this save happens before anybody listens.
            site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
            saved = true;
            await route.ContinueAsync();
        }, new() { Times = 1 });
        await page.GotoAsync($"http://localhost:{site.Port}/");
        await page.WaitForFunctionAsync("() => document.querySelector('#p')?.textContent === 'new'");
        Assert.True(saved);
    }

    [Fact]
    public async Task Another_pages_save_leaves_this_one_alone()
    {
        await using var site = await SiteAsync();
        site.Write("other.html", Page);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { window.kept = 42; }");
        site.Write("other.html", "<p>changed");
        site.Write("notes.txt", "nobody asked for this");
        site.Write("css/site.css", "p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
    }

    [Fact]
    public async Task A_page_that_is_not_there_shows_itself_when_it_is_made()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/new.html");
        await using var other = await OpenPage.OpenAsync(chromium, site, "/");
        site.Write("new.html", "<p id=p>here");
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'here'");
        Assert.Equal(1, other.Loads);
    }

    [Fact]
    public async Task A_style_sheet_with_a_mistake_leaves_the_old_one_and_its_repair_is_shown()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        File.Delete(site.At("css/site.css"));
        Assert.Equal("rgb(1, 2, 3)", await open.AskAsync<string>("() => getComputedStyle(document.querySelector('#p')).color"));
        site.Write("css/site.css", "p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        Assert.Equal(1, open.Loads);
    }

    [Fact]
    public async Task The_sample_site_updates()
    {
        await using var site = await TestSite.StartAsync(null, ("", Path.Combine(UnitTests.Architecture.Repository.Root, "samples", "hello")));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        site.Write("index.html", File.ReadAllText(site.At("index.html")).Replace("</body>", "<p id=added>added</p></body>", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#added')");
        Assert.Empty(open.Errors);
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(null, ("index.html", Page), ("css/site.css", Sheet));

    private static async Task ConnectedAgainAsync(TestSite site)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (site.Server.SocketCount == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

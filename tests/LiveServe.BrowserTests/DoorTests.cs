using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Behind each door a page lives as it does without one: it updates itself.</summary>
public sealed class DoorTests(Chromium chromium)
{
    private const string Page = "<!doctype html><html><head><title>t</title></head><body><p id=p>old</p></body></html>";

    [Fact]
    public async Task Behind_a_password_a_page_updates_itself()
    {
        await using var site = await SiteAsync(options => options with { Auth = new Credentials("ada", "secret") });
        var profile = await chromium.NewProfileAsync(new() { HttpCredentials = new() { Username = "ada", Password = "secret" } });
        await using var open = await OpenPage.OpenAsync(chromium, site, "/", profile);
        await UpdatesAsync(site, open);
    }

    [Fact]
    public async Task Behind_https_a_page_updates_itself_over_HTTP_2()
    {
        await using var site = await SiteAsync(options => options with { Https = true, ReportRequests = true });
        await using (var open = await OpenPage.OpenAsync(chromium, site, "/", await chromium.NewProfileAsync(new() { IgnoreHTTPSErrors = true })))
        {
            Assert.Equal("h2", await open.AskAsync<string>("() => performance.getEntriesByType('navigation')[0].nextHopProtocol"));
            await UpdatesAsync(site, open);
        }

        await site.EventAsync(happened => happened is RequestAnswered { Method: "CONNECT", Target: "/__liveserve/ws", Status: 200 }); // RFC 8441, said when it ends
    }

    [Fact]
    public async Task Plain_http_leads_to_https_in_the_browser()
    {
        await using var site = await SiteAsync(options => options with { Https = true });
        var page = await (await chromium.NewProfileAsync(new() { IgnoreHTTPSErrors = true })).NewPageAsync();
        await page.GotoAsync($"http://localhost:{site.Port}/?x=1");
        Assert.Equal($"https://localhost:{site.Port}/?x=1", page.Url);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_machine_scans_the_link_once_and_its_pages_update_themselves(bool https)
    {
        await using var site = await SiteAsync(options => options with { Lan = true, Https = https });
        var link = site.Server.Urls[1];
        var profile = await chromium.NewProfileAsync(new() { IgnoreHTTPSErrors = true });
        var stranger = await profile.NewPageAsync();
        var refusal = await stranger.GotoAsync(link.GetLeftPart(UriPartial.Path));
        Assert.Equal(403, refusal!.Status);
        Assert.Equal("Pair this machine", await stranger.TitleAsync());

        await using var open = await OpenPage.OpenAsync(chromium, site, link.AbsoluteUri, profile);
        Assert.Equal(link.GetLeftPart(UriPartial.Path), open.Page.Url);
        Assert.DoesNotContain("liveserve=", await open.AskAsync<string>("() => document.referrer + document.cookie + location.href"), StringComparison.Ordinal);
        await UpdatesAsync(site, open);

        await stranger.ClickAsync("a"); // the page that said how: opened again it shows the site
        await stranger.WaitForFunctionAsync("() => document.querySelector('#p')?.textContent === 'new'");
    }

    private static async Task UpdatesAsync(TestSite site, OpenPage open)
    {
        await open.AskAsync<object>("() => { window.kept = 42; }");
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'new'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
        Assert.Empty(open.Errors);
    }

    private static Task<TestSite> SiteAsync(Func<LiveServeOptions, LiveServeOptions> options) => TestSite.StartAsync(options, ("index.html", Page));
}

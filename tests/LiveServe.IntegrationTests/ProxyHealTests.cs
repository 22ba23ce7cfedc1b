using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Proxying;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>A back end that is away: what pages hear of it, and that they heal.</summary>
public sealed partial class ProxyHealTests
{
    private static readonly ProxyLimits Quick = ProxyLimits.Default with { Refused = TimeSpan.Zero, Between = TimeSpan.FromMilliseconds(10) };

    [Fact]
    public async Task Open_pages_hear_that_it_is_down_and_that_it_is_back()
    {
        using var port = new EmptyPort();
        await using var site = await SiteAsync(port);
        using var page = await OpenAsync(site, "/", doc: "");
        var failed = await RawHttp.GetAsync(site.Port, "/api/x", "Sec-Fetch-Dest: document");
        Assert.Equal(502, failed.Status);
        var problem = await page.SkipToAsync("problem");
        Assert.Equal($"proxy http://localhost:{port.Number}", problem.GetProperty("source").GetString());
        Assert.Contains("nothing listens there", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        using var late = await OpenAsync(site, "/", doc: "");
        Assert.Contains("nothing listens there", (await late.SkipToAsync("problem")).GetProperty("message").GetString(), StringComparison.Ordinal);
        using var failing = await OpenAsync(site, "/api/x", DocOf(failed.Text));

        var number = port.Number;
        port.Dispose();
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync("ok"), number);
        Assert.True((await page.SkipToAsync("problem")).GetProperty("cleared").GetBoolean());
        Assert.True((await late.SkipToAsync("problem")).GetProperty("cleared").GetBoolean());
        var update = await failing.SkipToAsync("updated");
        Assert.Equal("reload", update.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.True(update.GetProperty("seq").GetInt64() > 0);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/api/x")).Status);
        Assert.Equal(
            [$"http://localhost:{number} does not answer: nothing listens there.", $"http://localhost:{number} answers again."],
            site.Events.OfType<WarningRaised>().Select(warning => warning.Message));
    }

    [Fact]
    public async Task A_page_that_comes_too_late_to_hear_of_it_heals_too()
    {
        using var port = new EmptyPort();
        await using var site = await SiteAsync(port);
        var failed = await RawHttp.GetAsync(site.Port, "/api/x", "Sec-Fetch-Dest: document");
        var number = port.Number;
        port.Dispose();
        await using var backend = await Backend.StartAsync(context => context.Response.WriteAsync("ok"), number);
        await site.EventAsync(happened => happened is WarningRaised { Message: var message } && message.EndsWith("answers again.", StringComparison.Ordinal));
        using var failing = await OpenAsync(site, "/api/x", DocOf(failed.Text));
        Assert.Equal("reload", (await failing.SkipToAsync("updated")).GetProperty("items")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_back_end_that_crashes_on_a_request_is_asked_again_ever_later()
    {
        using var backend = RawBackend.Answering("");
        await using var site = await SiteAsync(backend.Url);
        for (var round = 0; round < 3; round++)
        {
            var failed = await RawHttp.GetAsync(site.Port, "/api/x", "Sec-Fetch-Dest: document");
            Assert.Equal(502, failed.Status);
            using var failing = await OpenAsync(site, "/api/x", DocOf(failed.Text));
            Assert.Equal("reload", (await failing.SkipToAsync("updated")).GetProperty("items")[0].GetProperty("kind").GetString());
        }

        Assert.Empty(site.Events.OfType<WarningRaised>()); // it is there: the page says what happened
    }

    [Fact]
    public async Task The_failures_page_is_escaped_and_carries_the_client_for_navigations_only()
    {
        using var port = new EmptyPort();
        await using var site = await SiteAsync(port);
        var page = await RawHttp.GetAsync(site.Port, "/api/%3Cscript%3E", "Sec-Fetch-Dest: document");
        Assert.Contains("/__liveserve/client.js", page.Text, StringComparison.Ordinal);
        Assert.Equal(("no-cache", ""), (page["Cache-Control"], page["ETag"]));
        Assert.DoesNotContain("<script>", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("client.js", (await RawHttp.GetAsync(site.Port, "/api/x", "Sec-Fetch-Dest: empty")).Text, StringComparison.Ordinal);
    }

    private static async Task<RawSocket> OpenAsync(TestSite site, string url, string doc) =>
        await RawSocket.OpenPageAsync(site.Port, url, doc, boot: null, seq: 0);

    private static Task<TestSite> SiteAsync(EmptyPort port) => SiteAsync(port.Url);

    private static Task<TestSite> SiteAsync(Uri url) => TestSite.StartAsync(options => options with
    {
        Proxies = [ProxyRule.Parse($"/api={url.GetLeftPart(UriPartial.Authority)}", out _)!], ProxyLimits = Quick,
    });

    private static string DocOf(string page) => Doc().Match(page).Groups[1].Value;

    [GeneratedRegex("data-doc=\"([0-9a-f]{32})\"")]
    private static partial Regex Doc();
}

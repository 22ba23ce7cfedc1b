using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>A page is told of saves, and people talk, where no WebSocket gets through.</summary>
public sealed class TransportTests(Chromium chromium)
{
    private const string Page = "<!doctype html><html><head><link rel=stylesheet href=site.css></head><body><p id=p>old</p></body></html>";

    private const string NoSockets = "window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 1006, reason: '' })); } close() {} };";

    public static TheoryData<Transport> Fallbacks => [Transport.Sse, Transport.Poll];

    [Theory, MemberData(nameof(Fallbacks))]
    public async Task A_page_is_patched_and_its_style_exchanged(Transport transport)
    {
        await using var site = await SiteAsync(transport);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { window.kept = 42; }");
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p').textContent === 'new'");
        site.Write("site.css", "p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
        Assert.Equal(1, open.Loads);
        Assert.Empty(open.Errors);
    }

    [Theory, MemberData(nameof(Fallbacks))]
    public async Task What_is_saved_while_the_server_is_away_is_shown_when_it_is_back(Transport transport)
    {
        await using var site = await SiteAsync(transport);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        var port = site.Port;
        await site.StopServerAsync();
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await site.StartServerAsync(port);
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'new'");
        site.Write("index.html", Page.Replace("old", "newer", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'newer'");
    }

    [Theory, MemberData(nameof(Fallbacks))]
    public async Task Two_people_talk(Transport transport)
    {
        await using var site = await SiteAsync(transport);
        await using var ann = await OpenPage.OpenAsync(chromium, site, "/__liveserve/chat");
        await using var bob = await OpenPage.OpenAsync(chromium, site, "/__liveserve/chat");
        foreach (var (who, name) in new[] { (ann, "Ann"), (bob, "Bob") })
        {
            await who.Page.GetByLabel("Name").FillAsync(name);
            await who.Page.GetByLabel("Name").PressAsync("Enter");
        }

        foreach (var (who, other) in new[] { (ann, bob), (bob, ann) })
        {
            await who.Page.GetByLabel("Message").FillAsync($"by {transport} from {(who == ann ? "Ann" : "Bob")}");
            await who.Page.GetByLabel("Message").PressAsync("Enter");
            await other.Page.GetByText($"by {transport} from {(who == ann ? "Ann" : "Bob")}").WaitForAsync();
        }
    }

    [Theory, MemberData(nameof(Fallbacks))]
    public async Task Eight_tabs_share_one_stream_so_that_a_ninth_loads_and_all_hear_of_saves(Transport transport)
    {
        await using var site = await SiteAsync(transport);
        await using var profile = await chromium.NewProfileAsync();
        var tabs = new List<OpenPage>();
        for (var i = 0; i < 9; i++)
        {
            tabs.Add(await OpenPage.OpenAsync(chromium, site, "/", profile)); // the seventh would never load with a stream for each
        }

        site.Write("site.css", "p { color: rgb(4, 5, 6) }");
        await Task.WhenAll(tabs.Select(tab => tab.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'")));
        await tabs[0].Page.CloseAsync(); // it read for all of them
        site.Write("site.css", "p { color: rgb(7, 8, 9) }");
        await Task.WhenAll(tabs.Skip(1).Select(tab => tab.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(7, 8, 9)'")));
        Assert.All(tabs.Skip(1), tab => Assert.Equal(1, tab.Loads));
        Assert.All(tabs.Skip(1), tab => Assert.Empty(tab.Errors));
    }

    [Fact]
    public async Task Where_the_upgrade_gets_through_and_frames_do_not_events_are_used()
    {
        await using var site = await SiteAsync();
        await using var box = MiddleBox.Before(site.Port, swallowsFrames: true);
        await ShowsASaveAsync(site, box.UrlOf("/"), "/events?");
    }

    [Fact]
    public async Task Where_upgrades_are_refused_events_are_used_and_the_tabs_next_page_knows()
    {
        await using var site = await SiteAsync();
        await using var box = MiddleBox.Before(site.Port, refusesUpgrades: true);
        await using var profile = await chromium.NewProfileAsync();
        var sockets = 0;
        profile.Page += (_, page) => page.WebSocket += (_, _) => sockets++;
        await using var open = await OpenPage.OpenAsync(chromium, null, box.UrlOf("/"), profile);
        var tried = sockets;
        Assert.InRange(tried, 1, 2);
        await open.Page.ReloadAsync();
        await open.Page.WaitForRequestAsync("**/send?*");
        Assert.Equal(tried, sockets);
    }

    [Fact]
    public async Task Where_events_are_held_back_too_pages_poll()
    {
        await using var site = await SiteAsync();
        await using var box = MiddleBox.Before(site.Port, refusesUpgrades: true, holdsStreamsBack: true);
        await ShowsASaveAsync(site, box.UrlOf("/"), "/poll?");
    }

    [Fact]
    public async Task When_sockets_get_through_again_the_page_goes_back_to_one()
    {
        await using var site = await SiteAsync();
        await using var box = MiddleBox.Before(site.Port, refusesUpgrades: true);
        await using var profile = await chromium.NewProfileAsync();
        await profile.Clock.InstallAsync();
        await using var open = await OpenPage.OpenAsync(chromium, null, box.UrlOf("/"), profile);
        box.RefusesUpgrades = false;
        var adopted = new TaskCompletionSource();
        open.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (frame.Text?.Contains("\"hello\"", StringComparison.Ordinal) == true)
            {
                adopted.TrySetResult();
            }
        };
        await profile.Clock.FastForwardAsync(60_000);
        await adopted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p').textContent === 'new'");
        Assert.Equal(1, open.Loads);
        await UntilAsync(() => site.Server.SocketCount == 1); // it has said goodbye to the stream
    }

    [Fact]
    public async Task Where_tabs_cannot_share_a_stream_they_ask_once_a_second_and_hold_nothing()
    {
        await using var site = await TestSite.StartAsync(options => options with { Lan = true, Pairing = false, ReportRequests = true }, ("index.html", Page), ("site.css", "p { color: rgb(1, 2, 3) }"));
        await using var profile = await chromium.NewProfileAsync();
        await profile.AddInitScriptAsync(NoSockets);
        var url = $"http://{ReachableAddresses.OfThisMachine()[0]}:{site.Port}/"; // neither https nor localhost: no locks
        await ShowsASaveAsync(site, url, "/poll?", profile);
        Assert.DoesNotContain(site.Events, happened => happened is RequestAnswered { Target: var target } && target.Contains("/events", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_breaks_goes_on_without_the_page_noticing()
    {
        await using var site = await SiteAsync(Transport.Sse);
        await using var box = MiddleBox.Before(site.Port);
        await using var profile = await chromium.NewProfileAsync();
        var opened = 0;
        profile.Request += (_, request) => opened += request.Url.Contains("/__liveserve/open", StringComparison.Ordinal) ? 1 : 0;
        await using var open = await OpenPage.OpenAsync(chromium, null, box.UrlOf("/"), profile);
        await open.Page.RunAndWaitForRequestAsync(() =>
        {
            box.BreakStream();
            return Task.CompletedTask;
        }, "**/events?*");
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p').textContent === 'new'");
        Assert.Equal((1, 1), (opened, open.Loads));
    }

    [Fact]
    public async Task Where_a_browser_takes_the_certificate_for_pages_and_not_for_sockets_events_are_used()
    {
        await using var site = await TestSite.StartAsync(options => options with { Https = true }, ("index.html", Page), ("site.css", "p { color: rgb(1, 2, 3) }"));
        await using var profile = await chromium.NewProfileAsync(new() { IgnoreHTTPSErrors = true });
        await profile.AddInitScriptAsync(NoSockets);
        await ShowsASaveAsync(site, site.Server.Url.AbsoluteUri, "/events?", profile);
    }

    [Fact]
    public async Task A_server_that_is_merely_down_is_no_reason_for_anything_but_the_socket()
    {
        await using var site = await SiteAsync();
        await using var profile = await chromium.NewProfileAsync();
        var others = new List<string>();
        profile.Request += (_, request) => { if (request.Url.Contains("/__liveserve/transports/", StringComparison.Ordinal) || request.Url.EndsWith("/open", StringComparison.Ordinal)) others.Add(request.Url); };
        await using var open = await OpenPage.OpenAsync(chromium, site, "/", profile);
        var port = site.Port;
        for (var i = 1; i <= 2; i++)
        {
            await site.StopServerAsync();
            var again = open.Page.WaitForWebSocketAsync();
            await again; // it has noticed, and keeps trying
            await site.StartServerAsync(port);
            site.Write("index.html", Page.Replace("old", $"v{i}", StringComparison.Ordinal));
            await open.UntilAsync($"() => document.querySelector('#p')?.textContent === 'v{i}'");
        }

        Assert.Empty(others);
    }

    [Fact]
    public async Task Nothing_of_it_is_loaded_where_sockets_work()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.Equal(0, await open.AskAsync<int>("() => performance.getEntriesByType('resource').filter(e => e.name.includes('/transports/') || e.name.includes('/open')).length"));
    }

    [Fact]
    public async Task A_page_whose_policy_takes_scripts_by_nonce_only_gets_it_too()
    {
        const string Policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'self'; script-src 'nonce-abc'; connect-src 'self'\">";
        await using var site = await TestSite.StartAsync(options => options with { Transport = Transport.Sse },
            ("index.html", Page.Replace("<head>", "<head>" + Policy + "<script nonce=abc></script>", StringComparison.Ordinal)), ("site.css", "p { color: rgb(1, 2, 3) }"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        site.Write("site.css", "p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
    }

    private async Task ShowsASaveAsync(TestSite site, string url, string by, IBrowserContext? profile = null)
    {
        profile ??= await chromium.NewProfileAsync();
        var told = new TaskCompletionSource();
        profile.Request += (_, request) =>
        {
            if (request.Url.Contains("/__liveserve" + by, StringComparison.Ordinal))
            {
                told.TrySetResult();
            }
        };
        await using var open = await OpenPage.OpenAsync(chromium, null, url, profile);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p').textContent === 'new'");
        Assert.Equal(1, open.Loads);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Task<TestSite> SiteAsync(Transport transport = Transport.Auto) => TestSite.StartAsync(
        options => options with { Transport = transport }, ("index.html", Page), ("site.css", "p { color: rgb(1, 2, 3) }"));
}

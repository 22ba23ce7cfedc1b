using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Each page hears of what it shows and uses, wherever it was meanwhile, and of nothing else.</summary>
public sealed class TargetingTests(Chromium chromium)
{
    private const string Picture = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";

    [Fact]
    public async Task A_picture_that_was_missing_appears_and_the_page_stays()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><title>t</title><img id=i src=late.svg>"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { window.kept = 42; }");
        site.Write("late.svg", Picture);
        await open.UntilAsync("() => document.querySelector('#i').naturalWidth === 10");
        Assert.Equal((42, 1), (await open.AskAsync<int>("() => window.kept"), open.Loads));
    }

    [Fact]
    public async Task A_script_that_was_missing_runs_when_it_is_there()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><title>t</title><script src=late.js></script>"), ("other.html", "<!doctype html><title>o</title>"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await using var other = await OpenPage.OpenAsync(chromium, site, "/other.html");
        site.Write("late.js", "window.late = 1");
        await open.UntilAsync("() => window.late === 1");
        Assert.Equal(1, other.Loads);
    }

    [Fact]
    public async Task A_frames_page_updates_in_its_frame_and_the_page_around_it_stays()
    {
        await using var site = await TestSite.StartAsync(null,
            ("index.html", "<!doctype html><title>t</title><iframe id=f src=inner.html></iframe>"), ("inner.html", "<!doctype html><title>i</title><p>old"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.UntilAsync("() => document.querySelector('#f').contentDocument?.querySelector('p')");
        await open.AskAsync<object>("() => { window.kept = 42; window.frame = document.querySelector('#f'); }");
        site.Write("inner.html", "<!doctype html><title>i</title><script>window.ran = 1</script><p>new"); // a new script: the frame loads again
        await open.UntilAsync("() => window.frame.contentDocument?.querySelector('p')?.textContent === 'new' && window.frame.contentWindow.ran === 1");
        Assert.Equal((42, 1), (await open.AskAsync<int>("() => window.kept"), open.Loads));
    }

    [Fact]
    public async Task Seven_tabs_of_one_page_all_update_and_pages_still_load()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><title>t</title><p>old"));
        await using var profile = await chromium.NewProfileAsync();
        var tabs = new List<OpenPage>();
        for (var i = 0; i < 7; i++)
        {
            tabs.Add(await OpenPage.OpenAsync(chromium, site, "/", profile));
        }

        site.Write("index.html", "<!doctype html><title>t</title><p>new");
        await Task.WhenAll(tabs.Select(tab => tab.UntilAsync("() => document.querySelector('p')?.textContent === 'new'")));
        Assert.All(tabs, tab => Assert.Equal(1, tab.Loads));
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/")).Status);
    }

    [Fact]
    public async Task A_page_that_one_comes_back_to_shows_what_was_saved_meanwhile()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><title>t</title><p>old"), ("other.html", "<!doctype html><title>o</title><p>other"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.Page.GotoAsync($"http://localhost:{site.Port}/other.html");
        using var plain = await RawSocket.OpenAsync(site.Port);
        site.Write("index.html", "<!doctype html><title>t</title><p>new");
        await plain.SkipToAsync("updated");
        await open.Page.GoBackAsync(new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit }); // what the cache brings back does not load
        await open.UntilAsync("() => document.querySelector('p')?.textContent === 'new'");
        site.Write("index.html", "<!doctype html><title>t</title><p>newer"); // and it is connected again
        await open.UntilAsync("() => document.querySelector('p')?.textContent === 'newer'");
    }

    [Fact]
    public async Task A_prerendered_page_shows_what_was_saved_before_it_came_to_the_front()
    {
        const string Rules = """<script type=speculationrules>{"prerender":[{"source":"list","urls":["/next.html"],"eagerness":"immediate"}]}</script>""";
        await using var site = await TestSite.StartAsync(options => options with { ReportRequests = true },
            ("index.html", $"<!doctype html><title>t</title>{Rules}<a href=next.html>next</a>"), ("next.html", "<!doctype html><title>n</title><p>old"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await site.EventAsync(happened => happened is RequestAnswered { Target: "/next.html" });
        using var plain = await RawSocket.OpenAsync(site.Port);
        site.Write("next.html", "<!doctype html><title>n</title><p>new");
        await plain.SkipToAsync("updated");
        await open.Page.ClickAsync("a");
        await open.Page.WaitForURLAsync("**/next.html");
        await open.UntilAsync("() => document.querySelector('p')?.textContent === 'new'");
    }

    [Fact]
    public async Task A_checkout_reloads_a_page_once_at_the_most()
    {
        await using var site = await TestSite.StartAsync(null, [
            ("index.html", "<!doctype html><title>t</title><link rel=stylesheet href=f0.css><script src=f1.js></script><p>old"),
            (".git/HEAD", "ref: refs/heads/main"),
            .. Enumerable.Range(0, 100).Select(i => (i == 0 ? "f0.css" : $"f{i}.js", $"/* old {i} */"))]);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        site.Write(".git/index.lock", ""); // as git does for as long as it works
        foreach (var i in Enumerable.Range(0, 100))
        {
            site.Write(i == 0 ? "f0.css" : $"f{i}.js", $"/* new {i} */");
        }

        site.Write("index.html", "<!doctype html><title>t</title><link rel=stylesheet href=f0.css><script src=f1.js></script><p>new");
        File.Delete(site.At(".git/index.lock"));
        await open.UntilAsync("() => document.querySelector('p')?.textContent === 'new'");
        Assert.Equal(2, open.Loads);
    }
}

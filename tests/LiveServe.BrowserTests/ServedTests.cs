using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>What is served, in a real browser: listings, an app's routes, sounds that are wound.</summary>
public sealed class ServedTests(Chromium chromium)
{
    [Fact]
    public async Task A_listing_is_sorted_by_a_click_and_shows_files_as_they_come_and_go()
    {
        await using var site = await TestSite.StartAsync(null, ("small.txt", "x"), ("large.txt", new string('x', 5000)), ("sub/deep.txt", "x"), ("<b>&amp;\"'.txt", "x"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.Equal("sub/ <b>&amp;\"'.txt large.txt small.txt", await NamesAsync(open));
        await open.Page.ClickAsync("th a:text('Size')");
        await open.UntilAsync("() => document.querySelector('th[aria-sort=descending]')?.textContent === 'Size' && performance.timing.loadEventEnd");
        Assert.Equal("sub/ large.txt <b>&amp;\"'.txt small.txt", await NamesAsync(open));
        await open.Page.WaitForFunctionAsync("() => !document.querySelector('script')"); // our client has taken its element away: it runs
        site.Write("new.txt", new string('x', 9000));
        await open.UntilAsync("() => /new.txt/.test(document.body.textContent)");
        Assert.Equal("sub/ new.txt large.txt <b>&amp;\"'.txt small.txt", await NamesAsync(open));
        File.Delete(site.At("small.txt"));
        await open.UntilAsync("() => !/small.txt/.test(document.body.textContent)");
        await open.Page.ClickAsync("text=sub/");
        await open.UntilAsync("() => /deep.txt/.test(document.body.textContent)");
        Assert.Equal("?sort=size&order=desc", new Uri(open.Page.Url).Query);
        await open.Page.ClickAsync("nav a");
        await open.UntilAsync("() => /large.txt/.test(document.body.textContent)");
        await open.Page.ClickAsync("text=<b>");
        await open.UntilAsync("() => document.body.textContent === 'x'");
        Assert.Empty(open.Errors); // its own policy forbids nothing that it does
    }

    [Fact]
    public async Task An_open_listing_becomes_the_page_that_is_made_in_it()
    {
        await using var site = await TestSite.StartAsync(null, ("sub/x.txt", "x"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/sub/");
        site.Write("sub/index.html", "<!doctype html><title>made</title><script>document.title += ' and run'</script>");
        await open.UntilAsync("() => document.title === 'made and run'"); // not under the listing's policy
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task An_apps_page_is_patched_at_any_of_its_routes()
    {
        await using var site = await TestSite.StartAsync(options => options with { SpaFile = "index.html" },
            ("index.html", "<!doctype html><link rel=stylesheet href=/app.css><p>old</p><i>made by a script</i><script src=/app.js></script>"), ("app.js", "document.querySelector('i').textContent = location.pathname"), ("app.css", "p{color:red}"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/users/jane.doe");
        Assert.Equal("/users/jane.doe", await open.AskAsync<string>("() => document.querySelector('i').textContent"));
        site.Write("index.html", File.ReadAllText(site.At("index.html")).Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('p').textContent === 'new'");
        Assert.Equal("/users/jane.doe", await open.AskAsync<string>("() => document.querySelector('i').textContent"));
        site.Write("app.css", "p{color:lime}");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('p')).color === 'rgb(0, 255, 0)'");
        Assert.Equal(1, open.Loads);
        site.Write("app.js", "document.querySelector('i').textContent = 'again'");
        await open.UntilAsync("() => document.querySelector('i').textContent === 'again'");
        Assert.Equal(2, open.Loads);
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_long_sound_is_wound_by_ranges()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<audio preload=metadata src=long.wav></audio>"));
        WriteSilence(site.At("long.wav"));
        var profile = await chromium.NewProfileAsync();
        var wound = new TaskCompletionSource();
        profile.Response += (_, answer) =>
        {
            if (answer.Status == 206 && long.Parse(answer.Headers["content-range"].Split(' ', '-')[1]) > 200_000_000)
            {
                wound.TrySetResult();
            }
        };
        await using var open = await OpenPage.OpenAsync(chromium, site, "/", profile);
        await open.UntilAsync("() => document.querySelector('audio').readyState > 0");
        await open.AskAsync<object>("() => new Promise((done, failed) => Object.assign(document.querySelector('audio'), { onseeked: () => done(1), onerror: failed, currentTime: 17000 }))");
        await open.UntilAsync("() => (audio => audio.currentTime === 17000 && audio.readyState >= 2 && audio.seekable.end(0) === 18000)(document.querySelector('audio'))");
        await wound.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(open.Errors);
    }

    private static Task<string> NamesAsync(OpenPage open) => open.AskAsync<string>("() => [...document.querySelectorAll('tbody bdi')].map(name => name.textContent).join(' ')");

    // Five hours at 8 kHz, 16 bit, one channel; a hole after the head, so that it takes no room.
    private static void WriteSilence(string path)
    {
        const int Length = 18_000 * 16_000;
        using var file = File.Create(path);
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8_000);
        writer.Write(16_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(Length);
        writer.Flush();
        file.SetLength(44 + Length);
    }
}

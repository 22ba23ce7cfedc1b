using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>A site under a path, as a browser has it.</summary>
public sealed class BaseTests(Chromium chromium)
{
    private const string Page = "<!doctype html><html><head><title>t</title><link rel=icon href='data:,'><link rel=stylesheet href=/app/css/site.css></head>"
        + "<body><p id=p>old</p><img src=pics/a.svg><iframe src=inner.html></iframe></body></html>";

    private const string Picture = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";

    [Fact]
    public async Task Sheets_text_pictures_and_frames_are_brought_up_to_date_in_place()
    {
        await using var site = await StartAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.Equal("/app/", await open.AskAsync<string>("() => location.pathname"));
        await open.UntilAsync("() => document.readyState === 'complete' && document.querySelector('img').naturalWidth === 10");
        await open.AskAsync<object>("() => { window.kept = 42; }");

        site.Write("css/site.css", "@import 'theme.css'; p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        site.Write("css/theme.css", "p { margin-left: 7px; background-image: url(/app/pics/a.svg) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).marginLeft === '7px'");
        site.Write("pics/a.svg", Picture.Replace("10", "20", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('img').naturalWidth === 20");
        site.Write("index.html", Page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p').textContent === 'new'");
        site.Write("inner.html", Inner("two"));
        await open.UntilAsync("() => document.querySelector('iframe').contentDocument.querySelector('i')?.textContent === 'two'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_missing_page_and_an_open_listing_heal()
    {
        await using var site = await StartAsync();
        await using var missing = await OpenPage.OpenAsync(chromium, site, "/app/about");
        await using var listing = await OpenPage.OpenAsync(chromium, site, "/app/css/");
        site.Write("about.html", "<!doctype html><title>t</title><p id=p>here");
        await missing.UntilAsync("() => document.querySelector('#p')?.textContent === 'here'");
        site.Write("css/more.css", "p{}");
        await listing.Page.GetByText("more.css").WaitForAsync();
        await listing.Page.GetByText("Parent folder").ClickAsync();
        await listing.UntilAsync("() => location.pathname === '/app/'");
    }

    [Fact]
    public async Task The_room_is_there_and_a_page_finds_it()
    {
        await using var site = await StartAsync();
        await using var room = await OpenPage.OpenAsync(chromium, site, "/app/__liveserve/chat");
        await room.Page.GetByLabel("Name").FillAsync("Ann");
        await room.Page.GetByLabel("Name").PressAsync("Enter");
        await room.Page.GetByLabel("Message").FillAsync("good morning");
        await room.Page.GetByLabel("Message").PressAsync("Enter");
        await room.Page.GetByText("good morning").WaitForAsync();
        Assert.Empty(room.Errors);

        await using var open = await OpenPage.OpenAsync(chromium, site, "/app/");
        var panel = open.Page.WaitForRequestAsync("**/app/__liveserve/chat/panel.js");
        await open.Page.Mouse.ClickAsync(open.Page.ViewportSize!.Width - 40, open.Page.ViewportSize.Height - 40);
        await panel;
    }

    private static Task<TestSite> StartAsync() => TestSite.StartAsync(options => options with { Base = "/app/" },
        ("index.html", Page), ("inner.html", Inner("one")), ("css/site.css", "@import 'theme.css'; p { color: rgb(1, 2, 3) }"), ("css/theme.css", "p { margin-left: 1px }"),
        ("pics/a.svg", Picture));

    private static string Inner(string text) => $"<!doctype html><title>t</title><link rel=icon href='data:,'><i>{text}</i>";
}

using LiveServe.IntegrationTests.Harness;
using Microsoft.AspNetCore.Http;

namespace LiveServe.BrowserTests;

/// <summary>Pages of a back end, with a browser in front.</summary>
public sealed class ProxyTests(Chromium chromium)
{
    private const string Page = "<!doctype html><html><head><title>t</title><link rel=icon href='data:,'><link rel=stylesheet href=/site.css><script src=/site.js></script></head><body><p id=p>backend";

    // The overlay's shadow root is closed to the page; the test looks in.
    private const string OpenRoots =
        "const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (o) { return attach.call(this, { ...o, mode: 'open' }); };";

    [Fact]
    public async Task A_back_ends_page_is_updated_when_a_file_of_the_folder_is_saved()
    {
        await using var backend = await Backend.StartAsync(AnswerAsync);
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] }, ("site.css", "p { color: rgb(1, 2, 3) }"), ("site.js", "window.version = 1;"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/app/");
        Assert.Equal("backend", await open.AskAsync<string>("() => document.querySelector('#p').textContent"));
        Assert.Equal("same", await open.AskAsync<string>("() => new Promise(resolve => { const s = new WebSocket('/app/ws'); s.onmessage = e => { s.close(4001); resolve(e.data); }; s.onopen = () => s.send('same'); })"));
        site.Write("site.css", "p { color: rgb(4, 5, 6) }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(4, 5, 6)'");
        Assert.Equal(1, open.Loads);
        site.Write("site.js", "window.version = 2;");
        await open.UntilAsync("() => window.version === 2 && document.querySelector('#p')?.textContent === 'backend'");
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_page_without_its_back_end_says_so_and_comes_up_by_itself()
    {
        using var port = new EmptyPort();
        await using var site = await TestSite.StartAsync(
            options => options with { Proxies = [Rule(port.Url)] }, ("index.html", "<!doctype html><title>t</title><link rel=icon href='data:,'><p id=p>file"));
        var profile = await chromium.NewProfileAsync();
        await profile.AddInitScriptAsync(OpenRoots);
        await using var file = await OpenPage.OpenAsync(chromium, site, "/", profile);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/app/");
        await open.Page.GetByText($"http://localhost:{port.Number} does not answer").WaitForAsync();
        await file.Page.GetByText("does not answer").WaitForAsync(); // over the page, which goes on below
        Assert.Equal("file", await file.AskAsync<string>("() => document.querySelector('#p').textContent"));
        Assert.Equal(0, await open.Page.Locator("liveserve-overlay").CountAsync());

        var number = port.Number;
        port.Dispose();
        await using var backend = await Backend.StartAsync(AnswerAsync, number);
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'backend'");
        await file.UntilAsync("() => !document.querySelector('liveserve-overlay')");
        Assert.Equal((2, 1), (open.Loads, file.Loads));
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Page);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
    }

    private static ProxyRule Rule(Uri backend) => ProxyRule.Parse($"/app={backend.GetLeftPart(UriPartial.Authority)}", out _)!;
}

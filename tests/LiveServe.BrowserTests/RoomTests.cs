using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>People talk on the page.</summary>
public sealed class RoomTests(Chromium chromium)
{
    [Fact]
    public async Task Two_tabs_talk()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomAsync(site, "Ann");
        await using var bob = await RoomAsync(site, "Bob");
        await SayAsync(ann, "hello from Ann");
        await bob.Page.GetByText("hello from Ann").WaitForAsync();
        await SayAsync(bob, "hello from Bob");
        await ann.Page.GetByText("hello from Bob").WaitForAsync();
    }

    [Fact]
    public async Task Who_comes_later_sees_what_was_said()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomAsync(site, "Ann");
        await SayAsync(ann, "said before");
        await ann.Page.GetByText("said before").WaitForAsync();
        await using var bob = await RoomAsync(site, "Bob");
        await bob.Page.GetByText("said before").WaitForAsync();
    }

    [Theory]
    [InlineData("<script>window.pwned = 1</script>")]
    [InlineData("<img src=x onerror='window.pwned = 1'>")]
    [InlineData("<svg onload='window.pwned = 1'>")]
    [InlineData("<iframe srcdoc=\"<script>parent.pwned = 1</script>\">")]
    [InlineData("javascript:window.pwned=1")]
    public async Task Markup_is_shown_and_not_run(string payload)
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomAsync(site, "Ann");
        await using var bob = await RoomAsync(site, "Bob");
        await SayAsync(ann, payload);
        await bob.Page.GetByText(payload, new() { Exact = true }).WaitForAsync();
        Assert.False(await bob.AskAsync<bool>("() => 'pwned' in window"));
        Assert.Empty(bob.Errors);
    }

    [Fact]
    public async Task The_button_in_a_page_loads_nothing_before_it_is_pressed_and_leaves_the_page_alone()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><style>* { outline: 3px solid red !important }</style><body><p>x</p></body>"));
        await using var profile = await chromium.NewProfileAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/", profile);
        await open.UntilAsync("() => document.querySelector('liveserve-chat')");
        Assert.Equal("html", await open.AskAsync<string>("() => document.querySelector('liveserve-chat').parentElement.localName"));
        Assert.True(await open.AskAsync<bool>("() => document.querySelector('liveserve-chat').shadowRoot === null"));
        Assert.Equal(1, await open.AskAsync<int>("() => document.body.children.length"));
        Assert.Equal(0, await open.AskAsync<int>("() => performance.getEntriesByType('resource').filter(e => e.name.includes('panel.js')).length"));
        Assert.True(await open.AskAsync<bool>("() => document.documentElement.scrollHeight <= innerHeight"));

        var panel = open.Page.WaitForRequestAsync("**/panel.js");
        await open.Page.Mouse.ClickAsync(open.Page.ViewportSize!.Width - 40, open.Page.ViewportSize.Height - 40); // closed: only a pointer gets in
        await panel;
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("none", await open.AskAsync<string>("() => getComputedStyle(document.querySelector('liveserve-chat')).display"));
    }

    private async Task<OpenPage> RoomAsync(TestSite site, string name)
    {
        var open = await OpenPage.OpenAsync(chromium, site, "/__liveserve/chat");
        await open.Page.GetByLabel("Name").FillAsync(name);
        await open.Page.GetByLabel("Name").PressAsync("Enter");
        return open;
    }

    private static async Task SayAsync(OpenPage open, string text)
    {
        await open.Page.GetByLabel("Message").FillAsync(text);
        await open.Page.GetByLabel("Message").PressAsync("Enter");
    }
}

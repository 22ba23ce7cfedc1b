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
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await ann.SayAsync("hello from Ann");
        await bob.SeesAsync("hello from Ann");
        await bob.SayAsync("hello from Bob");
        await ann.SeesAsync("hello from Bob");
        Assert.Equal(1, await ann.Row("hello from Ann").CountAsync()); // the confirmed one, not the one that was on its way beside it
        Assert.Empty(ann.Open.Errors.Concat(bob.Open.Errors));
    }

    [Fact]
    public async Task Who_comes_later_sees_what_was_said()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.SayAsync("said before");
        await ann.SeesAsync("said before");
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await bob.SeesAsync("said before");
    }

    [Fact]
    public async Task Twenty_fast_messages_arrive_in_order_and_each_once()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        for (var i = 0; i < 20; i++)
        {
            await ann.Message.PressSequentiallyAsync($"m{i:00}");
            await ann.Message.PressAsync("Enter");
        }

        Assert.Equal("", await ann.Message.InputValueAsync());
        await bob.SeesAsync("m19");
        var expected = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"m{i:00}"));
        Assert.Equal(expected, string.Join(' ', await bob.Log.Locator(".text").AllInnerTextsAsync()));
        await ann.Page.WaitForFunctionAsync("() => !document.querySelector('liveserve-chat').shadowRoot.querySelector('.pending')");
        Assert.Equal(expected, string.Join(' ', await ann.Log.Locator(".text").AllInnerTextsAsync()));
        Assert.Equal(0, await ann.Log.Locator(".failed").CountAsync());
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
}

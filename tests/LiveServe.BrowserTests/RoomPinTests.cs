using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>A comment stands at the element that it is about, or says that the element is gone.</summary>
public sealed class RoomPinTests(Chromium chromium)
{
    private const string Page = """
        <!doctype html><link rel=stylesheet href=site.css><h1>Heading</h1><p>The first paragraph</p><p class=second>The second paragraph</p><div style="height:3000px"></div><p>The last paragraph</p>
        """;

    [Fact]
    public async Task A_pin_follows_its_element_and_survives_a_style_a_patch_and_a_reload()
    {
        await using var site = await SiteAsync();
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        await PinAsync(ann, "p.second", "make this larger");
        var marker = ann.Page.Locator(".marker");
        await Assertions.Expect(marker).ToHaveTextAsync("1");
        await AtAsync(ann, "p.second");
        Assert.Equal(0, await ann.Open.AskAsync<int>("() => document.body.querySelectorAll('[class*=marker], liveserve-chat').length")); // the page's own elements only

        await ann.Page.EvaluateAsync("() => scrollTo(0, 40)");
        await AtAsync(ann, "p.second");
        await ann.Page.EvaluateAsync("() => scrollTo(0, 0)");
        site.Write("site.css", "h1 { margin-top: 200px }");
        await ann.Open.UntilAsync("() => document.querySelector('h1').getBoundingClientRect().top > 150");
        await AtAsync(ann, "p.second");
        site.Write("index.html", Page.Replace("<p>The first", "<p>Something new</p><p>The first", StringComparison.Ordinal));
        await ann.Open.UntilAsync("() => document.querySelectorAll('p').length === 4");
        await AtAsync(ann, "p.second");
        Assert.Equal(1, ann.Open.Loads);

        await ann.Page.ReloadAsync();
        await marker.WaitForAsync();
        await AtAsync(ann, "p.second");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Close the room" }).ClickAsync();
        await ann.Page.ReloadAsync();
        await marker.WaitForAsync(); // with the panel closed, too
        await marker.ClickAsync();
        await ann.SeesAsync("make this larger");
    }

    [Fact]
    public async Task When_the_element_is_gone_the_message_says_so_and_keeps_its_words()
    {
        await using var site = await SiteAsync();
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        await PinAsync(ann, "p.second", "make this larger");
        await ann.Page.Locator(".marker").WaitForAsync();
        site.Write("index.html", Page.Replace("<p class=second>The second paragraph</p>", "", StringComparison.Ordinal));
        await RoomPage.SaysAsync(ann.Row("make this larger").Locator(".pin-chip.gone"), "The element is gone. The second paragraph");
        Assert.True(await ann.Page.Locator(".marker").IsHiddenAsync()); // and stands at no other element
        site.Write("index.html", Page);
        await ann.Page.Locator(".marker").WaitForAsync();
        await AtAsync(ann, "p.second");
    }

    [Fact]
    public async Task Another_page_is_named_and_hostile_selectors_are_not_asked()
    {
        await using var site = await SiteAsync();
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        using var person = await RawPerson.EnterAsync(site, "Bob");
        int[] box = [0, 0, 10, 10];
        await person.SayAsync("elsewhere", pin: new { selector = "#x", text = "their words", box }, page: "/about.html");
        await person.SayAsync("costly", pin: new { selector = ":is(*:has(* *)):has(* > *)", text = "Heading of nothing", box }, page: "/");
        await person.SayAsync("broken", pin: new { selector = "h1[", text = "", box }, page: "/");
        await ann.SeesAsync("broken");
        Assert.Equal("/about.html", await ann.Row("elsewhere").Locator("a.page").GetAttributeAsync("href").ContinueWith(href => new Uri(href.Result!).AbsolutePath, TaskScheduler.Default));
        await RoomPage.SaysAsync(ann.Row("costly").Locator(".pin-chip.gone"), "The element is gone.");
        await RoomPage.SaysAsync(ann.Row("broken").Locator(".pin-chip.gone"), "The element is gone.");
        Assert.Empty(ann.Open.Errors);
    }

    [Fact]
    public async Task An_element_is_chosen_without_the_page_knowing_by_mouse_or_keys()
    {
        await using var site = await SiteAsync();
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        await ann.Page.EvaluateAsync("() => { window.clicks = []; for (const type of ['click', 'mousedown', 'pointerdown', 'keydown']) document.addEventListener(type, event => clicks.push(type)); }");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await ann.Page.Keyboard.PressAsync("ArrowDown");
        await ann.Page.Keyboard.PressAsync("ArrowRight");
        await RoomPage.SaysAsync(ann.Page.Locator(".pick-label"), "<p>");
        await ann.Page.Keyboard.PressAsync("Enter");
        await RoomPage.SaysAsync(ann.Page.Locator(".chip").First, "The first paragraph");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(ann.Message).ToBeFocusedAsync();
        await PinAsync(ann, "body > h1", "about the heading");
        await ann.Page.Locator(".marker").WaitForAsync();
        Assert.Equal("", await ann.Open.AskAsync<string>("() => clicks.join()"));
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(null, ("index.html", Page), ("site.css", "h1 { color: red }"));

    private static async Task PinAsync(RoomPage room, string selector, string text)
    {
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Pin", Exact = true }).ClickAsync();
        var box = (await room.Page.Locator(selector).BoundingBoxAsync())!;
        await room.Page.Mouse.ClickAsync(box.X + 4, box.Y + 4);
        await room.SayAsync(text);
        await room.SeesAsync(text);
    }

    // At the element's upper right corner, at the window's edge when that is outside.
    private static Task AtAsync(RoomPage room, string selector) => room.Page.WaitForFunctionAsync("""
        selector => {
          const marker = document.querySelector('liveserve-chat').shadowRoot.querySelector('.marker').getBoundingClientRect();
          const box = document.querySelector(selector).getBoundingClientRect();
          return Math.abs(marker.top + 13 - Math.max(box.top, 16)) < 2 && Math.abs(marker.left + 13 - Math.min(box.right, innerWidth - 16)) < 2;
        }
        """, selector);
}

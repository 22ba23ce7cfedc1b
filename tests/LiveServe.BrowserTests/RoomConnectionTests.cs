using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>The panel says what the connection is doing, and loses nothing that somebody has written.</summary>
public sealed class RoomConnectionTests(Chromium chromium)
{
    [Fact]
    public async Task The_fields_are_on_only_with_a_name_and_a_connection()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "");
        await RoomPage.SaysAsync(ann.Status, "connected");
        await Assertions.Expect(ann.Message).ToBeDisabledAsync();
        await Assertions.Expect(ann.Send).ToBeDisabledAsync();
        await Assertions.Expect(ann.Message).ToHaveAttributeAsync("placeholder", "Type your name first");

        await ann.Name.FillAsync("Ann");
        await ann.Name.PressAsync("Enter");
        await Assertions.Expect(ann.Message).ToBeEnabledAsync();
        await Assertions.Expect(ann.Message).ToBeFocusedAsync();
        await Assertions.Expect(ann.Send).ToBeDisabledAsync(); // nothing to send
        await ann.Message.FillAsync("kept over the break");
        await Assertions.Expect(ann.Send).ToBeEnabledAsync();

        var port = site.Port;
        await site.StopServerAsync();
        await RoomPage.SaysAsync(ann.Status, "disconnected");
        await ann.Page.Locator(".status").Filter(new() { HasTextRegex = new("reconnecting in [12] s") }).WaitForAsync();
        await Assertions.Expect(ann.Message).ToBeDisabledAsync();
        await Assertions.Expect(ann.Send).ToBeDisabledAsync();
        Assert.Equal("kept over the break", await ann.Message.InputValueAsync());

        await site.StartServerAsync(port);
        await Assertions.Expect(ann.Message).ToBeEnabledAsync();
        await Assertions.Expect(ann.Message).ToBeFocusedAsync();
        await ann.Send.ClickAsync();
        await ann.SeesAsync("kept over the break");
        Assert.Equal("", await ann.Message.InputValueAsync());
    }

    [Theory]
    [InlineData(Transport.Sse, "connected \u00b7 server-sent events")]
    [InlineData(Transport.Poll, "connected \u00b7 long polling")]
    public async Task Where_no_socket_is_used_the_transport_is_named(Transport transport, string said)
    {
        await using var site = await TestSite.StartAsync(options => options with { Transport = transport });
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await Assertions.Expect(ann.Page.Locator(".status")).ToHaveTextAsync(said);
        await ann.SayAsync("by another way");
        await ann.SeesAsync("by another way");
    }

    [Fact]
    public async Task What_could_not_be_sent_says_so_and_goes_out_once_when_the_server_is_back()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await SayFastAsync(ann, 14);
        var port = site.Port;
        await site.StopServerAsync();
        await ann.Log.GetByText("not sent: it goes out when the connection is back").First.WaitForAsync();
        await site.StartServerAsync(port);
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await bob.SeesAsync("n13");
        await ann.Page.WaitForFunctionAsync("() => !document.querySelector('liveserve-chat').shadowRoot.querySelector('.pending')");
        foreach (var room in new[] { ann, bob })
        {
            var said = await room.Log.Locator(".text").AllInnerTextsAsync();
            Assert.Equal(said.Distinct().Order(StringComparer.Ordinal), said); // in order, each once
        }
    }

    [Fact]
    public async Task What_is_not_sent_yet_outlives_a_reload()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await SayFastAsync(ann, 14);
        await ann.Message.FillAsync("a draft");
        await ann.Page.ReloadAsync();
        await ann.SeesAsync("n13");
        await ann.Page.WaitForFunctionAsync("() => !document.querySelector('liveserve-chat').shadowRoot.querySelector('.pending')");
        Assert.Equal(Enumerable.Range(0, 14).Select(i => $"n{i:00}"), await ann.Log.Locator(".text").AllInnerTextsAsync());
        Assert.Equal("a draft", await ann.Message.InputValueAsync());
    }

    [Fact]
    public async Task Two_tabs_of_a_browser_are_one_person_and_a_message_appears_once_in_each()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><p>x"), ("about.html", "<!doctype html><p>y"));
        var profile = await chromium.NewProfileAsync();
        await using var one = await RoomPage.EnterAtAsync(chromium, site, "/?secret=1", "Ann", profile);
        await using var two = await RoomPage.EnterAtAsync(chromium, site, "/about.html", "", profile);
        Assert.Equal("Ann", await two.Name.InputValueAsync());
        await one.SayAsync("from the first tab");
        await two.SeesAsync("from the first tab");
        await one.SeesAsync("from the first tab");
        Assert.Equal(1, await one.Row("from the first tab").CountAsync());
        Assert.Equal(1, await two.Row("from the first tab").CountAsync());
        await RoomPage.SaysAsync(one.Page.Locator(".count"), "1 here");
        await one.Page.Locator(".people-button").ClickAsync();
        await one.Page.Locator("a.page").Filter(new() { HasText = "/about.html" }).WaitForAsync();
        Assert.DoesNotContain("secret", string.Concat(await one.Page.Locator(".people").AllInnerTextsAsync()), StringComparison.Ordinal);
        await one.Page.Locator("a.page").Filter(new() { HasText = "/about.html" }).ClickAsync();
        await one.Page.WaitForURLAsync("**/about.html"); // to where the others are
    }

    [Fact]
    public async Task Without_storage_one_is_somebody_for_a_while()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><p>x"));
        var profile = await chromium.NewProfileAsync();
        await profile.AddInitScriptAsync("for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area, { get() { throw new DOMException('blocked', 'SecurityError'); } })");
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann", profile);
        await ann.SayAsync("said without a memory");
        await ann.SeesAsync("said without a memory");
        Assert.Contains("lasts until", await ann.Name.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.Empty(ann.Open.Errors);
    }

    [Fact]
    public async Task The_rooms_page_is_not_reloaded_under_a_text()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.Message.FillAsync("half a sent");
        site.Server.ReloadPages();
        await ann.Notice.Filter(new() { HasText = "new version" }).WaitForAsync();
        Assert.Equal(1, ann.Open.Loads);
        Assert.Equal("half a sent", await ann.Message.InputValueAsync());
        await ann.Page.GetByText("Load it").ClickAsync();
        await RoomPage.SaysAsync(ann.Status, "connected");
        Assert.Equal((2, "half a sent"), (ann.Open.Loads, await ann.Message.InputValueAsync()));
        await ann.Message.FillAsync("");
        site.Server.ReloadPages();
        await ann.Page.WaitForFunctionAsync("() => performance.now() < 5000 && document.querySelector('liveserve-chat')?.shadowRoot.querySelector('textarea')");
    }

    private static async Task SayFastAsync(RoomPage room, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await room.Message.PressSequentiallyAsync($"n{i:00}");
            await room.Message.PressAsync("Enter");
        }
    }
}

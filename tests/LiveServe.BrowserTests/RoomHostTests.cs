using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>The host's link makes a browser the host; what the host lays down is seen by all.</summary>
public sealed class RoomHostTests(Chromium chromium)
{
    [Fact]
    public async Task The_printed_link_makes_the_host_and_leaves_the_address_at_once()
    {
        await using var site = await TestSite.StartAsync();
        await using var host = await RoomPage.EnterAsync(chromium, site, "Ada", path: site.Server.HostLink!.AbsoluteUri);
        Assert.Equal("/__liveserve/chat", await host.Open.AskAsync<string>("() => location.pathname + location.hash"));
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await host.Page.GetByText("As the host").WaitForAsync();
        await host.Page.ReloadAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await host.Page.GetByText("As the host").WaitForAsync(); // this browser stays the host's

        await using var visitor = await RoomPage.EnterAsync(chromium, site, "", path: "/__liveserve/chat#host=wrong");
        await RoomPage.SaysAsync(visitor.Notice, "not the host's key");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        Assert.True(await visitor.Page.GetByText("As the host").IsHiddenAsync());
        Assert.Equal(["jsonl", "md"], await visitor.Page.Locator(".menu a").EvaluateAllAsync<string[]>("links => links.map(link => new URL(link.href).searchParams.get('format'))"));
    }

    [Fact]
    public async Task Read_only_and_slow_are_said_beside_the_field_and_the_text_is_kept()
    {
        await using var site = await TestSite.StartAsync();
        await using var host = await RoomPage.EnterAsync(chromium, site, "Ada", path: site.Server.HostLink!.AbsoluteUri);
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await bob.Message.FillAsync("about to say");
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await host.Page.GetByLabel("Read-only").CheckAsync();
        await Assertions.Expect(bob.Message).ToBeDisabledAsync();
        Assert.Equal("about to say", await bob.Message.InputValueAsync());
        await host.SayAsync("I still can");
        await bob.SeesAsync("I still can");
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await host.Page.GetByLabel("Read-only").UncheckAsync();
        await Assertions.Expect(bob.Message).ToBeEnabledAsync();

        await host.Page.GetByLabel("Slow mode").SelectOptionAsync("5000");
        await RoomPage.SaysAsync(bob.Notice, "one message every 5 s");
        await bob.Message.PressAsync("Enter");
        await bob.SayAsync("the second waits");
        await bob.Log.GetByText("sending in").WaitForAsync();
        await host.SeesAsync("the second waits");
    }

    [Fact]
    public async Task Who_is_sent_out_hears_so_and_keeps_a_page_that_updates_itself()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><p>old</p>"));
        await using var host = await RoomPage.EnterAsync(chromium, site, "Ada", path: site.Server.HostLink!.AbsoluteUri);
        await using var bob = await RoomPage.EnterAtAsync(chromium, site, "/", "Bob");
        await host.Page.Locator(".people-button").ClickAsync();
        await host.Page.Locator(".names").GetByText("Bob", new() { Exact = true }).WaitForAsync(); // a guest's row is made anew with the name
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await RoomPage.SaysAsync(bob.Notice, "The host has removed you from the room.");
        await Assertions.Expect(bob.Message).ToBeDisabledAsync();
        await Assertions.Expect(host.Page.Locator(".count")).ToHaveTextAsync("1 here");
        site.Write("index.html", "<!doctype html><p>new</p>");
        await bob.Open.UntilAsync("() => document.querySelector('p').textContent === 'new'");
        await bob.Page.GetByText("Come back").ClickAsync();
        await RoomPage.SaysAsync(bob.Notice, "sent you out"); // not yet
        await Assertions.Expect(host.Page.Locator(".count")).ToHaveTextAsync("1 here");
    }

    [Fact]
    public async Task The_host_mutes_and_clears()
    {
        await using var site = await TestSite.StartAsync();
        await using var host = await RoomPage.EnterAsync(chromium, site, "Ada", path: site.Server.HostLink!.AbsoluteUri);
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await bob.SayAsync("first words");
        await host.SeesAsync("first words");
        await host.Page.Locator(".people-button").ClickAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Mute", Exact = true }).ClickAsync();
        await bob.Log.GetByText("The host has muted Bob.").WaitForAsync();
        await bob.SayAsync("unheard words");
        await bob.Log.Locator(".failed").Filter(new() { HasText = "not sent: You are muted" }).WaitForAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Unmute" }).ClickAsync();
        await bob.Log.GetByText("Bob may write again.").WaitForAsync();
        await bob.Log.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await host.SeesAsync("unheard words");

        await host.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the conversation" }).ClickAsync();
        await host.Page.GetByRole(AriaRole.Button, new() { Name = "Really clear it" }).ClickAsync();
        await bob.Log.GetByText("The host has cleared the room.").WaitForAsync();
        Assert.Equal(0, await bob.Log.Locator(".row").CountAsync());
        await bob.SayAsync("a new beginning");
        await host.SeesAsync("a new beginning");
    }
}

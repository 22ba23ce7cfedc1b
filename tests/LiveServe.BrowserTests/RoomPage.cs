using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>Somebody in the room: a browser of their own, at the room's page or at a page of the site with the panel open.</summary>
internal sealed class RoomPage : IAsyncDisposable
{
    // Playwright looks into open shadow roots only. What a closed one keeps from a page has tests of its own.
    private const string OpenRoots = "(attach => Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); })(Element.prototype.attachShadow)";

    private RoomPage(OpenPage open) => Open = open;

    /// <summary>The page, with what went wrong in it.</summary>
    public OpenPage Open { get; }

    /// <summary>Playwright's page.</summary>
    public IPage Page => Open.Page;

    /// <summary>The field for one's name.</summary>
    public ILocator Name => Page.GetByLabel("My Name");

    /// <summary>The field for a message.</summary>
    public ILocator Message => Page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    /// <summary>The button beside it.</summary>
    public ILocator Send => Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });

    /// <summary>The conversation.</summary>
    public ILocator Log => Page.GetByRole(AriaRole.Log, new() { Name = "Conversation" });

    /// <summary>What the connection is doing.</summary>
    public ILocator Status => Page.Locator("header [role=status]");

    /// <summary>What is said beside the fields.</summary>
    public ILocator Notice => Page.Locator(".notice");

    /// <summary>Opens the room's own page, takes a name, and waits until messages can be written.</summary>
    public static async Task<RoomPage> EnterAsync(Chromium chromium, TestSite site, string name, IBrowserContext? profile = null, string path = "/__liveserve/chat")
    {
        var room = new RoomPage(await OpenPage.OpenAsync(chromium, site, path, profile));
        await room.TakeNameAsync(name);
        return room;
    }

    /// <summary>Opens a page of the site, and the panel in it.</summary>
    public static async Task<RoomPage> EnterAtAsync(Chromium chromium, TestSite site, string path, string name, IBrowserContext? profile = null)
    {
        profile ??= await chromium.NewProfileAsync();
        await profile.AddInitScriptAsync(OpenRoots);
        var room = new RoomPage(await OpenPage.OpenAsync(chromium, site, path, profile));
        await room.Page.GetByRole(AriaRole.Button, new() { Name = "Open the room" }).ClickAsync();
        await room.TakeNameAsync(name);
        return room;
    }

    /// <summary>The message with this text.</summary>
    public ILocator Row(string text) => Log.Locator(".row").Filter(new() { HasText = text });

    /// <summary>Writes a message and sends it.</summary>
    public async Task SayAsync(string text)
    {
        await Message.FillAsync(text);
        await Message.PressAsync("Enter");
    }

    /// <summary>Waits until the conversation shows a text.</summary>
    public Task SeesAsync(string text) => Row(text).First.WaitForAsync();

    /// <summary>Waits until a locator shows a text.</summary>
    public static Task SaysAsync(ILocator where, string text) => where.Filter(new() { HasText = text }).WaitForAsync();

    /// <summary>Reads up to the beginning of the conversation.</summary>
    public async Task ReadAllAsync()
    {
        while (await Log.GetByText("This is the beginning of the conversation").IsHiddenAsync())
        {
            await GoUpAsync();
        }
    }

    /// <summary>Scrolls to the top of what is loaded, once.</summary>
    public Task GoUpAsync() => Log.EvaluateAsync("log => new Promise(done => { log.scrollTop = 0; requestAnimationFrame(() => requestAnimationFrame(done)); })");

    public ValueTask DisposeAsync() => Open.DisposeAsync();

    private async Task TakeNameAsync(string name)
    {
        if (name.Length > 0)
        {
            await Name.FillAsync(name);
            await Name.PressAsync("Enter");
            await Message.WaitForAsync();
            await Page.WaitForFunctionAsync("() => { const root = document.querySelector('liveserve-chat').shadowRoot; return root.querySelector('textarea')?.ariaDisabled === 'false'; }");
        }
    }
}

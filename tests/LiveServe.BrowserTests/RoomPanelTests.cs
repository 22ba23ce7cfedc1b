using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>Writing: the field, its keys, code, replies, changes of what was said.</summary>
public sealed class RoomPanelTests(Chromium chromium)
{
    [Fact]
    public async Task Enter_sends_but_not_within_an_input_method_and_never_nothing()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.Message.FillAsync("  \n ");
        await ann.Message.PressAsync("Enter");
        await ann.Message.FillAsync("\u306b\u307b\u3093");
        await ann.Message.DispatchEventAsync("keydown", new { key = "Enter", isComposing = true, bubbles = true, cancelable = true });
        Assert.Equal("\u306b\u307b\u3093", await ann.Message.InputValueAsync());
        await ann.Message.PressAsync("Shift+Enter");
        await ann.Message.PressSequentiallyAsync("two lines");
        await ann.Message.PressAsync("Enter");
        await ann.SeesAsync("two lines");
        Assert.Equal("\u306b\u307b\u3093\ntwo lines", await ann.Log.Locator(".text").TextContentAsync());
        Assert.Equal(1, await ann.Log.Locator(".row").CountAsync());
        await ann.Message.PressAsync("Tab");
        await Assertions.Expect(ann.Message).Not.ToBeFocusedAsync(); // no trap
    }

    [Fact]
    public async Task Pasted_code_is_offered_as_code_and_stays_as_it_is()
    {
        const string Code = "if (a) {\n\tb();\n    c();\n}\n";
        await using var site = await TestSite.StartAsync();
        var profile = await chromium.NewProfileAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann", profile);
        await PasteAsync(ann, Code);
        await ann.Message.FillAsync(Code); // what a browser does after an event that is not ours to fill
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Send as code" }).ClickAsync();
        await ann.Message.PressAsync("Enter");
        Assert.Equal(Code, await ann.Log.Locator("pre").TextContentAsync());
        await ann.Log.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await ann.Log.GetByText("Copied").WaitForAsync();
        Assert.Equal(Code, await ann.Open.AskAsync<string>("() => navigator.clipboard.readText()"));

        await ann.SayAsync("```js\r\nlet a = 1;\n```");
        await ann.Log.Locator(".lang").Filter(new() { HasText = "js" }).WaitForAsync();
        Assert.Equal("let a = 1;", await ann.Log.Locator("pre").Last.TextContentAsync());

        // What turns the order of letters round is seen in code, and copied all the same.
        await ann.SayAsync("```\nif (x \u202e\u2066// ok\u2069) {\n```");
        await ann.Log.Locator(".control").First.WaitForAsync();
        Assert.Equal("if (x \u202e\u2066// ok\u2069) {", await ann.Log.Locator("pre").Last.TextContentAsync());
        Assert.Equal(["U+202E", "U+2066", "U+2069"], await ann.Log.Locator(".control").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.name)"));
    }

    [Fact]
    public async Task Far_too_much_text_says_the_limit_and_offers_to_cut()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await PasteAsync(ann, new string('x', 1_000_000));
        await ann.Notice.Filter(new() { HasText = "16 KiB" }).WaitForAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Cut to the limit" }).ClickAsync();
        Assert.Equal(4000, (await ann.Message.InputValueAsync()).Length);
        await Assertions.Expect(ann.Send).ToBeEnabledAsync();
        await ann.Message.PressSequentiallyAsync("y");
        await Assertions.Expect(ann.Send).ToBeDisabledAsync();
        await ann.Notice.Filter(new() { HasText = "4,001 of 4,000" }).WaitForAsync();
        await ann.Message.PressAsync("Enter");
        Assert.Equal(4001, (await ann.Message.InputValueAsync()).Length); // nothing is lost, nothing is sent
        Assert.Equal(0, await ann.Log.Locator(".row").CountAsync());
    }

    [Fact]
    public async Task A_reply_quotes_what_it_answers_and_leads_there()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await ann.SayAsync("shall we use <b>blue</b>?");
        await bob.SeesAsync("shall we");
        await bob.Row("shall we").HoverAsync();
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await RoomPage.SaysAsync(bob.Page.Locator(".chip").First, "shall we use <b>blue</b>?");
        await bob.SayAsync("yes");
        await ann.SeesAsync("yes");
        var quote = ann.Row("yes").Locator(".quote");
        Assert.Equal("meshall we use <b>blue</b>?", await quote.TextContentAsync());
        await quote.ClickAsync();
        await Assertions.Expect(ann.Row("shall we").First).ToBeFocusedAsync();
        Assert.True(await bob.Page.Locator(".chip").First.IsHiddenAsync()); // the next one is no reply
    }

    [Fact]
    public async Task The_last_message_is_edited_with_the_arrow_key_and_deleted_in_two_steps()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await using var bob = await RoomPage.EnterAsync(chromium, site, "Bob");
        await ann.SayAsync("a typo hree");
        await ann.SeesAsync("hree");
        await ann.Message.PressAsync("ArrowUp");
        Assert.Equal("a typo hree", await ann.Message.InputValueAsync());
        await ann.Message.FillAsync("a typo here");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await bob.SeesAsync("a typo here");
        await bob.Log.GetByText("edited").WaitForAsync();
        Assert.Equal(1, await bob.Log.Locator(".row").CountAsync());

        await ann.Row("a typo here").HoverAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Delete it?" }).ClickAsync();
        await bob.SeesAsync("This message was deleted.");
        Assert.Equal(0, await bob.Log.GetByText("a typo here").CountAsync());
        await bob.Row("deleted").HoverAsync();
        Assert.Equal(0, await bob.Page.Locator(".actions").CountAsync());
    }

    [Fact]
    public async Task Others_are_seen_typing_until_they_send()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await using var bob = await RoomPage.EnterAsync(chromium, site, "<i>Bob</i>");
        await bob.Message.PressSequentiallyAsync("hello");
        await RoomPage.SaysAsync(ann.Page.Locator(".typing"), "<i>Bob</i> is typing");
        await bob.Message.PressAsync("Enter");
        await ann.SeesAsync("hello");
        await Assertions.Expect(ann.Page.Locator(".typing")).ToHaveTextAsync("");
        Assert.Equal("", await bob.Page.Locator(".typing").TextContentAsync());
    }

    [Theory]
    [InlineData("host")]
    [InlineData("a\u202eb")]
    [InlineData("\u3164")]
    public async Task A_name_that_is_not_taken_stays_to_be_mended(string name)
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.Name.FillAsync(name);
        await ann.Name.PressAsync("Enter");
        await ann.Notice.Locator("span").First.WaitForAsync();
        Assert.Equal(name, await ann.Name.InputValueAsync());
        await Assertions.Expect(ann.Name).ToHaveAttributeAsync("aria-invalid", "true");
        await ann.Name.FillAsync("Anna");
        await ann.Name.PressAsync("Enter");
        await RoomPage.SaysAsync(ann.Log.Locator(".event.rename .happened"), "Ann is now Anna");
        await Assertions.Expect(ann.Notice).ToHaveTextAsync("");
    }

    [Fact]
    public async Task A_place_in_a_file_is_opened_by_who_sits_here_and_is_text_for_visitors()
    {
        await using var site = await TestSite.StartAsync(options => options with { Lan = true }, ("css/site.css", "p {}"));
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.SayAsync("look at css/site.css:14 please");
        await ann.Log.GetByRole(AriaRole.Button, new() { Name = "css/site.css:14" }).ClickAsync();
        Assert.Equal(14, ((EditorWanted)await site.EventAsync(happened => happened is EditorWanted)).Line);

        var link = site.Server.Urls[1];
        await using var visitor = await RoomPage.EnterAsync(chromium, site, "Visitor", path: $"{link.GetLeftPart(UriPartial.Authority)}/__liveserve/chat{link.Query}");
        await visitor.Log.Locator("code.place").Filter(new() { HasText = "css/site.css:14" }).WaitForAsync();
        Assert.Equal(0, await visitor.Log.Locator("button.place").CountAsync());
        foreach (var trick in new[] { "../../secret.txt:1", "\\\\evil\\x.txt:1", "-flag.txt:1 ", "a;b.txt:1", "$(x).txt:1", "C:\\x.txt:1" })
        {
            await ann.SayAsync(trick);
            await ann.SeesAsync(trick.Trim());
        }

        Assert.Equal(1, await ann.Log.Locator(".place").CountAsync());
    }

    private static Task PasteAsync(RoomPage room, string text) => room.Message.EvaluateAsync(
        "(field, text) => { const data = new DataTransfer(); data.setData('text/plain', text); field.focus(); field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }", text);
}

using LiveServe.IntegrationTests.Harness;
using LiveServe.UnitTests.Architecture;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary><c>samples/injection</c>: what it claims about its two chats is so.</summary>
public sealed class InjectionLessonTests(Chromium chromium)
{
    [Theory]
    [InlineData("A script", null)]
    [InlineData("A picture", "picture")]
    [InlineData("Details", "details")]
    [InlineData("A film", "film")]
    [InlineData("A trap", "trap")]
    [InlineData("A frame", "frame")]
    [InlineData("A style", null)]
    [InlineData("A false sender", null)]
    public async Task The_unsafe_chat_runs_what_the_safe_one_shows_and_neither_reaches_the_page(string button, string? runs)
    {
        await using var site = await TestSite.StartAsync(null, ("", Path.Combine(Repository.Root, "samples", "injection")));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        var (bad, good) = (open.Page.FrameLocator("#unsafe"), open.Page.FrameLocator("#safe"));
        await Task.WhenAll(bad.GetByText("Welcome!").WaitForAsync(), good.GetByText("Welcome!").WaitForAsync());
        await open.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var text = (await open.Page.Locator("#lesson").InnerTextAsync()).Split('\n')[0];

        Assert.Equal(text, await good.Locator(".line").Nth(1).Locator("span").TextContentAsync());
        await bad.Locator(".line").Nth(1).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (runs == "trap")
        {
            await bad.GetByText("my notes").ClickAsync();
            await good.GetByText("my notes").ClickAsync();
        }

        if (runs is not null)
        {
            await open.Page.Locator(".unsafe [role=status]").Filter(new() { HasText = $"A message ran as a program: {runs}" }).WaitForAsync();
            Assert.Equal(runs, await bad.Locator("body").GetAttributeAsync("data-ran"));
        }

        Assert.Equal("Nothing has run.", await open.Page.Locator(".safe [role=status]").TextContentAsync());
        Assert.Null(await good.Locator("body").GetAttributeAsync("data-ran"));
        Assert.Equal("A message that is a program", await open.Page.TitleAsync());
        Assert.Equal(2, await open.AskAsync<int>("() => document.querySelectorAll('iframe[sandbox=allow-scripts]').length"));
        Assert.False(await open.AskAsync<bool>("() => 'ran' in window"));
    }
}

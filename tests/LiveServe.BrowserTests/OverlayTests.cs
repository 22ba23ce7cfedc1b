using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>What went wrong stands over the page, and takes nothing from it.</summary>
public sealed class OverlayTests(Chromium chromium)
{
    private const string Page = "<!doctype html><title>t</title><link rel=icon href='data:,'><link rel=stylesheet href=site.css><script src=app.js></script><input id=in><dialog id=d>x</dialog>";
    private const string Sheet = "p { color: rgb(1, 2, 3) }";

    [Fact]
    public async Task An_error_after_a_save_is_shown_with_its_place_and_the_place_opens_the_editor()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        site.Write("app.js", "window.version = 2;\naddEventListener('load', () => setTimeout(() => missing()));");
        await open.Page.GetByText("ReferenceError: missing is not defined").WaitForAsync();
        await open.Page.GetByText("1 problem").WaitForAsync();
        var problem = await EventAsync<PageProblemReported>(site, _ => true);
        Assert.Equal((1L, "page", "/app.js", 2), (problem.Seq, problem.Source, problem.File, problem.Line));
        await open.Page.GetByText($"app.js:2:{problem.Column}").ClickAsync();
        Assert.Equal(new EditorWanted("app.js", 2, problem.Column!.Value), await EventAsync<EditorWanted>(site, _ => true));
    }

    [Fact]
    public async Task Without_a_save_an_error_goes_to_the_terminal_only()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await open.AskAsync<object>("() => { setTimeout(() => { throw new Error('old'); }); Promise.reject(new Error('refused')); }");
        await EventAsync<PageProblemReported>(site, problem => problem.Message == "Error: old" && problem.Seq is null);
        await EventAsync<PageProblemReported>(site, problem => problem.Message == "Unhandled rejection: Error: refused");
        Assert.Equal(0, await open.Page.Locator("liveserve-overlay").CountAsync());
    }

    [Fact]
    public async Task The_same_error_again_is_told_once_and_not_without_end()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await open.AskAsync<object>("() => { for (let i = 0; i < 90; i++) dispatchEvent(new ErrorEvent('error', { message: 'e' + Math.floor(i / 3), filename: location.origin + '/app.js', lineno: 1 })); console.error('end'); }");
        await EventAsync<ConsoleReported>(site, line => line.Text == "end");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"e{i}"), site.Events.OfType<PageProblemReported>().Select(problem => problem.Message));
    }

    [Theory]
    [InlineData("img", "src", "/gone.png", "/gone.png did not load")]
    [InlineData("script", "src", "/gone.js", "/gone.js did not load")]
    [InlineData("link", "href", "/gone.css", "/gone.css did not load")]
    public async Task A_file_that_does_not_load_after_a_save_is_named(string tag, string attribute, string path, string message)
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await SaveSheetAsync(site, open, 4, $"const e = document.createElement('{tag}'); e.rel = 'stylesheet'; e.{attribute} = '{path}'; document.head.append(e);");
        await open.Page.GetByText(message).WaitForAsync();
        Assert.Equal((1L, "resource", path), await EventAsync<PageProblemReported>(site, _ => true) is var p ? (p.Seq, p.Source, p.File) : default);
    }

    [Fact]
    public async Task It_takes_neither_focus_nor_scroll_and_goes_with_the_next_save()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await open.Page.FocusAsync("#in");
        await FailAfterSaveAsync(site, open, 4, "late");
        Assert.Equal("in 0", await open.AskAsync<string>("() => document.activeElement.id + ' ' + scrollY"));
        await SaveSheetAsync(site, open, 5);
        await open.UntilAsync("() => !document.querySelector('liveserve-overlay')");
    }

    [Fact]
    public async Task Escape_closes_it_before_a_dialog_and_only_a_new_problem_brings_it_back()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await FailAfterSaveAsync(site, open, 4, "late");
        await open.AskAsync<object>("() => d.showModal()");
        await open.UntilAsync("() => document.querySelector('liveserve-overlay').matches(':popover-open')");
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await open.Page.Locator("liveserve-overlay").CountAsync());
        Assert.True(await open.AskAsync<bool>("() => d.open"));
        await FailAfterSaveAsync(site, open, 5, "another");
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.False(await open.AskAsync<bool>("() => d.open"));
    }

    [Fact]
    public async Task Its_button_closes_it_and_its_keys_and_clicks_stay_inside()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await open.AskAsync<object>("() => { window.heard = []; for (const type of ['click', 'keydown', 'pointerdown']) document.addEventListener(type, () => heard.push(type)); }");
        await FailAfterSaveAsync(site, open, 4, "late");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        Assert.Equal(0, await open.Page.Locator("liveserve-overlay").CountAsync());
        Assert.Empty(await open.AskAsync<string[]>("() => heard"));
    }

    [Fact]
    public async Task Under_the_strictest_policy_it_is_shown_without_a_violation()
    {
        const string Policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'\">";
        await using var site = await SiteAsync();
        site.Write("index.html", Policy + Page);
        site.Write("app.js", "addEventListener('liveserve:after', () => setTimeout(() => { throw new Error('late'); }));");
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await SaveSheetAsync(site, open, 4);
        await open.UntilAsync("() => document.querySelector('liveserve-overlay')");
        Assert.True(await open.AskAsync<bool>("() => document.querySelector('liveserve-overlay').shadowRoot === null && document.querySelector('liveserve-overlay').offsetHeight > 0"));
        Assert.Equal(["late"], open.Errors.Select(error => error.Replace("Error: ", "", StringComparison.Ordinal).Split('\n')[0]));
    }

    [Fact]
    public async Task A_loop_of_reloads_is_told_and_can_be_cut_short()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        // As after five reloads that are still to come: without the button, the next one is minutes away.
        await open.AskAsync<object>("() => sessionStorage.setItem('liveserve.reloads top /', JSON.stringify(Array(5).fill(Date.now() + 600000)))");
        site.Write("app.js", "window.version = 2");
        await open.Page.GetByText("5 reloads within 3 s").WaitForAsync();
        Assert.Equal(1, await open.AskAsync<int>("() => window.version"));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reload now" }).ClickAsync();
        await open.UntilAsync("() => window.version === 2");
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(null, ("index.html", Page), ("site.css", Sheet), ("app.js", "window.version = 1"));

    // The shadow root is closed to the page; the test looks in through the only door there is, before it is shut.
    private async Task<OpenPage> OpenAsync(TestSite site)
    {
        var profile = await chromium.NewProfileAsync();
        await profile.AddInitScriptAsync("const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (o) { return attach.call(this, { ...o, mode: 'open' }); };");
        return await OpenPage.OpenAsync(chromium, site, "/", profile);
    }

    // What the page does then, it does in the same breath: what is late is not taken for the save's fault.
    private static async Task SaveSheetAsync(TestSite site, OpenPage open, int red, string then = "")
    {
        await open.AskAsync<object>($"() => {{ window.applied = 0; addEventListener('liveserve:after', () => {{ window.applied = 1; {then} }}, {{ once: true }}); }}");
        site.Write("site.css", $"p {{ color: rgb({red}, 2, 3) }}");
        await open.UntilAsync("() => window.applied === 1");
    }

    private static async Task FailAfterSaveAsync(TestSite site, OpenPage open, int red, string message)
    {
        await SaveSheetAsync(site, open, red, $"setTimeout(() => {{ throw new Error('{message}'); }});");
        await open.Page.GetByText($"Error: {message}").WaitForAsync();
    }

    private static async Task<T> EventAsync<T>(TestSite site, Func<T, bool> matches)
        where T : ServerEvent
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (site.Events.OfType<T>().FirstOrDefault(matches) is { } found)
            {
                return found;
            }

            await Task.Yield();
        }
    }
}

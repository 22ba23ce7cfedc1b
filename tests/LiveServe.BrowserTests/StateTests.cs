using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>What a person does not lose when only a reload will do. Each test changes a script in the page: nothing less shows that.</summary>
public sealed class StateTests(Chromium chromium)
{
    private const string Marker = "<input id=marker>";

    /// <summary>What the page holds, what the user does, and what is true of the reloaded page.</summary>
    public static TheoryData<string, string, string, string> Kept => new()
    {
        { "text in a named field", "<form id=f><input name=who></form>", "$('[name=who]').value = 'Ann'", "$('[name=who]').value === 'Ann'" },
        { "text in a nameless field", "<input placeholder=City><input placeholder=Street>", "$('[placeholder=Street]').value = 'Elm'", "$('[placeholder=Street]').value === 'Elm' && $('[placeholder=City]').value === ''" },
        { "text in the second of two", "<p><input></p><p><input></p>", "$$('p input')[1].value = 'two'", "$$('p input').map(i => i.value).join() === ',two'" },
        { "an emptied field", "<input id=a value=old>", "$('#a').value = ''", "$('#a').value === ''" },
        { "a text area", "<textarea id=a>old</textarea>", "$('#a').value = 'new\\ntext'", "$('#a').value === 'new\\ntext'" },
        { "a slider", "<input id=a type=range>", "$('#a').value = 80", "$('#a').value === '80'" },
        { "a choice", "<select id=a><option>x<option>y</select>", "$('#a').value = 'y'", "$('#a').value === 'y'" },
        { "several choices", "<select id=a multiple><option>x<option>y<option>z</select>", "[0, 2].forEach(i => { $('#a').options[i].selected = true })", "[...$('#a').selectedOptions].map(o => o.value).join() === 'x,z'" },
        { "a check and an uncheck", "<input type=checkbox id=a><input type=checkbox id=b checked>", "$('#a').click(); $('#b').click()", "$('#a').checked && !$('#b').checked" },
        { "one of several", "<input type=radio name=r value=1 checked><input type=radio name=r value=2>", "$('[value=\"2\"]').click()", "$('[value=\"2\"]').checked && !$('[value=\"1\"]').checked" },
        { "an editable text", "<p id=a contenteditable>old</p>", "$('#a').textContent = 'mine'; $('#a').dispatchEvent(new InputEvent('input', { bubbles: true }))", "$('#a').textContent === 'mine'" },
        { "a framework's field", "<input id=a>", "$('#a').value = 'x'; $('#a').setAttribute('value', 'x'); $('#a').dispatchEvent(new InputEvent('input', { bubbles: true }))", "$('#a').value === 'x'" },
        { "details opened and closed", "<details><summary>One</summary>1</details><details open><summary>Two</summary>2</details>", "$$('details').forEach(d => { d.open = !d.open })", "$$('details').map(d => d.open).join() === 'true,false'" },
        { "a modal dialog", "<dialog id=a><input id=in></dialog>", "$('#a').showModal()", "$('#a').matches(':modal')" },
        { "a dialog that is not modal", "<dialog id=a>x</dialog>", "$('#a').show()", "$('#a').open && !$('#a').matches(':modal')" },
        { "a popover", "<div id=a popover>x</div>", "$('#a').showPopover()", "$('#a').matches(':popover-open')" },
        { "focus and selection in a field", "<input id=a value=abcdef>", "$('#a').focus(); $('#a').setSelectionRange(1, 4, 'backward')", "document.activeElement.id === 'a' && [$('#a').selectionStart, $('#a').selectionEnd, $('#a').selectionDirection].join() === '1,4,backward'" },
        { "focus on a button", "<button>one</button><button>two</button>", "$$('button')[1].focus()", "document.activeElement === $$('button')[1]" },
        { "selected text", "<p id=a>one <b>two</b> three</p>", "getSelection().setBaseAndExtent($('#a').lastChild, 3, $('#a').firstChild, 1)", "getSelection().toString() === 'ne two th' && getSelection().anchorOffset === 3" },
        { "a scrolled box", "<div style='height:50px;overflow:auto'><div style='height:900px'>x</div></div>", "$('div').scrollTop = 300", "$('div').scrollTop === 300" },
        { "a field in a shadow tree", "<x-a id=a></x-a>", "$('#a').shadowRoot.querySelector('input').value = 'deep'", "$('#a').shadowRoot.querySelector('input').value === 'deep'" },
    };

    /// <summary>What nobody may keep, or nobody can find again: before, what is done, after, and what is true of the reloaded page.</summary>
    public static TheoryData<string, string, string, string, string> NotKept => new()
    {
        { "a password", "<input id=a type=password>", "$('#a').value = 'hunter2'", "", "$('#a').value === ''" },
        { "a password that is shown", "<input id=a type=password>", "$('#a').value = 'hunter2'; $('#a').dispatchEvent(new InputEvent('input', { bubbles: true })); $('#a').type = 'text'", "", "$('#a').value === ''" },
        { "a password by name", "<input id=a name=user_password>", "$('#a').value = 'hunter2'", "", "$('#a').value === ''" },
        { "a card", "<input id=a autocomplete='billing cc-number'>", "$('#a').value = 'hunter2'", "", "$('#a').value === ''" },
        { "a code", "<input id=a autocomplete=one-time-code>", "$('#a').value = 'hunter2'", "", "$('#a').value === ''" },
        { "a hidden field", "<input id=a type=hidden>", "$('#a').value = 'hunter2'", "", "$('#a').value === ''" },
        { "a field of another type", "<input id=a>", "$('#a').value = '1'", "<input id=a type=range>", "$('#a').value === '50'" },
        { "a field that became a password", "<input id=a>", "$('#a').value = '1'", "<input id=a type=password>", "$('#a').value === ''" },
        { "rows of which one more came", "<p><input></p><p><input></p>", "$$('p input')[0].value = 'mine'", "<p><input></p><p><input></p><p><input></p>", "$$('p input').every(i => i.value === '')" },
        { "an id that is there twice", "<p><input id=a></p>", "$('#a').value = 'mine'", "<p><input id=a></p><div><input id=a></div>", "$$('#a').every(i => !i.value)" },
        { "a choice that is gone", "<select id=a><option>x<option>y</select>", "$('#a').value = 'y'", "<select id=a><option>x<option>z</select>", "$('#a').value === 'x'" },
        { "a field that a script fills", "<input id=a><script>document.querySelector('#a').value = 'script ' + window.version</script>", "$('#a').value += '!'", "", "$('#a').value === 'script 2'" },
        { "markup that was edited", "<p id=a contenteditable>old</p>", "$('#a').innerHTML = '<b>mine</b>'; $('#a').dispatchEvent(new InputEvent('input', { bubbles: true }))", "", "$('#a').textContent === 'old'" },
        { "selected text that reads differently", "<p id=a>one two</p>", "getSelection().setBaseAndExtent($('#a').firstChild, 0, $('#a').firstChild, 3)", "<p id=a>six ten</p>", "getSelection().isCollapsed" },
        { "the place of a page that keeps its own", "<script>history.scrollRestoration = 'manual'</script><p style='height:3000px'>", "scrollTo(0, 700)", "", "scrollY === 0" },
        { "more than fits", "<textarea id=a></textarea>", "$('#a').value = 'x'.repeat(300000)", "", "$('#a').value === ''" },
    };

    [Theory, MemberData(nameof(Kept))]
    public async Task A_reload_keeps(string what, string body, string act, string truth) => await ReloadAsync(what, body, act, body, truth);

    [Theory, MemberData(nameof(NotKept))]
    public async Task A_reload_does_not_keep(string what, string body, string act, string after, string truth) =>
        await ReloadAsync(what, body, act, after.Length == 0 ? body : after, truth);

    [Fact]
    public async Task The_page_comes_back_where_it_was_scrolled_to()
    {
        await using var site = await SiteAsync("<p style='height:3000px'>x");
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { marker.value = 'm'; scrollTo(0, 1234); }");
        await ChangeAsync(site, open, "<p style='height:3000px'>x");
        await open.UntilAsync("() => scrollY === 1234");
    }

    [Fact]
    public async Task Sound_goes_on_from_where_it_was()
    {
        var body = $"<audio id=a src='data:audio/wav;base64,{Convert.ToBase64String(Silence(seconds: 10))}'></audio>";
        await using var site = await SiteAsync(body);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.UntilAsync("() => a.readyState >= 1");
        await open.AskAsync<object>("() => { marker.value = 'm'; a.volume = .25; a.currentTime = 7; }");
        await ChangeAsync(site, open, body);
        await open.UntilAsync("() => a.readyState >= 1 && a.currentTime > 0");
        Assert.Equal("7 0.25 true", await open.AskAsync<string>("() => [a.currentTime, a.volume, a.paused].join(' ')"));
    }

    [Fact]
    public async Task Files_and_secrets_do_not_even_stand_in_the_storage()
    {
        const string Body = "<input id=f type=file><input id=p type=password><input id=c autocomplete=cc-csc><script>addEventListener('pagehide', () => { localStorage.seen = JSON.stringify({ ...sessionStorage }); })</script>";
        await using var site = await SiteAsync(Body);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.Page.SetInputFilesAsync("#f", new FilePayload { Name = "secret-file.txt", MimeType = "text/plain", Buffer = [1] });
        await open.Page.FillAsync("#p", "hunter2");
        await open.Page.FillAsync("#c", "hunter2");
        await open.Page.FillAsync("#marker", "m");
        await ChangeAsync(site, open, Body);
        var stored = await open.AskAsync<string>("() => localStorage.seen");
        Assert.Contains("liveserve.state", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-file", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("liveserve.state", await open.AskAsync<string>("() => JSON.stringify({ ...sessionStorage })"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_gets_its_text_back_says_so_and_no_other_one_does()
    {
        const string Body = "<input id=other value=same><select id=s><option>x<option>y</select><script>window.heard = []; for (const t of ['input', 'change', 'click']) addEventListener(t, e => heard.push(t + ' ' + e.target.id))</script>";
        await using var site = await SiteAsync(Body);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { marker.value = 'm'; s.value = 'y'; }");
        await ChangeAsync(site, open, Body);
        Assert.Equal(["input marker", "input s", "change s"], await open.AskAsync<string[]>("() => heard"));
    }

    [Theory]
    [InlineData("an old state", 20_000, true)]
    [InlineData("a state of the future", -20_000, true)]
    [InlineData("a visit that is no reload", 0, false)]
    public async Task Nothing_is_given_by(string what, int ageMs, bool reload)
    {
        await using var site = await SiteAsync("");
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>($$"""() => sessionStorage.setItem('liveserve.state top /', JSON.stringify({ at: Date.now() - {{ageMs}}, seq: 1, entries: [['value', { kind: 'input text', id: 'marker' }, 'm']] }))""");
        await (reload ? open.Page.ReloadAsync() : open.Page.GotoAsync(open.Page.Url));
        await open.UntilAsync("() => document.readyState === 'complete' && sessionStorage.getItem('liveserve.state top /') === null");
        Assert.True(await open.AskAsync<string>("() => marker.value") == "", what);
    }

    [Fact]
    public async Task Who_scrolls_while_the_page_still_loads_is_not_pulled_back()
    {
        const string Body = "<div id=s style='height:200px;overflow:auto'><p style='height:3000px'></div>";
        const string Slow = Body + "<img src=slow.png>";
        await using var site = await SiteAsync(Body);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        var asked = new TaskCompletionSource<IRoute>();
        await open.Page.RouteAsync("**/slow.png", route => asked.SetResult(route));
        await open.AskAsync<object>("() => { marker.value = 'm'; s.scrollTop = 1000; }");
        await ChangeAsync(site, open, Slow);
        Assert.Equal(1000, await open.AskAsync<double>("() => s.scrollTop"));
        await open.Page.Mouse.MoveAsync(50, 100);
        await open.Page.Mouse.WheelAsync(0, -400);
        await open.UntilAsync("() => s.scrollTop < 1000");
        await (await asked.Task).AbortAsync();
        await open.UntilAsync("() => document.readyState === 'complete'");
        await open.AskAsync<object>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.True(await open.AskAsync<double>("() => s.scrollTop") < 1000);
    }

    private async Task ReloadAsync(string what, string before, string act, string after, string truth)
    {
        const string Names = "const $ = s => document.querySelector(s), $$ = s => [...document.querySelectorAll(s)];";
        await using var site = await SiteAsync(before);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>($"() => {{ {Names} marker.value = 'm'; {act}; }}");
        await ChangeAsync(site, open, after);
        Assert.True(await open.AskAsync<bool>($"() => {{ {Names} return Boolean({truth}); }}"), what);
        Assert.Empty(open.Errors);
    }

    // The marker comes back with all the rest, in one go.
    private static async Task ChangeAsync(TestSite site, OpenPage open, string body)
    {
        site.Write("index.html", Page(2, body));
        await open.UntilAsync("() => window.version === 2 && document.querySelector('#marker')?.value === 'm'");
    }

    private static Task<TestSite> SiteAsync(string body) => TestSite.StartAsync(null, ("index.html", Page(1, body)));

    private static string Page(int version, string body) => "<!doctype html><title>t</title><link rel=icon href='data:,'><script>"
        + $"window.version = {version}; customElements.define('x-a', class extends HTMLElement {{ constructor() {{ super(); this.attachShadow({{ mode: 'open' }}).append(document.createElement('input')); }} }});"
        + $"</script>{Marker}{body}";

    private static byte[] Silence(int seconds)
    {
        const int Rate = 3000;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (Rate * seconds));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(Rate * seconds);
        writer.Write(Enumerable.Repeat((byte)128, Rate * seconds).ToArray());
        return file.ToArray();
    }
}

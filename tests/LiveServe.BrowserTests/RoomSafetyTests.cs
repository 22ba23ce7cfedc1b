using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>What somebody writes is text, wherever it stands.</summary>
public sealed class RoomSafetyTests(Chromium chromium)
{
    private const string Foreign = "script, style, link, img, svg:not(.icon), iframe, video, source, math, form, base, meta, details, object, embed, [onclick], [onmouseover], [style*=url]";

    [Fact]
    public async Task Nothing_that_somebody_writes_runs_in_any_place_now_or_from_history()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><h1>x</h1>"));
        await using var live = await RoomPage.EnterAsync(chromium, site, "Live");
        var outside = Watch(live.Page);
        foreach (var payload in RoomPayloads.Markup)
        {
            var name = RoomPayloads.Names[Array.IndexOf(RoomPayloads.Markup, payload) % RoomPayloads.Names.Length];
            using var person = await RawPerson.EnterAsync(site, name, page: "/" + payload);
            await person.SendAsync(new { type = "page", url = "/" + payload, title = payload, visible = true });
            var first = await person.SayAsync(payload, page: "/" + payload);
            await person.SayAsync(payload, "code", lang: payload);
            await person.SayAsync($"reply {payload}", replyTo: first);
            await person.SayAsync($"pin {payload}", pin: new { selector = payload, text = payload, box = new[] { 0, 0, 1, 1 } }, page: "/__liveserve/chat");
        }

        await live.Page.Locator(".people-button").ClickAsync();
        await CheckAsync(live);
        await using var later = await RoomPage.EnterAsync(chromium, site, "Later");
        var outsideLater = Watch(later.Page);
        await CheckAsync(later);
        await using var inPage = await RoomPage.EnterAtAsync(chromium, site, "/", "Inside");
        await CheckAsync(inPage);
        Assert.Empty(outside);
        Assert.Empty(outsideLater);
    }

    [Fact]
    public async Task What_the_room_says_of_a_refusal_or_of_a_file_is_text_too()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "x"));
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await ann.Name.FillAsync("host");
        await ann.Name.PressAsync("Enter");
        await ann.Notice.Filter(new() { HasText = "host" }).WaitForAsync();
        site.Write("<img src=x onerror='pwned=1'>.txt", "x");
        await ann.Log.Locator(".event").Filter(new() { HasText = "<img src=x onerror='pwned=1'>.txt" }).WaitForAsync();
        Assert.False(await ann.Open.AskAsync<bool>("() => 'pwned' in window"));
    }

    [Fact]
    public async Task Only_http_and_https_become_links_and_each_says_where_it_leads()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        (string Text, string Href, string? Host)[] links =
        [
            ("http://good.example/a?b=1#c", "http://good.example/a?b=1#c", null),
            ("https://good.example", "https://good.example/", null),
            ("http://good.example@evil.example/", "http://good.example@evil.example/", "evil.example"),
            ("https://xn--80ak6aa92e.example/", "https://xn--80ak6aa92e.example/", null),
            ("https://\u0430pple.example/", "https://xn--pple-43d.example/", "xn--pple-43d.example"),
            ("[http://good.example](http://evil.example/)", "http://evil.example/", "evil.example"),
        ];
        using (var person = await RawPerson.EnterAsync(site, "Bob"))
        {
            foreach (var (text, _, _) in links)
            {
                await person.SayAsync(text);
            }
        }

        await ann.Page.WaitForFunctionAsync($"() => document.querySelector('liveserve-chat').shadowRoot.querySelectorAll('.text').length === {links.Length}");
        for (var i = 0; i < links.Length; i++)
        {
            var line = ann.Log.Locator(".text").Nth(i);
            var link = line.Locator("a");
            Assert.Equal(links[i].Href, await link.EvaluateAsync<string>("link => link.href"));
            Assert.Equal("noopener noreferrer", await link.GetAttributeAsync("rel"));
            Assert.Equal(links[i].Host is { } host ? $" ({host})" : "", string.Concat(await line.Locator(".link-host").AllTextContentsAsync()));
        }

        await RawPerson.FillAsync(site, RoomPayloads.NoLinks.Length, i => RoomPayloads.NoLinks[i]);
        await RawPerson.FillAsync(site, 1, _ => "http://a.example/\u202Egpj.exe");
        await ann.SeesAsync("gpj.exe");
        Assert.Equal(links.Length + 1, await ann.Log.Locator("a").CountAsync());
        Assert.Equal("http://a.example/", await ann.Log.Locator("a").Last.InnerTextAsync());
    }

    [Theory]
    [InlineData("`", 16_000)]
    [InlineData("*", 4_000)]
    [InlineData("*a ", 1_300)]
    [InlineData("[", 4_000)]
    [InlineData("[a](", 1_000)]
    [InlineData("_a", 2_000)]
    [InlineData("http://a.example/)", 200)]
    public async Task Marks_without_end_are_shown_as_they_are(string mark, int times)
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        var text = string.Concat(Enumerable.Repeat(mark, Math.Min(times, 4000 / mark.Length))).Trim();
        using var person = await RawPerson.EnterAsync(site, "Bob");
        await person.SayAsync(text);
        await ann.Page.WaitForFunctionAsync("text => document.querySelector('liveserve-chat').shadowRoot.querySelector('.text')?.textContent === text", text);
    }

    [Fact]
    public async Task Under_the_strictest_policies_the_panel_works_and_nothing_complains()
    {
        const string Policy = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
        await using var site = await TestSite.StartAsync(null, ("index.html", $"<!doctype html><meta http-equiv=Content-Security-Policy content=\"{Policy}\"><link rel=icon href=data:,><p>x"));
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        await ann.SayAsync("**bold** `code` http://a.example");
        await ann.SayAsync("```js\nlet a\n```");
        await ann.Log.Locator("pre").WaitForAsync();
        Assert.Equal("bold", await ann.Log.Locator("strong").InnerTextAsync());
        Assert.DoesNotContain(ann.Open.Errors, error => !error.Contains("data:,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rooms_page_runs_nothing_that_is_not_ours()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        var policy = (await ann.Page.Context.APIRequest.GetAsync(ann.Page.Url)).Headers["content-security-policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        await ann.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'window.pwned = 1'; document.body.append(script); }");
        Assert.False(await ann.Open.AskAsync<bool>("() => 'pwned' in window"));
    }

    [Fact]
    public async Task Nothing_of_the_panel_leaks_into_the_page_nor_of_the_page_into_it()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", """
            <!doctype html><style>* { color: rgb(1, 2, 3) !important; font-size: 40px !important; display: inline !important } .panel, .row, button { visibility: hidden !important }</style>
            <p>x<script>
              window.seen = [];
              for (const type of ['keydown', 'keyup', 'input', 'click', 'pointerdown', 'focusin', 'paste']) document.addEventListener(type, event => seen.push(type));
              window.before = Object.keys(window).concat('before').sort().join();
            </script>
            """));
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        await ann.Page.EvaluateAsync("() => { seen.length = 0; }");
        await ann.Message.ClickAsync();
        await ann.SayAsync("typed here");
        await ann.SeesAsync("typed here");
        Assert.Equal("", await ann.Open.AskAsync<string>("() => seen.join()"));
        Assert.Equal(await ann.Open.AskAsync<string>("() => before"), await ann.Open.AskAsync<string>("() => Object.keys(window).sort().join()"));
        Assert.All(await ann.Open.AskAsync<string[]>("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"), key => Assert.StartsWith("liveserve.", key, StringComparison.Ordinal));
        Assert.Equal(0, await ann.Open.AskAsync<int>("() => document.adoptedStyleSheets.length"));
        Assert.Equal("15px", await ann.Row("typed here").Locator(".text").EvaluateAsync<string>("text => getComputedStyle(text).fontSize"));
        Assert.Equal("rgb(255, 255, 255)", await ann.Row("typed here").Locator(".text").EvaluateAsync<string>("text => getComputedStyle(text).color"));
    }

    private static async Task CheckAsync(RoomPage reader)
    {
        var last = RoomPayloads.Markup[^1];
        await reader.SeesAsync($"pin {last}");
        await reader.ReadAllAsync();
        var texts = await reader.Log.Locator(".text").AllTextContentsAsync();
        var code = await reader.Log.Locator("pre").EvaluateAllAsync<string[]>("all => all.map(one => one.textContent)");
        Assert.All(RoomPayloads.Markup, payload => Assert.Contains(payload, texts));
        Assert.All(RoomPayloads.Markup, payload => Assert.Contains(payload, code));
        var names = await reader.Log.Locator(".meta bdi.author").AllTextContentsAsync();
        Assert.All(RoomPayloads.Names, name => Assert.Contains(name, names));
        Assert.Equal(0, await reader.Page.EvaluateAsync<int>($"selector => document.querySelector('liveserve-chat').shadowRoot.querySelectorAll(selector).length", Foreign));
        Assert.False(await reader.Open.AskAsync<bool>("() => 'pwned' in window"));
        Assert.Empty(reader.Open.Errors);
    }

    private static List<string> Watch(IPage page)
    {
        var outside = new List<string>();
        var origin = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:,", StringComparison.Ordinal))
            {
                outside.Add(request.Url);
            }
        };
        return outside;
    }
}

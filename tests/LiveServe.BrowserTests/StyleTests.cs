using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Style sheets are exchanged in the live page, by whatever way they came, and nothing else notices.</summary>
/// <remarks>Above 300 lines: one table of the ways in which a sheet can be in a page, read side by side.</remarks>
public sealed class StyleTests(Chromium chromium)
{
    private const string Doctype = "<!doctype html><meta charset=utf-8>";
    private const string Paragraph = Undisturbed.Body + "<p id=p>text";
    private const string Old = "p { color: rgb(1, 1, 1) }";
    private const string New = "p { color: rgb(2, 2, 2) }";
    private static readonly string[] Nothing = [];

    // Above this the server sends no text, and the sheet is loaded anew.
    private static readonly string Long = $"/* {new string('-', 70_000)} */";

    /// <summary>Case, what is in the head, files, the saved file, its new text, what the page asks for.</summary>
    public static TheoryData<string, string, string[], string, string, string[]> Ways => new()
    {
        { "B1 a link", "<link rel=stylesheet href=a.css>", ["a.css", Old], "a.css", New, Nothing },
        { "B1 a link, long text", "<link rel=stylesheet href=a.css><link rel=stylesheet href=b.css>", ["a.css", Old, "b.css", "b {}"], "a.css", New + Long, ["/a.css?t=*"] },
        { "a link with a query", "<link rel=stylesheet href='a.css?x=1&t=x'>", ["a.css", Old], "a.css", New + Long, ["/a.css?x=1&t=x&t=*"] },
        { "two links of one address", "<link rel=stylesheet href=a.css><link rel=stylesheet href=a.css>", ["a.css", Old], "a.css", New, Nothing },
        { "a name with signs", "<link rel=stylesheet href='%c3%a9%20%25.css'>", ["é %.css", Old], "é %.css", New, Nothing },
        { "B4 imported, two levels", "<link rel=stylesheet href=a.css>", ["a.css", "@import 's/b.css';", "s/b.css", "@import 'c.css';", "s/c.css", Old], "s/c.css", New, Nothing },
        { "B4 imported, two levels, long text", "<link rel=stylesheet href=a.css>", ["a.css", "@import 's/b.css';", "s/b.css", "@import 'c.css';", "s/c.css", Old], "s/c.css", New + Long, ["/a.css?t=*", "/s/b.css?t=*", "/s/c.css?t=*"] },
        { "B4 the one in the middle", "<link rel=stylesheet href=a.css>", ["a.css", "@import 'b.css';", "b.css", "@import 'c.css';", "c.css", Old], "b.css", "@import 'c.css'; p { color: rgb(2, 2, 2) }", ["/a.css?t=*", "/b.css?t=*", "/c.css"] },
        { "B5 imported by a style element", "<style>@import 'a.css';</style>", ["a.css", Old], "a.css", New, Nothing },
        { "B5 the same, long text, behind a name that ends alike", "<style>/* @import 'a.css'; */ @import url(aa.css); @import url( 'a.css' ) screen;</style>", ["a.css", Old, "aa.css", ""], "a.css", New + Long, ["/a.css?t=*", "/aa.css?t=*"] },
        { "a shorthand that has no text of its own", "<link rel=stylesheet href=a.css>", ["a.css", "p { border: 1px solid var(--a); border-left: 0; color: rgb(1, 1, 1) }"], "a.css", "p { --c: rgb(2, 2, 2); border: 1px solid var(--b); border-left: 0; color: var(--c) }", ["/a.css?t=*"] },
        { "no letters", "<link rel=stylesheet href=a.css>", ["a.css", "p { color: red }"], "a.css", "\uFEFFp::after { content: 'é' } p { color: rgb(2, 2, 2) }", Nothing },
        { "layers, nesting, unknown rules", "<link rel=stylesheet href=a.css>", ["a.css", "@layer a, b; @layer b { p { color: rgb(1, 1, 1) } }"], "a.css", "@unknown x { } @layer b, a; @layer a { body { & p { color: rgb(2, 2, 2) } } } @layer b { p { color: red } } p { width: ; x: 1", Nothing },
    };

    [Theory, MemberData(nameof(Ways))]
    public async Task A_saved_sheet_applies_and_only_what_is_needed_is_loaded(string name, string head, string[] files, string saved, string text, string[] requests)
    {
        await using var site = await TestSite.StartAsync(null, [("index.html", Doctype + head + Paragraph), .. files.Chunk(2).Select(file => (file[0], file[1]))]);
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write(saved, text);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
        Assert.True(requests.Order().SequenceEqual(live.Requests.Order()), $"{name}: {string.Join(' ', live.Requests)}");
    }

    [Fact]
    public async Task A_sheet_that_was_not_there_applies_when_it_is_made_and_lacking_an_import_is_no_reason_to_keep_the_old_one()
    {
        await using var site = await OneSheetAsync(Old);
        File.Delete(site.At("a.css"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", "p { color: rgb(3, 3, 3) }");
        await UntilColourAsync(live, "rgb(3, 3, 3)");
        site.Write("a.css", "@import 'missing.css';" + New);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        Assert.Equal(1, live.Open.Loads);
    }

    [Fact]
    public async Task A_page_in_another_encoding_gets_the_letters_of_its_sheet()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><meta charset=windows-1252><link rel=stylesheet href=a.css>" + Paragraph), ("a.css", "p::after { content: 'x' }"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", "p::after { content: 'é' }");
        await live.Open.UntilAsync("() => getComputedStyle(document.querySelector('#p'), '::after').content === '\"\\u00e9\"'");
        await live.AssertAsync();
    }

    [Fact]
    public async Task A_page_with_quirks_reads_its_sheet_with_quirks()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<link rel=stylesheet href=a.css>" + Paragraph), ("a.css", "p { width: 10 }"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", "p { width: 20 }");
        await live.Open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).width === '20px'");
        await live.AssertAsync();
    }

    [Fact]
    public async Task While_the_new_sheet_is_on_its_way_the_old_one_applies_in_every_frame()
    {
        await using var site = await OneSheetAsync(Old);
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        var held = await HeldRequest.OfAsync(live.Open.Page, @"a\.css\?t=");
        await live.Open.AskAsync<object>("() => { window.seen = new Set(); const look = () => { seen.add(getComputedStyle(document.querySelector('#p')).color); requestAnimationFrame(look); }; look(); }");
        site.Write("a.css", New + Long);
        await held.Arrived;
        await FramesAsync(live);
        held.Release();
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await FramesAsync(live);
        Assert.Equal(["rgb(1, 1, 1)", "rgb(2, 2, 2)"], await live.Open.AskAsync<string[]>("() => [...seen]"));
        await live.AssertAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_order_of_the_cascade_stays(bool isLong)
    {
        await using var site = await TestSite.StartAsync(null,
            ("index.html", $"{Doctype}<link rel=stylesheet href=a.css id=first><link rel=stylesheet href=b.css><style>p {{ width: 33px }}</style>{Paragraph}"),
            ("a.css", "p { color: red; width: 1px; height: 1px }"), ("b.css", "p { color: rgb(5, 5, 5) }"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", "p { color: blue; width: 2px; height: 2px }" + (isLong ? Long : ""));
        await live.Open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).height === '2px'");
        Assert.Equal("rgb(5, 5, 5) 33px", await live.Open.AskAsync<string>("() => (style => `${style.color} ${style.width}`)(getComputedStyle(document.querySelector('#p')))"));
        await live.AssertAsync();
        Assert.Equal("a.css", await live.Open.AskAsync<string>("() => document.querySelector('link').getAttribute('href').split('?')[0]"));
        Assert.Equal("first", await live.Open.AskAsync<string>("() => document.querySelector('link').id"));
    }

    [Fact]
    public async Task A_sheet_of_another_page_is_not_asked_for()
    {
        await using var site = await OneSheetAsync(Old);
        site.Write("other.html", "<link rel=stylesheet href=other.css>");
        site.Write("other.css", Old);
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("other.css", New);
        site.Write("a.css", New);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
        Assert.Empty(live.Requests);
    }

    [Fact]
    public async Task When_the_new_sheet_does_not_load_the_old_one_stays_and_the_next_one_applies()
    {
        await using var site = await OneSheetAsync(Old);
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.Page.RouteAsync("**/a.css?t=*", route => route.FulfillAsync(new() { Status = 500, Body = "no" }), new() { Times = 1 });
        site.Write("a.css", "p { color: rgb(9, 9, 9) }" + Long);
        await live.Open.UntilAsync("() => window.updates === 1");
        Assert.Equal("rgb(1, 1, 1)", await ColourAsync(live));
        Assert.Equal(1, await live.Open.AskAsync<int>("() => document.querySelectorAll('link').length"));
        live.Open.Errors.Clear(); // the browser says itself that the answer was 500
        site.Write("a.css", New + Long);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
    }

    [Fact]
    public async Task Of_two_saves_the_second_stays_also_when_the_first_comes_late()
    {
        await using var site = await OneSheetAsync(Old);
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        var held = await HeldRequest.OfAsync(live.Open.Page, @"a\.css\?t=");
        site.Write("a.css", "p { color: rgb(9, 9, 9) }" + Long);
        await held.Arrived;
        site.Write("a.css", New + Long);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        held.Release();
        await live.Open.UntilAsync("() => window.updates === 2");
        await FramesAsync(live);
        Assert.Equal("rgb(2, 2, 2)", await ColourAsync(live));
        await live.AssertAsync();
    }

    [Fact]
    public async Task Two_imports_of_one_style_element_are_both_new_when_both_change()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", $"{Doctype}<style>@import 'a.css'; @import 'b.css';</style>{Paragraph}"), ("a.css", Old), ("b.css", "p { width: 1px }"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        var held = await HeldRequest.OfAsync(live.Open.Page, @"a\.css\?t=");
        site.Write("a.css", New + Long);
        await held.Arrived;
        site.Write("b.css", "p { width: 2px }"); // short: without the first it would be patched in place, in a sheet that is about to go
        await live.Open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).width === '2px'");
        held.Release();
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
    }

    [Fact]
    public async Task Links_in_open_shadow_roots_and_sheets_that_scripts_import_are_new_too()
    {
        await using var site = await TestSite.StartAsync(null,
            ("index.html", $"""
                {Doctype}{Undisturbed.Body}<div id=open></div><div id=closed></div><script type=module>
                import sheet from './m.css?v=1' with {"{"} type: 'css' {"}"};
                const make = (host, mode) => {"{"} const root = host.attachShadow({"{"} mode {"}"}); root.append(document.createElement('p')); return root; {"}"};
                const link = Object.assign(document.createElement('link'), {"{"} rel: 'stylesheet', href: 'a.css' {"}"});
                const one = make(document.querySelector('#open'), 'open'), two = make(document.querySelector('#closed'), 'closed');
                one.append(link); two.adoptedStyleSheets = [sheet];
                window.colour = n => getComputedStyle([one, two][n].querySelector('p')).color;
                </script>
                """),
            ("a.css", Old), ("m.css", Old));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.UntilAsync("() => colour(0) === 'rgb(1, 1, 1)' && colour(1) === 'rgb(1, 1, 1)'");
        site.Write("a.css", New);
        site.Write("m.css", New);
        await live.Open.UntilAsync("() => colour(0) === 'rgb(2, 2, 2)' && colour(1) === 'rgb(2, 2, 2)'");
        await live.AssertAsync();
        Assert.Equal(["/m.css?t=*"], live.Requests);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_is_switched_off_stays_off(bool isLong)
    {
        await using var site = await TestSite.StartAsync(null,
            ("index.html", $$"""
                {{Doctype}}<link rel=stylesheet href=a.css media=print onload="this.media='all'">
                <link rel=stylesheet href=off.css disabled><link rel=stylesheet href=off.css id=byscript onload="this.sheet.disabled = true"><link rel="alternate stylesheet" title=other href=off.css>
                {{Paragraph}}
                """),
            ("a.css", Old), ("off.css", "p { color: red }"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await UntilColourAsync(live, "rgb(1, 1, 1)");
        site.Write("off.css", "p { color: blue }" + (isLong ? Long : ""));
        site.Write("a.css", New + (isLong ? Long : ""));
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
        Assert.Equal("rgb(2, 2, 2)", await ColourAsync(live));
        Assert.True(await live.Open.AskAsync<bool>("() => document.querySelector('[disabled]').sheet === null && document.querySelector('#byscript').sheet.disabled"));
    }

    [Theory]
    [InlineData("<link rel=stylesheet href=a.css data-liveserve=ignore>", 1)]
    [InlineData("<div data-liveserve=ignore><link rel=stylesheet href=a.css></div>", 1)]
    [InlineData("<link rel=stylesheet href=a.css integrity='sha256-ccC1G1zdC+Jd/Sv3WSFgfQxYDrihiAb0qtQZ1pj6MMY='>", 1)]
    [InlineData("<link rel=stylesheet href=a.css data-liveserve=reload>", 2)]
    [InlineData("<script>fetch('a.css').then(a => a.text()).then(t => { const s = new CSSStyleSheet(); s.replaceSync(t); document.adoptedStyleSheets = [s]; })</script>", 2)]
    public async Task A_sheet_that_cannot_or_may_not_be_exchanged_is_left_or_comes_with_a_reload(string head, int loads)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Doctype + head + "<link rel=stylesheet href=b.css>" + Paragraph), ("a.css", "p { color: rgb(1, 1, 1) }"), ("b.css", ""));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", New);
        if (loads == 2)
        {
            await UntilColourAsync(live, "rgb(2, 2, 2)");
        }
        else
        {
            await live.Open.UntilAsync("() => window.updates === 1");
            Assert.NotEqual("rgb(2, 2, 2)", await ColourAsync(live));
        }

        Assert.Equal(loads, live.Open.Loads);
    }

    [Fact]
    public async Task A_page_with_the_strictest_policy_gets_its_styles_and_no_report()
    {
        const string policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'nonce-abc'; style-src-elem 'nonce-abc' 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'\">";
        await using var site = await TestSite.StartAsync(null,
            ("index.html", $"{Doctype}{policy}<link rel=stylesheet href=a.css nonce=abc><style nonce=abc>@import 'z.css';</style><script type=module src=m.js></script><img src=x.svg><input id=field><p id=p>text"),
            ("m.js", "import s from './m.css' with { type: 'css' }; document.adoptedStyleSheets = [s]; document.querySelector('img').style.border = '1px solid red';"),
            ("a.css", Old), ("m.css", "p { width: 1px } "), ("y.css", ""), ("z.css", ""), ("x.svg", Svg("red")));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        site.Write("m.css", "p { width: 2px }");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).width === '2px'");
        site.Write("x.svg", Svg("green"));
        await open.UntilAsync("() => /t=\\d+$/.test(document.querySelector('img').currentSrc)");
        site.Write("a.css", "@import 'y.css';" + New);
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).color === 'rgb(2, 2, 2)'");
        site.Write("z.css", "p { height: 2px }" + Long);
        await open.UntilAsync("() => getComputedStyle(document.querySelector('#p')).height === '2px'");
        Assert.Equal(1, open.Loads);
        Assert.Empty(open.Errors);
    }

    private static string Svg(string colour) => $"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10' fill='{colour}'/></svg>";

    private static Task<TestSite> OneSheetAsync(string text) =>
        TestSite.StartAsync(null, ("index.html", $"{Doctype}<link rel=stylesheet href=a.css>{Paragraph}"), ("a.css", text));

    private static Task UntilColourAsync(Undisturbed live, string colour) =>
        live.Open.UntilAsync($"() => getComputedStyle(document.querySelector('#p')).color === '{colour}'");

    private static Task<string> ColourAsync(Undisturbed live) => live.Open.AskAsync<string>("() => getComputedStyle(document.querySelector('#p')).color");

    /// <summary>Ten frames later.</summary>
    private static Task FramesAsync(Undisturbed live) =>
        live.Open.AskAsync<object>("async () => { for (let i = 0; i < 10; i++) await new Promise(next => requestAnimationFrame(next)); }");
}

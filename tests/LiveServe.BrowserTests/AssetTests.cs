using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Pictures, films, fonts and data are new on the screen as soon as they are saved, wherever a page names them.</summary>
public sealed class AssetTests(Chromium chromium)
{
    private const string Start = "<!doctype html><meta charset=utf-8><style>body { margin: 0 } #at { position: fixed; top: 0; left: 0; display: block; line-height: 0 } #at img { display: block }</style>" + Undisturbed.Body;
    private const string Square = "width:10px;height:10px";

    /// <summary>Case, markup that shows <c>x.svg</c> at the upper left.</summary>
    public static TheoryData<string, string> Places => new()
    {
        { "B11 img", "<img id=at src=x.svg>" },
        { "B11 img with a query and a fragment", "<img id=at src='/x.svg?a=1#f'>" },
        { "B13 picture", "<div id=at><picture><source srcset='x.svg 1x, y.svg 2x'><img src=y.svg></picture></div>" },
        { "B14 srcset", "<img id=at srcset='x.svg, y.svg 2x'>" },
        { "input", "<input id=at type=image src=x.svg>" },
        { "B16 poster", "<video id=at poster=x.svg width=10 height=10></video>" },
        { "SVG image", "<svg id=at width=10 height=10><image href=x.svg width=10 height=10 /></svg>" },
        { "SVG image, xlink", "<svg id=at width=10 height=10><image xlink:href=x.svg width=10 height=10 /></svg>" },
        { "SVG feImage", "<svg id=at width=10 height=10><filter id=f><feImage href=x.svg /></filter><rect width=10 height=10 filter='url(#f)'/></svg>" },
        { "B15 SVG use", "<svg id=at width=10 height=10><use href='x.svg#a'/></svg>" },
        { "B15 SVG use, xlink", "<svg id=at width=10 height=10><use xlink:href='x.svg#a'/></svg>" },
        { "B12 background of a linked sheet", $"<link rel=stylesheet href=bg.css><b id=at style={Square}></b>" },
        { "B12 background of an imported sheet", $"<style>@import 'im.css';</style><b id=at style={Square}></b>" },
        { "B16 custom property of a linked sheet", $"<link rel=stylesheet href=var.css><b id=at style='{Square};background:var(--x)'></b>" },
        { "B16 mask", $"<b id=at style='{Square};background:linear-gradient(red,red);mask:url(y.svg)'></b><style>#at {{ background: url(x.svg) !important }}</style>" },
        { "inline style", $"<b id=at style='{Square};background:url(x.svg)'></b>" },
        { "inline custom property", $"<b id=at style='--x:url(x.svg);{Square};background:var(--x)'></b>" },
        { "style element", $"<style>@media all {{ body {{ & #at {{ {Square};background:image-set('x.svg' 1x) }} }} }}</style><b id=at></b>" },
        { "style element, a shorthand without a text of its own", $"<style>#at {{ {Square};background:url(x.svg) var(--r, repeat);background-color:blue }}</style><b id=at></b>" },
        { "keyframes", $"<style>@keyframes k {{ from, to {{ background: url(x.svg) }} }} #at {{ {Square};animation:k 9s infinite }}</style><b id=at></b>" },
        { "content", "<style>#at::before { content: url(x.svg) }</style><b id=at></b>" },
        { "background attribute", $"<div id=at><table cellspacing=0 cellpadding=0 background=x.svg><td style={Square}></table></div>" },
        { "open shadow root", "<span id=at></span><script>document.querySelector('#at').attachShadow({ mode: 'open' }).innerHTML = '<img style=display:block src=x.svg>'</script>" },
        { "constructed sheet", $"<b id=at></b><script>const s = new CSSStyleSheet(); s.replaceSync('#at {{ {Square};background:url(x.svg) }}'); document.adoptedStyleSheets = [s];</script>" },
    };

    [Theory, MemberData(nameof(Places))]
    public async Task A_saved_picture_is_on_the_screen_and_nothing_else_changed(string name, string markup)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + markup), ("x.svg", Picture("#c80000")), ("y.svg", Picture("blue")),
            ("bg.css", "#at { background: url('x.svg') }"), ("im.css", "@import 'bg.css';"), ("var.css", ":root { --x: url(x.svg) }"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.UntilPixelAsync("200,0,0");
        site.Write("x.svg", Picture("#00c800"));
        await live.UntilPixelAsync("0,200,0");
        await live.AssertAsync();
        Assert.True(live.Requests.Count(request => request.StartsWith("/x.svg", StringComparison.Ordinal)) == 1, $"{name}: {string.Join(' ', live.Requests)}");
        Assert.DoesNotContain(live.Requests, request => request.StartsWith("/y.svg", StringComparison.Ordinal));
        site.Write("x.svg", Picture("#0000c8"));
        await live.UntilPixelAsync("0,0,200");
        await live.AssertAsync();
    }

    /// <summary>What the page does with the file, the file, an expression that is to become true, how often the page was loaded then.</summary>
    public static TheoryData<string, string, string, int> Uses => new()
    {
        { "<img src=f.png><link rel=icon href=f.png><link rel=manifest href=m.json>", "f.png", "() => /^f\\.png\\?t=\\d+$/.test(document.querySelector('[rel=icon]').getAttribute('href'))", 1 },
        { "<svg><rect fill='url(g.svg#a) red'/><use href='g.svg#a'/></svg>", "g.svg", "() => /^url\\(\"g\\.svg\\?t=\\d+#a\"\\) red$/.test(document.querySelector('rect').getAttribute('fill'))", 1 },
        { "<script>fetch('d.json'); window.n = 1</script>", "d.json", "() => window.n && !window.kept", 2 },
        { "<link rel=preload as=fetch crossorigin href=d.json><script>fetch('d.json'); window.n = 1</script>", "d.json", "() => window.n && !window.kept", 2 },
        { "<script>fetch('d.json?t=' + Date.now()); addEventListener('liveserve:data', e => { e.preventDefault(); window.told = e.detail })</script>", "d.json", "() => window.told?.url === '/d.json' && told.version > 1e12", 1 },
        { "<script>const x = new XMLHttpRequest(); x.open('GET', 'part.html'); x.send(); window.n = 1</script>", "part.html", "() => window.n && !window.kept", 2 },
        { "<script type=module>import d from './d.json' with { type: 'json' }; window.n = 1</script>", "d.json", "() => window.n && !window.kept", 2 },
        { "<script>new Image().src = 'c.png'; window.n = 1</script>", "c.png", "() => window.n && !window.kept", 2 },
        { "<script>new FontFace('a', 'url(f.woff2)').load().catch(() => {}); window.n = 1</script>", "f.woff2", "() => window.n && !window.kept", 2 },
        { "<div data-liveserve=ignore><img src=i.png></div>", "i.png", "() => window.updates === 1 && document.querySelector('img').getAttribute('src') === 'i.png'", 1 },
        { "<img data-liveserve=reload src=i.png><script>window.n = 1</script>", "i.png", "() => window.n && !window.kept", 2 },
    };

    [Fact]
    public async Task Data_that_is_saved_while_a_script_reads_it_loads_the_page_again()
    {
        const string Page = "<script>addEventListener('liveserve:after', () => { window.told = 1 }); const read = () => fetch('d.json').then(d => d.text()).then(t => { document.title = t })</script>";
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + Page + "<script>location.hash && read()</script>"), ("d.json", "\"old\""));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        var held = await HeldRequest.OfAsync(open.Page, "d\\.json$", answered: true);
        await open.AskAsync<object>("() => { location.hash = 'again'; read(); }");
        await held.Arrived;
        site.Write("d.json", "\"new\"");
        await open.UntilAsync("() => window.told === 1");
        held.Release();
        await open.UntilAsync("() => document.title === '\"new\"'");
        Assert.Equal(2, open.Loads);
    }

    [Theory, MemberData(nameof(Uses))]
    public async Task A_saved_file_does_what_its_use_demands(string markup, string file, string becomes, int loads)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + markup), ("m.json", "{}"));
        site.Write(file, Content(file, 1));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.UntilAsync($"() => performance.getEntriesByName(new URL('{file}', location.href).href).length > 0 || !/fetch|XMLHttp|Image|Font|import/.test(document.scripts[0]?.text) || /Date.now/.test(document.scripts[0].text)");
        site.Write(file, Content(file, 2));
        await live.Open.UntilAsync(becomes);
        Assert.Equal(loads, live.Open.Loads);
    }

    [Theory]
    [InlineData("<link rel=stylesheet href=f.css><p>text", "f.css")]
    [InlineData("<style>@font-face { font-family: f; src: url(f.woff2) } p { font-family: f }</style><p>text", "")]
    public async Task A_saved_font_is_loaded_where_a_sheet_names_it(string markup, string sheet)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + markup), ("f.css", "@font-face { font-family: f; src: url(f.woff2) } p { font-family: f }"), ("f.woff2", "1"));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        var loaded = live.Open.Page.WaitForRequestAsync(new System.Text.RegularExpressions.Regex(@"f\.woff2\?t=\d+$"));
        site.Write("f.woff2", "2");
        await loaded;
        await live.AssertAsync();
        Assert.DoesNotContain(live.Requests, request => sheet.Length > 0 && request.Contains(sheet, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<audio src=s.wav></audio>")]
    [InlineData("<audio><source src=s.wav type=audio/wav></audio>")]
    public async Task Sound_goes_on_where_it_was(string markup)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + markup));
        site.Write("s.wav", Sound(10));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.Page.RouteAsync("**/s.wav*", route => route.FulfillAsync(new()
        {
            Status = 206, // what can be asked for in parts can be sought in
            BodyBytes = File.ReadAllBytes(site.At("s.wav")),
            Headers = new Dictionary<string, string>
            {
                ["Content-Type"] = "audio/wav", ["Accept-Ranges"] = "bytes",
                ["Content-Range"] = $"bytes 0-{new FileInfo(site.At("s.wav")).Length - 1}/{new FileInfo(site.At("s.wav")).Length}",
            },
        }));
        await live.Open.AskAsync<object>("() => document.querySelector('audio').load()");
        await live.Open.UntilAsync("() => document.querySelector('audio').readyState > 0");
        await live.Open.AskAsync<object>("() => Object.assign(document.querySelector('audio'), { currentTime: 4, volume: 0.5, playbackRate: 2 })");
        await live.Open.UntilAsync("() => document.querySelector('audio').currentTime === 4");
        site.Write("s.wav", Sound(20));
        await live.Open.UntilAsync("() => (audio => audio.duration === 20 && audio.currentTime === 4)(document.querySelector('audio'))");
        Assert.Equal("true 0.5 2", await live.Open.AskAsync<string>("() => (audio => `${audio.paused} ${audio.volume} ${audio.playbackRate}`)(document.querySelector('audio'))"));
        await live.AssertAsync();
    }

    [Fact]
    public async Task A_picture_stays_until_the_new_one_can_be_shown_and_of_two_saves_the_second_stays()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + "<img id=at src=x.svg>"), ("x.svg", Picture("#c80000")));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        var held = await HeldRequest.OfAsync(live.Open.Page, @"x\.svg\?t=");
        site.Write("x.svg", Picture("black"));
        await held.Arrived;
        Assert.Equal("200,0,0", await live.PixelAsync());
        site.Write("x.svg", Picture("#00c800"));
        await live.UntilPixelAsync("0,200,0");
        held.Release();
        await live.Open.UntilAsync("() => window.updates === 2");
        Assert.Equal("0,200,0", await live.PixelAsync());
        await live.AssertAsync();
    }

    [Fact]
    public async Task A_picture_with_a_mistake_leaves_the_old_one_and_its_repair_is_shown()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + "<img id=at src=x.svg>"), ("x.svg", Picture("#c80000")));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("x.svg", "<svg");
        await live.Open.UntilAsync("() => window.updates === 1");
        Assert.Equal("200,0,0", await live.PixelAsync());
        site.Write("x.svg", Picture("#00c800"));
        await live.UntilPixelAsync("0,200,0");
        await live.AssertAsync();
    }

    [Fact]
    public async Task A_frame_keeps_itself_up_to_date()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + "<iframe src=f.html></iframe>"), ("f.html", "<!doctype html><img src=x.svg>"), ("x.svg", Picture("red")));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.UntilAsync("() => frames[0]?.[Symbol.for('liveserve.client')] && frames[0].document.images[0]?.complete && (frames[0].kept = 1)");
        site.Write("x.svg", Picture("green"));
        await live.Open.UntilAsync("() => /t=\\d+$/.test(frames[0].document.images[0].src)");
        Assert.Equal(1, await live.Open.AskAsync<int>("() => frames[0].kept"));
        Assert.Equal(42, await live.Open.AskAsync<int>("() => window.kept"));
    }

    [Theory]
    [InlineData("<object id=at data=x.svg></object>")]
    [InlineData("<embed id=at src=x.svg width=10 height=10>")]
    public async Task A_drawing_that_is_a_document_of_its_own_keeps_itself_up_to_date(string markup)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Start + markup), ("x.svg", Picture("#c80000")));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.UntilAsync("() => document.querySelector('#at').getSVGDocument()?.defaultView?.[Symbol.for('liveserve.client')]");
        await live.UntilPixelAsync("200,0,0");
        site.Write("x.svg", Picture("#00c800"));
        await live.UntilPixelAsync("0,200,0");
        Assert.Equal(42, await live.Open.AskAsync<int>("() => window.kept"));
        Assert.False(await live.Open.AskAsync<bool>("() => document.querySelector('#at').outerHTML.includes('?')"));
    }

    private static string Picture(string colour) =>
        $"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect id='a' width='10' height='10' fill='{colour}'/></svg>";

    private static byte[] Content(string file, byte version) => Path.GetExtension(file) switch
    {
        ".json" => System.Text.Encoding.UTF8.GetBytes($"{{\"v\":{version}}}"),
        ".svg" => System.Text.Encoding.UTF8.GetBytes(Picture(version == 1 ? "red" : "green")),
        _ => [version],
    };

    /// <summary>Silence: 8 bit, 8000 samples a second.</summary>
    private static byte[] Sound(int seconds)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("RIFF"u8);
        writer.Write(36 + (seconds * 8000));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(8000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(seconds * 8000);
        writer.Write(Enumerable.Repeat((byte)128, seconds * 8000).ToArray());
        writer.Flush();
        return bytes.ToArray();
    }
}

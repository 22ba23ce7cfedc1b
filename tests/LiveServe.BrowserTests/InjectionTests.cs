using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Every kind of page gets the client, runs as its author wrote it, and shows no trace of us.</summary>
public sealed class InjectionTests(Chromium chromium)
{
    private const string Doctype = "<!doctype html>";

    /// <summary>Case, file, content, an expression that must hold in the page.</summary>
    public static TheoryData<string, string, byte[], string> Pages => new()
    {
        { "A1 a fragment", "a.html", Utf8("<p>hi"), "() => document.compatMode === 'BackCompat' && document.body.textContent === 'hi'" },
        { "A2 nothing at all", "a.html", [], "() => document.body.childNodes.length === 0" },
        { "A3 end of body in a script", "a.html", Utf8($"{Doctype}<body><script>window.s = '</body>';</script><p>x</body>"), "() => window.s === '</' + 'body>'" },
        { "A4 end of body in a textarea", "a.html", Utf8($"{Doctype}<body><textarea></body></textarea><svg><desc><![CDATA[</body>]]></desc></svg></body>"), "() => document.querySelector('textarea').value === '</' + 'body>' && document.querySelector('desc').textContent === '</' + 'body>'" },
        { "A5 end of body in a template, an attribute, a srcdoc", "a.html", Utf8($"{Doctype}<body><template></body></template><i title='</body>'></i><iframe srcdoc='<p></body>'></iframe></body>"), "() => document.querySelector('i').title === '</' + 'body>'" },
        { "A6 end of head in a script", "a.html", Utf8($"{Doctype}<head><script>window.s = '</head>';</script></head>"), "() => window.s === '</' + 'head>'" },
        { "A7 end of head in a comment before the doctype", "a.html", Utf8($"<!-- </head> -->{Doctype}<head></head>"), "() => document.compatMode === 'CSS1Compat'" },
        { "A8 an end tag with a space", "a.html", Utf8($"{Doctype}<BODY>x</BODY ></HTML >"), "() => document.body.textContent.trim() === 'x'" },
        { "A9 no end tags", "a.html", Utf8($"{Doctype}<html><head><title>t<body>"), "() => true" },
        { "A10 a header and no head", "a.html", Utf8($"{Doctype}<header title=\"a>b\">x</header>"), "() => document.querySelector('header').title === 'a>b' && document.compatMode === 'CSS1Compat'" },
        { "A11 a long doctype and no head", "a.html", Utf8("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\"><html><body>x"), "() => document.compatMode === 'CSS1Compat'" },
        { "A12 UTF-16", "a.html", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{Doctype}<head></head><p>日本語 é")], "() => document.body.textContent === '日本語 é' && document.characterSet === 'UTF-16LE'" },
        { "A13 Shift_JIS", "a.html", [.. Utf8($"{Doctype}<head><meta charset=Shift_JIS></head><p>"), 0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA], "() => document.body.textContent === '日本語'" },
        { "A14 windows-1252", "a.html", [.. Utf8($"{Doctype}<head><meta charset=windows-1252></head><p>"), 0xE9, 0x80], "() => document.body.textContent === 'é€'" },
        { "A15 XHTML", "a.xhtml", Utf8("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body><p>x</p></body></html>"), "() => document.contentType === 'application/xhtml+xml' && document.querySelector('p').textContent === 'x'" },
        { "A15 XHTML with a prefix", "a.xhtml", Utf8("<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><h:title>t</h:title></h:head><h:body><h:p>x</h:p></h:body></h:html>"), "() => document.querySelector('p').textContent === 'x'" },
        { "A16 SVG", "a.svg", Utf8("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>"), "() => document.documentElement.children.length === 1" },
        { "A17 frameset", "a.html", Utf8("<html><head></head><frameset cols='*,*'><frame src='f.html'><frame src='f.html'></frameset></html>"), "() => frames.length === 2 && document.body.localName === 'frameset'" },
        { "A18 a policy with 'self'", "a.html", Utf8($"{Doctype}<head><meta http-equiv=Content-Security-Policy content=\"script-src 'self'; connect-src 'self'\"></head>"), "() => true" },
        { "A18 a policy that forbids everything", "a.html", Utf8($"{Doctype}<head><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"></head><p>x"), "() => document.body.textContent === 'x'" },
        { "A20 an import map late in the head", "a.html", Utf8($"{Doctype}<head><title>t</title><script type=importmap>{{\"imports\":{{\"dep\":\"./dep.js\"}}}}</script></head><body><script type=module>import {{ d }} from 'dep'; window.d = d;</script>"), "() => window.d === 7" },
        { "A21 trusted types", "a.html", Utf8($"{Doctype}<head><meta http-equiv=Content-Security-Policy content=\"require-trusted-types-for 'script'; trusted-types 'none'\"></head>"), "() => true" },
        { "A22 selectors", "a.html", Utf8($"{Doctype}<head><style>head > :first-child {{ --first: 1 }} body > :last-child {{ color: rgb(1, 2, 3) }}</style></head><body><p>a</p><p id=last>b</p></body>"), "() => getComputedStyle(document.querySelector('#last')).color === 'rgb(1, 2, 3)' && document.head.firstElementChild.localName === 'style' && document.body.lastElementChild.id === 'last' && document.scripts.length === 0" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task The_client_runs_and_the_page_is_its_authors(string name, string file, byte[] content, string holds)
    {
        await using var site = await TestSite.StartAsync(null, ("f.html", "<p>frame"), ("dep.js", "export const d = 7;"));
        site.Write(file, content);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/" + file);
        await open.UntilAsync("() => window[Symbol.for('liveserve.client')] === true");
        await open.UntilAsync(holds);
        Assert.True(open.Errors.Count == 0, $"{name}: {string.Join('\n', open.Errors)}");
        Assert.Equal(0, await open.AskAsync<int>("() => document.querySelectorAll('script[data-boot]').length"));
        Assert.Equal(1, open.Loads);
    }

    [Fact]
    public async Task A_page_with_trusted_types_still_shows_a_save()
    {
        var page = $"{Doctype}<head><meta http-equiv=Content-Security-Policy content=\"require-trusted-types-for 'script'; trusted-types 'none'\"></head><p id=p>old";
        await using var site = await TestSite.StartAsync(null, ("a.html", page));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/a.html");
        site.Write("a.html", page.Replace("old", "new", StringComparison.Ordinal));
        await open.UntilAsync("() => document.querySelector('#p')?.textContent === 'new'");
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task Frames_have_a_client_of_their_own()
    {
        await using var site = await TestSite.StartAsync(null, ("a.html", $"{Doctype}<p>outer<iframe src=f.html></iframe>"), ("f.html", "<p id=p>old"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/a.html");
        await open.AskAsync<object>("() => { window.kept = 42; }");
        await open.UntilAsync("() => frames[0]?.[Symbol.for('liveserve.client')] === true");
        site.Write("f.html", "<p id=p>new");
        await open.UntilAsync("() => frames[0]?.document.querySelector('#p')?.textContent === 'new'");
        Assert.Equal(42, await open.AskAsync<int>("() => window.kept"));
    }

    [Theory]
    [InlineData("page.html", "<!doctype html><head></head><body>x</body>")]
    [InlineData("part.html", "<li>one")]
    [InlineData("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public async Task What_a_script_fetches_is_byte_exact(string file, string text)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Doctype), (file, text));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.Equal(text, await open.AskAsync<string>($"() => fetch('/{file}').then(r => r.text())"));
        Assert.Equal(text, await open.AskAsync<string>($"() => fetch('/{file}', {{ headers: {{ Accept: 'text/html' }} }}).then(r => r.text())"));
    }

    [Fact]
    public async Task A_picture_is_no_document()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", $"{Doctype}<img src=a.svg onload='window.loaded = true'>"), ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='7' height='9'/>"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.UntilAsync("() => window.loaded && document.images[0].naturalWidth === 7");
    }

    [Fact]
    public async Task The_sample_pages_in_all_encodings_run_the_client()
    {
        await using var site = await TestSite.StartAsync(null, ("", Path.Combine(UnitTests.Architecture.Repository.Root, "samples", "encodings")));
        foreach (var file in Directory.EnumerateFiles(site.Root).Select(Path.GetFileName).Where(name => name!.EndsWith("ml", StringComparison.Ordinal) || name.EndsWith(".svg", StringComparison.Ordinal)))
        {
            await using var open = await OpenPage.OpenAsync(chromium, site, $"/{file}");
            await open.UntilAsync("() => window[Symbol.for('liveserve.client')] === true");
            Assert.True(open.Errors.Count == 0, $"{file}: {string.Join('\n', open.Errors)}");
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

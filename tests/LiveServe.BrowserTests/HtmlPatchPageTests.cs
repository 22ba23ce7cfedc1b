using System.Text;

namespace LiveServe.BrowserTests;

/// <summary>Pages of all kinds are patched: by encoding, by policy, by mode, by size.</summary>
public sealed class HtmlPatchPageTests(Chromium chromium)
{
    static HtmlPatchPageTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("windows-1252", "<meta charset=windows-1252><p>caf\u00e9 \u20ac</p>", "\u00fcber \u20ac")]
    [InlineData("windows-1252", "<p>caf\u00e9</p>", "\u00fcber")]
    [InlineData("shift_jis", "<meta charset=Shift_JIS><p>\u65e5\u672c</p>", "\u8868\u793a")]
    [InlineData("utf-8", "<meta charset=utf-8><p>caf\u00e9</p>", "\u65e5\u672c \ud83d\ude00")]
    [InlineData("utf-8", "\ufeff<!doctype html><p>caf\u00e9</p>", "\u65e5\u672c")]
    [InlineData("utf-16", "<p>caf\u00e9</p>", "\u65e5\u672c")]
    public async Task A_page_is_read_in_its_encoding(string encoding, string source, string text)
    {
        await using var page = await EditedPage.OpenAsync(chromium, "\ufeff"[..(encoding == "utf-16" ? 1 : 0)] + source, encoding: Encoding.GetEncoding(encoding));
        await page.DoAsync("document.querySelector('p').classList.add('kept')");
        page.Edit("<p>", $"<p>{text} ");
        await page.UntilAsync($"document.querySelector('p').textContent.startsWith('{text} ')");
        await page.KeepsAsync("document.querySelector('p.kept')");
    }

    [Theory]
    [InlineData("<p>old</p>", "<p>new</p>")]
    [InlineData("<style>p { color: red }</style><p>old</p>", "<style>p { color: blue }</style><p title=x>new</p>")]
    [InlineData("<p>old</p>", "<p>new</p><script type=application/ld+json>{}</script>")]
    [InlineData("<script type=application/json>1</script><p>old</p>", "<script type=application/json>2</script><p>new</p>")]
    [InlineData("<iframe srcdoc='<p>a'></iframe><p>old</p>", "<iframe srcdoc='<p>b'></iframe><p>new</p>")]
    [InlineData("<object data=a.svg></object><p>old</p>", "<object data=b.svg></object><p>new</p>")]
    [InlineData("<p style='color: red'>old</p>", "<p style='color: blue' @click=x>new</p>")]
    [InlineData("<template><b>a</b></template><p>old</p>", "<template><i>b</i></template><p>new</p>")]
    public async Task A_page_with_trusted_types_and_a_strict_policy_is_patched_without_a_complaint(string from, string to)
    {
        const string Policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'";
        const string Drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>";
        await using var page = await EditedPage.OpenAsync(
            chromium, $"<!doctype html><meta http-equiv=Content-Security-Policy content=\"{Policy}\"><title>t</title><body>{from}</body>",
            files: [("a.svg", Drawing), ("b.svg", Drawing)]);
        page.Edit(from, to);
        await page.UntilAsync("document.querySelector('p').textContent === 'new'");
        await page.KeepsAsync("true");
    }

    [Theory]
    [InlineData("quirks.html", "<table><tr><td><p>old")]
    [InlineData("strict.html", "<!doctype html><html lang=en><head></head><body><main><p>old</p></main></body></html>")]
    [InlineData("fragment.html", "text <p>old")]
    [InlineData("page.xhtml", "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body><p>old</p><noscript><b>x</b></noscript></body></html>")]
    [InlineData("drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text id=\"p\">old</text></svg>")]
    public async Task A_page_is_patched_in_the_mode_it_is_in(string path, string source)
    {
        await using var page = await EditedPage.OpenAsync(chromium, source, path);
        await page.DoAsync("window.node = document.querySelector('p, text');");
        page.Edit("old", "new");
        await page.UntilAsync("node.textContent.trim() === 'new'");
        await page.KeepsAsync("node.isConnected");
        page.Edit("new", "newer");
        await page.UntilAsync("node.textContent.trim() === 'newer'");
        await page.KeepsAsync("node.isConnected");
    }

    [Fact]
    public async Task Xml_that_is_not_well_formed_shows_the_browsers_complaint_and_its_repair_the_page()
    {
        await using var page = await EditedPage.OpenAsync(
            chromium, "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body><p>old</p></body></html>", "page.xhtml");
        await page.DoAsync("window.old = 1");
        page.Edit("<p>old</p>", "<p>broken</q>");
        await page.UntilAsync("!window.old && document.querySelector('parsererror')");
        page.Edit("<p>broken</q>", "<p>whole</p>");
        await page.UntilAsync("!document.querySelector('parsererror') && document.querySelector('p')?.textContent === 'whole'");
    }

    [Fact]
    public async Task Of_2500_sections_the_edited_one_changes_and_all_are_the_same_elements()
    {
        var sections = string.Concat(Enumerable.Range(0, 2500).Select(i =>
            $"\n<section class=a><h2>Section {i}</h2><p>Some text that is long enough for number {i}.</p></section>"));
        await using var page = await EditedPage.OpenAsync(chromium, $"<!doctype html><title>t</title><body>{sections}</body>");
        await page.DoAsync("window.all = [...document.querySelectorAll('section')]; all[7].classList.add('mine'); all[2400].classList.add('mine');");
        page.Edit("Section 1234<", "Edited<");
        await page.UntilAsync("document.querySelectorAll('h2')[1234].textContent === 'Edited'");
        await page.KeepsAsync("[...document.querySelectorAll('section')].every((section, i) => section === all[i])");
        page.Edit("class=a>", "class=b>");
        await page.UntilAsync("all.every(section => section.classList.contains('b'))");
        await page.KeepsAsync("all[7].matches('.b.mine:not(.a)') && [...document.querySelectorAll('section')].every((section, i) => section === all[i])");
    }

    [Fact]
    public async Task Title_and_meta_change_and_no_sheet_is_fetched_again()
    {
        await using var page = await EditedPage.OpenAsync(
            chromium, "<!doctype html><title>old</title><meta name=description content=old><link rel=stylesheet href=site.css><p>x",
            files: ("site.css", "p { color: rgb(1, 2, 3) }"));
        await page.DoAsync("window.link = document.querySelector('link'); window.sheet = link.sheet;");
        page.Edit("old", "new");
        await page.UntilAsync("document.title === 'new' && document.querySelector('meta').content === 'new'");
        await page.KeepsAsync("link.isConnected && link.sheet === sheet && performance.getEntriesByName(link.href).length === 1");
    }

    [Fact]
    public async Task A_new_sheet_has_loaded_when_the_body_it_is_for_appears()
    {
        await using var page = await EditedPage.OpenAsync(
            chromium, "<!doctype html><html><head><title>t</title><link rel=stylesheet href=old.css></head><body><p>old</p></body></html>",
            files: [("old.css", "p { color: rgb(1, 2, 3) }"), ("new.css", "b { color: rgb(4, 5, 6) }"), ("more.css", "b { margin: 7px }")]);
        await page.DoAsync("""
            window.seen = [];
            new MutationObserver(() => { const b = document.querySelector('b'); if (b) seen.push(getComputedStyle(b).color + getComputedStyle(b).marginTop); })
              .observe(document.body, { childList: true, subtree: true });
            """);
        page.Edit("old.css></head><body><p>old</p>", "new.css><link rel=stylesheet href=more.css></head><body><b>new</b>");
        await page.UntilAsync("seen.length > 0 && document.querySelectorAll('link').length === 2");
        await page.KeepsAsync("seen.every(look => look === 'rgb(4, 5, 6)7px')");
    }

    [Fact]
    public async Task A_style_elements_text_is_exchanged_in_place()
    {
        await using var page = await EditedPage.OpenAsync(chromium, "<!doctype html><style>p { color: rgb(1, 2, 3) }</style><p>x");
        await page.DoAsync("window.element = document.querySelector('style')");
        page.Edit("1, 2, 3", "4, 5, 6");
        await page.UntilAsync("getComputedStyle(document.querySelector('p')).color === 'rgb(4, 5, 6)'");
        await page.KeepsAsync("element.isConnected");
    }
}

namespace LiveServe.BrowserTests;

/// <summary>Edits that a running page cannot take over: it is loaded anew, and says why.</summary>
public sealed class HtmlPatchReloadTests(Chromium chromium)
{
    private const string Page = """
        <!doctype html><html><head><title>t</title><meta name=description content=d><script src=app.js></script>
        <script>window.inline = 1;</script></head><body><h1>title</h1><div id=root><p>text</p></div><button onclick="go()">go</button>
        <section><template shadowrootmode=open><b>shadow</b></template></section><template><script>later()</script></template></body></html>
        """;

    [Theory]
    [InlineData("window.inline = 1", "window.inline = 2", "a script in the page has changed")]
    [InlineData("<script src=app.js>", "<script src=other.js>", "the script other.js has changed")]
    [InlineData("<script src=app.js>", "<script src=app.js defer>", "the script app.js has changed")]
    [InlineData("<h1>", "<script>window.added = 1</script><h1>", "a script in the page is new")]
    [InlineData("<h1>", "<div><p><script type=module src=app.js></script></div><h1>", "the script app.js is new")]
    [InlineData("<script src=app.js></script>", "", "the script app.js is gone")]
    [InlineData("later()", "sooner()", "a script in the page has changed")]
    [InlineData("<h1>", "<script type=text/babel>x</script><h1>", "a script in the page is new")]
    [InlineData("<meta name", "<script type=importmap>{}</script><meta name", "a script in the page is new")]
    [InlineData("<h1>", "<script type=speculationrules>{}</script><h1>", "a script in the page is new")]
    [InlineData("go()", "stop()", "onclick of <button> is a script that changed")]
    [InlineData("<meta name", "<base href=/other/><meta name", "<base> is new")]
    [InlineData("<meta name", "<meta http-equiv=Content-Security-Policy content=\"default-src *\"><meta name", "<meta> is new")]
    [InlineData("<meta name", "<meta http-equiv=refresh content=3600><meta name", "<meta> is new")]
    [InlineData("<meta name", "<meta charset=utf-8><meta name", "<meta> is new")]
    [InlineData("<b>shadow", "<i>shadow", "<template> has changed")]
    [InlineData("<h1>", "<i><template shadowrootmode=open>new</template></i><h1>", "<template> is new")]
    [InlineData("<!doctype html>", "", "the doctype")]
    [InlineData("<!doctype html>", "<!doctype html public \"-//W3C//DTD HTML 4.01//EN\">", "the doctype")]
    [InlineData("<html>", "<html manifest=x>", "the manifest")]
    [InlineData("<h1>title", "<h1 data-liveserve=reload>new", "<h1> has changed")]
    [InlineData("<h1>", "<p data-liveserve=reload>new<h1>", "<p> is new")]
    public async Task The_page_is_loaded_anew(string from, string to, string why)
    {
        await using var page = await EditedPage.OpenAsync(chromium, Page, files: [("app.js", ""), ("other.js", "")]);
        await page.DoAsync("window.old = 1; document.querySelector('h1').id = 'touched';");
        page.Edit(from, to);
        await page.UntilAsync("!window.old && document.readyState === 'complete'");
        var applied = Assert.Single(page.Applied);
        Assert.Equal("reload", applied.Result);
        Assert.Contains(why, applied.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>text", "<p>edited", "document.querySelector('#root').replaceChildren(document.createElement('main'))")]
    [InlineData("<p>text</p>", "<p>text</p><p>added</p>", "document.querySelector('#root').replaceChildren(document.createElement('main'))")]
    [InlineData("<p>text</p>", "", "document.querySelector('#root').replaceChildren(document.createElement('main'))")]
    [InlineData("<h1>title", "<h1>new title", "document.querySelector('h1').remove()")]
    [InlineData("<p>text", "<p>edited", "document.querySelector('#root').replaceChildren(...'ab'.split('').map(() => document.createElement('p')))")]
    public async Task An_edit_in_a_region_that_a_script_has_replaced_loads_the_page_anew(string from, string to, string script)
    {
        await using var page = await EditedPage.OpenAsync(chromium, Page, files: [("app.js", ""), ("other.js", "")]);
        await page.DoAsync($"window.old = 1; {script}");
        page.Edit(from, to);
        await page.UntilAsync("!window.old && document.readyState === 'complete'");
        Assert.Equal("reload", Assert.Single(page.Applied).Result);
    }

    [Fact]
    public async Task A_page_that_switches_the_client_off_is_loaded_anew()
    {
        await using var page = await EditedPage.OpenAsync(chromium, Page, files: [("app.js", ""), ("other.js", "")]);
        await page.DoAsync("window.old = 1");
        page.Edit("<meta name", "<meta name=liveserve content=off><meta name");
        await page.UntilAsync("!window.old && document.readyState === 'complete'");
        Assert.Equal(2, page.Open.Loads);
    }
}

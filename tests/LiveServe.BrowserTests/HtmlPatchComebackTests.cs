namespace LiveServe.BrowserTests;

/// <summary>What a script did, or could not do, when the page was loaded, is not there in an element that a patch makes anew.</summary>
public sealed class HtmlPatchComebackTests(Chromium chromium)
{
    private const string List = "<ul id=made></ul>";

    /// <summary>What a script has worked on, and how.</summary>
    public static readonly TheoryData<string, string> Worked = new()
    {
        { List, "document.getElementById('made').append(document.createElement('li'));" },
        { "<div class=cards></div>", "document.querySelector('.cards').textContent = 'three';" },
        { "<section><button>go</button></section>", "document.querySelector('button').addEventListener('click', () => {});" },
        { "<canvas></canvas>", "document.querySelector('canvas').getContext('2d');" },
    };

    [Theory]
    [MemberData(nameof(Worked))]
    public async Task What_a_script_had_worked_on_comes_back_by_a_reload(string element, string script)
    {
        await using var page = await EditedPage.OpenAsync(chromium, $"<!doctype html><title>t</title><body>{element}<p>text</p><script>{script}</script>");
        await page.DoAsync("window.old = 1;");
        page.Edit(element, "");
        await page.UntilAsync("document.body.firstElementChild.localName === 'p'");
        await page.KeepsAsync("window.old");
        page.Edit("<p>", element + "<p>");
        await page.UntilAsync("!window.old && document.readyState === 'complete'");
        Assert.Contains("is back, and a script may have worked on the one that went", page.Applied.Last().Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p class=note>a <b>note</b></p>", "document.title = 'x';")]
    [InlineData("<button>go</button>", "")]
    public async Task What_no_script_had_touched_comes_back_where_it_was(string element, string script)
    {
        var source = $"<!doctype html><title>t</title><body>{element}<p>text</p>" + (script.Length > 0 ? $"<script>{script}</script>" : "");
        await using var page = await EditedPage.OpenAsync(chromium, source);
        page.Edit(element, "");
        await page.UntilAsync("document.body.firstElementChild.textContent === 'text'");
        page.Edit("<p>", element + "<p>");
        await page.UntilAsync("document.body.firstElementChild.textContent !== 'text'");
        await page.KeepsAsync("true");
    }

    [Fact]
    public async Task A_page_whose_script_failed_at_its_start_is_loaded_anew_by_the_edit_that_may_put_it_right()
    {
        await using var page = await EditedPage.OpenAsync(chromium, "<!doctype html><title>t</title><body><p>text</p><script src=late.js defer></script>",
            files: ("late.js", "document.getElementById('made').append('by a script');"));
        var held = await HeldRequest.OfAsync(page.Page, "late.js$"); // until the client is there to hear of it
        await page.Page.ReloadAsync(new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });
        await held.Arrived;
        await page.UntilAsync("!document.querySelector('script[src*=client]')");
        held.Release();
        await page.UntilAsync("document.readyState === 'complete'");
        page.Edit("<p>text</p>", $"<p>text</p>{List}");
        await page.UntilAsync("document.getElementById('made')?.textContent === 'by a script'");
        var applied = Assert.Single(page.Applied);
        Assert.Contains("a script failed when the page was loaded, which this edit may put right", applied.Why, StringComparison.Ordinal);
        page.Edit("text", "edited");
        await page.UntilAsync("document.querySelector('p').textContent === 'edited'");
        Assert.Equal("patch", page.Applied.Last().Result);
    }
}

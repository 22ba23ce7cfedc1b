namespace LiveServe.BrowserTests;

/// <summary>Somebody is using the page while its source is edited: the edit is there, and nothing they did is lost.</summary>
public sealed class HtmlPatchTests(Chromium chromium)
{
    private const string Form = """
        <!doctype html><title>t</title><body><h1>old</h1><form><input class=name><input type=checkbox class=tick><input type=checkbox class=preset checked>
        <input type=radio name=r class=one checked><input type=radio name=r class=two><input type=radio name=r class=three>
        <select><option>a<option>b<option>c</select><textarea>first</textarea></form><div contenteditable>here</div>
        <details><summary>more</summary>text</details><dialog>asks</dialog>
        """;

    private const string New = "document.querySelector('h1').textContent === 'new'";

    [Fact]
    public async Task Typed_text_stays_in_its_field()
    {
        await using var page = await EditedPage.OpenAsync(chromium, Form);
        await page.Page.FillAsync(".name", "Ann");
        await page.Page.FillAsync("textarea", "long text");
        await page.Page.FillAsync("[contenteditable]", "mine");
        page.Edit("old", "new");
        await page.UntilAsync(New);
        await page.KeepsAsync("document.querySelector('.name').value === 'Ann'");
        await page.KeepsAsync("document.querySelector('textarea').value === 'long text'");
        await page.KeepsAsync("document.querySelector('[contenteditable]').textContent === 'mine'");
    }

    [Fact]
    public async Task Choices_stay_chosen()
    {
        await using var page = await EditedPage.OpenAsync(chromium, Form);
        await page.Page.CheckAsync(".tick");
        await page.Page.UncheckAsync(".preset");
        await page.Page.CheckAsync(".two");
        await page.Page.SelectOptionAsync("select", "b");
        await page.Page.ClickAsync("summary");
        page.Edit("old", "new");
        await page.UntilAsync(New);
        await page.KeepsAsync("document.querySelector('.tick').checked && !document.querySelector('.preset').checked && document.querySelector('.two').checked");
        await page.KeepsAsync("document.querySelector('select').value === 'b' && document.querySelector('details').open");
    }

    [Theory]
    [InlineData("<textarea>first", "<textarea>second", "textarea.defaultValue === 'second'", "textarea.value === 'typed'")]
    [InlineData("<input class=name>", "<input class=name value=default>", "name.defaultValue === 'default'", "name.value === 'typed'")]
    [InlineData("class=three>", "class=three checked>", "three.defaultChecked", "two.checked")]
    [InlineData("<option>c", "<option selected>c", "select.options[2].defaultSelected", "select.value === 'b'")]
    [InlineData("<option>a", "<option>z<option selected>a", "select.options.length === 4", "select.value === 'b'")]
    [InlineData("class=tick>", "class=tick checked>", "tick.defaultChecked", "!tick.checked")]
    public async Task An_edited_default_does_not_undo_what_the_visitor_chose(string from, string to, string shown, string kept)
    {
        const string Names = """
            const [name, tick, two, three, select, textarea] = ['.name', '.tick', '.two', '.three', 'select', 'textarea'].map(s => document.querySelector(s));
            """;
        await using var page = await EditedPage.OpenAsync(chromium, Form);
        await page.Page.FillAsync(".name", "typed");
        await page.Page.FillAsync("textarea", "typed");
        await page.Page.CheckAsync(".two");
        await page.Page.CheckAsync(".tick");
        await page.Page.UncheckAsync(".tick");
        await page.Page.SelectOptionAsync("select", "b");
        page.Edit(from, to);
        await page.UntilAsync($"{{ {Names} return {shown}; }}");
        await page.KeepsAsync($"(() => {{ {Names} return {kept}; }})()");
    }

    [Theory]
    [InlineData("<textarea>first", "<textarea>second", "document.querySelector('textarea').value === 'second'")]
    [InlineData("<input class=name>", "<input class=name value=default>", "document.querySelector('.name').value === 'default'")]
    [InlineData("class=three>", "class=three checked>", "document.querySelector('.three').checked")]
    [InlineData("<option>c", "<option selected>c", "document.querySelector('select').value === 'c'")]
    [InlineData("<details>", "<details open>", "document.querySelector('details').open")]
    [InlineData("<dialog>", "<dialog open>", "document.querySelector('dialog').open")]
    public async Task An_edited_default_shows_where_the_visitor_has_not_chosen(string from, string to, string shown)
    {
        await using var page = await EditedPage.OpenAsync(chromium, Form);
        page.Edit(from, to);
        await page.UntilAsync(shown);
        await page.KeepsAsync(shown);
    }

    [Fact]
    public async Task Focus_and_selection_stay_when_a_paragraph_comes_before_them()
    {
        await using var page = await EditedPage.OpenAsync(chromium, Form);
        await page.Page.FillAsync(".name", "selected");
        await page.DoAsync("document.querySelector('.name').setSelectionRange(2, 5)");
        page.Edit("<h1>old</h1><form>", "<h1>new</h1><p>added</p><form>");
        await page.UntilAsync(New);
        await page.KeepsAsync("document.activeElement.className === 'name' && document.activeElement.selectionStart === 2 && document.activeElement.selectionEnd === 5");
    }

    [Fact]
    public async Task A_selection_in_a_text_survives_an_edit_at_its_end()
    {
        await using var page = await EditedPage.OpenAsync(chromium, "<p>select me, not this</p>");
        await page.DoAsync("getSelection().setBaseAndExtent(document.querySelector('p').firstChild, 0, document.querySelector('p').firstChild, 9)");
        page.Edit("not this", "nor that");
        await page.UntilAsync("document.body.textContent.includes('nor that')");
        await page.KeepsAsync("String(getSelection()) === 'select me'");
    }

    [Fact]
    public async Task A_page_stays_where_it_was_scrolled_to()
    {
        var lines = string.Concat(Enumerable.Range(0, 200).Select(i => $"<p>line {i}</p>"));
        await using var page = await EditedPage.OpenAsync(chromium, $"<!doctype html><h1>old</h1>{lines}");
        await page.DoAsync("scrollTo(0, 1500)");
        page.Edit("old", "new");
        await page.UntilAsync(New);
        await page.KeepsAsync("scrollY === 1500");
    }

    [Fact]
    public async Task A_modal_dialog_stays_modal()
    {
        await using var page = await EditedPage.OpenAsync(chromium, Form);
        await page.DoAsync("document.querySelector('dialog').showModal()");
        page.Edit("old", "new");
        await page.UntilAsync(New);
        await page.KeepsAsync("document.querySelector('dialog:modal')");
    }

    [Fact]
    public async Task What_was_typed_stays_with_its_row_when_a_row_comes_before_it()
    {
        await using var page = await EditedPage.OpenAsync(chromium, "<ul><li>a <input></li><li>b <input></li></ul>");
        await page.Page.FillAsync("li:nth-child(1) input", "for a");
        await page.Page.FillAsync("li:nth-child(2) input", "for b");
        page.Edit("<ul>", "<ul><li>new <input></li>");
        await page.UntilAsync("document.querySelectorAll('li').length === 3");
        await page.KeepsAsync("[...document.querySelectorAll('input')].map(i => i.value).join() === ',for a,for b'");
    }
}

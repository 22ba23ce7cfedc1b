using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>What of a sheet stays as it is while it is exchanged.</summary>
public sealed class StyleRuleTests(Chromium chromium)
{
    private const string Doctype = "<!doctype html><meta charset=utf-8>";
    private const string Paragraph = Undisturbed.Body + "<p id=p>text";
    private const string Old = "p { color: rgb(1, 1, 1) }";
    private const string New = "p { color: rgb(2, 2, 2) }";

    [Fact]
    public async Task A_save_that_changes_nothing_does_nothing_and_one_by_renaming_is_one_update()
    {
        await using var site = await OneSheetAsync(Old);
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", Old);
        site.Write("a.css.new", New);
        File.Move(site.At("a.css.new"), site.At("a.css"), overwrite: true);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
        Assert.Equal(1, await live.Open.AskAsync<int>("() => window.updates"));
    }

    [Fact]
    public async Task Rules_that_did_not_change_are_not_touched_and_those_of_scripts_stay()
    {
        await using var site = await OneSheetAsync("p { color: red } @keyframes k { to { opacity: 0 } } p { animation: k 1000s }");
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.Open.AskAsync<object>("() => { window.before = [document.querySelector('#p').getAnimations()[0], document.styleSheets[0].cssRules[1]]; before[0].currentTime = 5000; }");
        site.Write("a.css", "b { top: 0 } p { color: rgb(3, 3, 3) } @keyframes k { to { opacity: 0 } } p { animation: k 1000s }");
        await UntilColourAsync(live, "rgb(3, 3, 3)");
        await live.Open.AskAsync<object>("() => document.styleSheets[0].insertRule('p { width: 77px }', 1)");
        site.Write("a.css", "p { color: rgb(2, 2, 2) } @keyframes k { to { opacity: 0 } } p { animation: k 1000s }");
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        await live.AssertAsync();
        Assert.True(await live.Open.AskAsync<bool>("() => before[1] === [...document.styleSheets[0].cssRules].find(rule => rule instanceof CSSKeyframesRule)"));
        Assert.True(await live.Open.AskAsync<bool>("() => before[0] === document.querySelector('#p').getAnimations()[0] && before[0].currentTime >= 5000"));
        Assert.Equal("77px", await live.Open.AskAsync<string>("() => getComputedStyle(document.querySelector('#p')).width"));
        Assert.Equal(4, await live.Open.AskAsync<int>("() => document.styleSheets[0].cssRules.length"));
    }

    [Fact]
    public async Task A_background_is_never_empty()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", $"{Doctype}<link rel=stylesheet href=a.css>{Undisturbed.Body}"),
            ("a.css", "body { background: url(x.svg) fixed }"), ("x.svg", Svg("#c80000")));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        await live.UntilPixelAsync("200,0,0");
        var held = await HeldRequest.OfAsync(live.Open.Page, @"x\.svg\?t=");
        site.Write("x.svg", Svg("#00c800"));
        await held.Arrived;
        Assert.Equal("200,0,0", await live.PixelAsync());
        held.Release();
        await live.UntilPixelAsync("0,200,0");
        await live.AssertAsync();
        Assert.Equal(["/x.svg?t=*"], live.Requests);
    }

    [Fact]
    public async Task A_rule_that_got_a_new_picture_is_still_the_files_own()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", $"{Doctype}<link rel=stylesheet href=a.css>{Paragraph}"), ("a.css", Old), ("x.svg", Svg("red")));
        await using var live = await Undisturbed.OpenAsync(chromium, site);
        site.Write("a.css", "b { color: red } p { background: url(x.svg) }");
        await live.Open.UntilAsync("() => performance.getEntriesByType('resource').some(entry => entry.name.includes('x.svg'))");
        site.Write("x.svg", Svg("green"));
        await live.Open.UntilAsync("() => document.styleSheets[0].cssRules[1].cssText.includes('t=')");
        site.Write("a.css", "b { color: red }" + New);
        await UntilColourAsync(live, "rgb(2, 2, 2)");
        Assert.Equal(2, await live.Open.AskAsync<int>("() => document.styleSheets[0].cssRules.length"));
        await live.AssertAsync();
    }

    private static string Svg(string colour) => $"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10' fill='{colour}'/></svg>";

    private static Task<TestSite> OneSheetAsync(string text) =>
        TestSite.StartAsync(null, ("index.html", $"{Doctype}<link rel=stylesheet href=a.css>{Paragraph}"), ("a.css", text));

    private static Task UntilColourAsync(Undisturbed live, string colour) =>
        live.Open.UntilAsync($"() => getComputedStyle(document.querySelector('#p')).color === '{colour}'");
}

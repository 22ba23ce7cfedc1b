using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>The page's console, read in the terminal.</summary>
public sealed class ConsoleTests(Chromium chromium)
{
    private const string Page = "<!doctype html><title>t</title><link rel=icon href='data:,'><p>x";

    [Theory]
    [InlineData(ConsoleLevel.Off, "")]
    [InlineData(ConsoleLevel.Error, "Error e")]
    [InlineData(ConsoleLevel.Warn, "Warn w,Error e")]
    [InlineData(ConsoleLevel.Info, "Info i,Info l,Warn w,Error e")]
    [InlineData(ConsoleLevel.Debug, "Debug d,Info i,Info l,Warn w,Error e")]
    public async Task What_is_loud_enough_is_told(ConsoleLevel level, string told)
    {
        await using var site = await SiteAsync(level);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { console.debug('d'); console.info('i'); console.log('l'); console.warn('w'); console.error('e'); setTimeout(() => { throw 'end'; }); }");
        await UntilAsync(site, () => site.Events.OfType<PageProblemReported>().Any());
        Assert.Equal(told, string.Join(',', Lines(site).Select(line => $"{line.Level} {line.Text}")));
    }

    [Fact]
    public async Task Only_what_is_told_is_replaced()
    {
        await using var site = await SiteAsync(ConsoleLevel.Error);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.Equal("error", await open.AskAsync<string>("() => Object.keys(console).filter(name => typeof console[name] === 'function' && !console[name].toString().includes('[native code]')).join()"));
    }

    [Theory]
    [InlineData("'a', 1, 2n, null, undefined, true, Symbol('s')", "a 1 2n null undefined true Symbol(s)")]
    [InlineData("{ a: [1, 'b'], c: { d: { e: { f: 1 } } } }", "{a: [1, \"b\"], c: {d: {e: {…}}}}")]
    [InlineData("(() => { const a = { n: 1 }; a.self = a; return a; })()", "{n: 1, self: [circular]}")]
    [InlineData("{ get bad() { throw new Error('read'); } }", "{bad: [getter]}")]
    [InlineData("new Proxy({}, { ownKeys() { console.error('again'); throw 1; } })", "[unreadable]")]
    [InlineData("document.body, document", "<body> #document")]
    [InlineData("Object.assign(document.createElement('p'), { id: 'x', className: 'a b' })", "<p#x.a.b>")]
    [InlineData("function named() {}, class Cat {}", "function named function Cat")]
    [InlineData("new (class Cat { name = 'Tom' })", "Cat {name: \"Tom\"}")]
    [InlineData("new Map([[1, 2]]), new Set()", "Map(1) Set(0)")]
    [InlineData("Object.create(null), /x/g, []", "{} /x/g []")]
    [InlineData("'%cred %s has %d', 'color: red', 'Ann', 3, 'more'", "red Ann has 3 more")]
    [InlineData("'100%', '%s'", "100% %s")]
    [InlineData("'%s'", "%s")]
    [InlineData("{ toString() { throw new Error('no'); }, [Symbol.toStringTag]: 'x' }", "{toString: function toString}")]
    [InlineData("'\\u001b[2J\\u0007bell'", "\u001b[2J\abell")]
    public async Task Anything_at_all_becomes_a_line_of_text(string arguments, string text)
    {
        await using var site = await SiteAsync(ConsoleLevel.Error);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.True(await open.AskAsync<bool>($"() => {{ try {{ return console.error({arguments}) === undefined; }} catch {{ return false; }} }}"));
        await UntilAsync(site, () => Lines(site).Count > 0);
        Assert.Equal(text, Lines(site)[0].Text);
    }

    [Fact]
    public async Task An_error_brings_its_stack_and_the_call_its_place()
    {
        await using var site = await SiteAsync(ConsoleLevel.Error, "<script src=app.js></script>");
        site.Write("app.js", "function fail() {\n  console.error(new TypeError('boom'));\n}");
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.AskAsync<object>("() => { fail(); }");
        await UntilAsync(site, () => Lines(site).Count > 0);
        var line = Lines(site)[0];
        Assert.Equal(("/app.js", 2), (line.File, line.Line));
        Assert.StartsWith("TypeError: boom\n", line.Text, StringComparison.Ordinal);
        Assert.Contains("/app.js:2:", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_are_cut_and_a_flood_is_counted()
    {
        await using var site = await SiteAsync(ConsoleLevel.Error);
        await using var profile = await chromium.NewProfileAsync();
        await profile.Clock.InstallAsync();
        await using var open = await OpenPage.OpenAsync(chromium, site, "/", profile);
        await open.AskAsync<object>("() => { for (let i = 0; i < 150; i++) console.error('x'.repeat(i ? 1 : 5000)); }");
        await UntilAsync(site, () => Lines(site).Count == 99);
        Assert.Equal(2000, Lines(site)[0].Text.Length);
        await profile.Clock.RunForAsync(11_000);
        await UntilAsync(site, () => Lines(site).Count == 100);
        Assert.Equal("51 more calls of the console were left out", Lines(site)[99].Text);
    }

    [Fact]
    public async Task What_is_said_while_the_server_is_away_is_told_when_it_is_back()
    {
        await using var site = await SiteAsync(ConsoleLevel.Error);
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        var port = site.Port;
        await site.StopServerAsync();
        await open.AskAsync<object>("() => { for (let i = 0; i < 60; i++) console.error('away ' + i); }");
        await site.StartServerAsync(port);
        await UntilAsync(site, () => Lines(site).Any(line => line.Text == "away 59"));
        Assert.Equal(Enumerable.Range(10, 50).Select(i => $"away {i}"), Lines(site).Select(line => line.Text));
    }

    [Fact]
    public async Task A_console_that_the_page_replaced_is_called_as_before()
    {
        await using var site = await SiteAsync(ConsoleLevel.Error, "<script>window.calls = []; console.error = function (...args) { calls.push(this === console, ...args); return 7; };</script>");
        await using var open = await OpenPage.OpenAsync(chromium, site, "/");
        Assert.Equal("7 true,a,b", await open.AskAsync<string>("() => console.error('a', 'b') + ' ' + calls"));
        await UntilAsync(site, () => Lines(site).Any(line => line.Text == "a b"));
    }

    private static Task<TestSite> SiteAsync(ConsoleLevel level, string more = "") =>
        TestSite.StartAsync(options => options with { Console = level }, ("index.html", Page + more));

    private static List<ConsoleReported> Lines(TestSite site) => [.. site.Events.OfType<ConsoleReported>()];

    private static async Task UntilAsync(TestSite site, Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not come; what came: {string.Join('\n', site.Events)}");
            await Task.Yield();
        }
    }
}

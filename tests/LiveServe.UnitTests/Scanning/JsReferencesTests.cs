using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

public sealed class JsReferencesTests
{
    [Theory]
    // imports and exports
    [InlineData("import './x.js'", "/js/x.js")]
    [InlineData("import a from './x.js'", "/js/x.js")]
    [InlineData("import{a}from\"./x.js\"", "/js/x.js")]
    [InlineData("import a, { b as c, default as d } from '../x.js'", "/x.js")]
    [InlineData("import * as a from '/x.js'", "/x.js")]
    [InlineData("import from from './x.js'", "/js/x.js")]
    [InlineData("import { 'a-b' as c } from './x.js'", "/js/x.js")]
    [InlineData("import s from './x.css' with { type: 'css' }", "/js/x.css")]
    [InlineData("import defer * as a from './x.js'", "/js/x.js")]
    [InlineData("export * from './x.js'", "/js/x.js")]
    [InlineData("export * as a from './x.js'", "/js/x.js")]
    [InlineData("export { a, b as default } from './x.js'; import './y.js'", "/js/x.js /js/y.js")]
    [InlineData("import'./x.js';import'./y.js'", "/js/x.js /js/y.js")]
    [InlineData("import './x.js?a=1#b'", "/js/x.js")]
    [InlineData("import './a%20b.js'; import './c\\u0064.js'", "/js/a b.js /js/cd.js")]
    [InlineData("import/**/a/**/from/**/'./x.js'", "/js/x.js")]
    [InlineData("import type { T } from './t.js'; let a: T<string>; import './x.js'", "/js/t.js /js/x.js")]
    // import()
    [InlineData("import('./x.js')", "/js/x.js")]
    [InlineData("import(`./x.js`)", "/js/x.js")]
    [InlineData("await import('./x.css', { with: { type: 'css' } })", "/js/x.css")]
    [InlineData("import(/* why */ './x.js').then(() => import('./y.js'))", "/js/x.js /js/y.js")]
    [InlineData("`a${import('./x.js')}b${`c${import('./y.js')}`}`", "/js/x.js /js/y.js")]
    [InlineData("x = a / b; y = /['\"`]/; if (x) /'/.test(y); z = x++ / 2; import('./x.js')", "/js/x.js")]
    // addresses
    [InlineData("new URL('x.png', import.meta.url)", "/js/x.png")]
    [InlineData("new URL(\"../img/x.png\", import.meta.url).href", "/img/x.png")]
    [InlineData("new URL(`x.png`, import.meta.url)", "/js/x.png")]
    [InlineData("new Worker(new URL('./w.js', import.meta.url), { type: 'module' })", "/js/w.js")]
    [InlineData("new Worker('w.js')", "/js/w.js")]
    [InlineData("new window.Worker('/w.js')", "/w.js")]
    [InlineData("new SharedWorker('w.js', 'name')", "/js/w.js")]
    [InlineData("importScripts('a.js', \"/b.js\"); f('c.js', 'd.js')", "/b.js /js/a.js")]
    [InlineData("importScripts(x, 'a.js')", "/js/a.js")]
    // none
    [InlineData("import a from 'react'; import 'https://x/y.js'; import '//x/y.js'; export * from 'x.js'; import('y.js')", "")]
    [InlineData("import(x); import('./x' + y); ", "/js/x")] // more than is there, never less
    [InlineData("import(`./${x}.js`)", "")]
    [InlineData("// import './x.js'\n/* import './y.js' */ 'import \"./z.js\"'; `import './w.js'`", "")]
    [InlineData("a.import('./x.js'); a.import './y.js'; from './z.js'", "")]
    [InlineData("new URL('x.png', location.href); URL('y.png', import.meta.url); new URL('z.png')", "")]
    [InlineData("Worker('w.js'); new Workers('w.js')", "")]
    [InlineData("export const from = './x.js'; export default './y.js'", "")]
    [InlineData("export { a }; const b = { from: './x.js' }", "")]
    [InlineData("'import' + './x.js'; ['import', './y.js']; ('(' + './z.js')", "")]
    [InlineData("/import('.\\/x.js')/.test(y)", "")]
    // what does not parse
    [InlineData("import './x.js'; ((( ", "/js/x.js")]
    [InlineData("let a = ; }} import './x.js'", "/js/x.js")]
    [InlineData("s = 'open\nimport './x.js'", "/js/x.js")]
    [InlineData("const a = <p>it's</p>;\nimport('./x.js')", "/js/x.js")]
    [InlineData("import './x.js'; /* open", "/js/x.js")]
    [InlineData("import './x.js'; `${", "/js/x.js")]
    [InlineData("import './x.js'; /(((/; /[/", "/js/x.js")]
    [InlineData("#!/usr/bin/env x\nimport './x.js'", "/js/x.js")]
    [InlineData("\uFEFFimport './x.js'", "/js/x.js")]
    [InlineData("import", "")]
    [InlineData("import(", "")]
    [InlineData("'", "")]
    [InlineData("\\", "")]
    [InlineData("\ud800", "")]
    [InlineData("", "")]
    public void What_a_script_names(string js, string expected) =>
        Assert.Equal(expected, string.Join(' ', JsReferences.Of(js, "/js/app.js").Order(StringComparer.Ordinal)));

    /// <summary>A file of two megabytes each, on a thread whose stack would not hold one frame for each of its brackets.</summary>
    [Theory]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("`${")]
    [InlineData("a?b:")]
    [InlineData("x=>")]
    [InlineData("!")]
    [InlineData("import(")]
    [InlineData("importScripts(")]
    [InlineData("import './a.js'\n")]
    [InlineData("'\n")]
    [InlineData("`\n")]
    [InlineData("/*\n")]
    [InlineData("#\n")]
    [InlineData("/(")]
    public void However_deep_a_script_nests_its_reader_does_not(string piece)
    {
        var js = string.Concat(Enumerable.Repeat(piece, JsReferences.MaximumLength / piece.Length - 10)) + "\nimport './x.js'";
        HashSet<string>? found = null;
        var thread = new Thread(() => found = JsReferences.Of(js, "/app.js"), maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();
        Assert.NotNull(found);
    }

    [Fact]
    public void Two_megabytes_are_scanned_and_no_more()
    {
        const string Import = "import './x.js'";
        Assert.NotEmpty(JsReferences.Of(Import + new string(' ', JsReferences.MaximumLength - Import.Length), "/"));
        Assert.Empty(JsReferences.Of(Import + new string(' ', JsReferences.MaximumLength - Import.Length + 1), "/"));
    }

    [Fact]
    public void Any_beginning_of_a_script_is_read()
    {
        const string Js = "import a, {b as c} from './x.js' with {type: 'css'}; /re[/]'/g; `a${b}c`; new URL('\\u{61}', import.meta.url); 0x1n; 1e5; a?.b ?? #c";
        for (var length = 0; length <= Js.Length; length++)
        {
            Assert.True(JsReferences.Of(Js[..length], "/").Count <= 2);
            Assert.True(JsReferences.Of(Js[length..], "/").Count <= 2);
        }
    }
}

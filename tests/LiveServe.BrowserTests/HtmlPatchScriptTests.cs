namespace LiveServe.BrowserTests;

/// <summary>Scripts have changed the page before its source is edited: the edit is there, and what they did stays.</summary>
public sealed class HtmlPatchScriptTests(Chromium chromium)
{
    /// <summary>The body's source, what a script does in it, an edit of the source, how the edit shows, what has to be kept.</summary>
    public static readonly TheoryData<string, string, string, string, string, string> Cases = new()
    {
        { // a toggled class, on the body too
            "<nav class=menu>menu</nav><p>old</p>",
            "document.querySelector('nav').classList.add('open'); document.body.classList.add('dark');",
            "old", "new", "document.querySelector('p').textContent === 'new'",
            "document.querySelector('nav.menu.open') && document.querySelector('body.dark')"
        },
        { // a list that a script made
            "<ul></ul><p>old</p>",
            "for (const t of 'abc') document.querySelector('ul').append(Object.assign(document.createElement('li'), { textContent: t }));",
            "old", "new", "document.querySelector('p').textContent === 'new'",
            "document.querySelectorAll('li').length === 3"
        },
        { // the inner state of a frame, with a node coming before it
            "<p>old</p><iframe src=inner.html></iframe>",
            "frames[0].state = 42;",
            "<p>old", "<h2>added</h2><p>new", "document.querySelector('p').textContent === 'new' && document.querySelector('h2')",
            "frames[0].state === 42"
        },
        { // frames that change places
            "<iframe id=a src=inner.html></iframe>\n<p>between</p>\n<iframe id=b src=inner.html></iframe>",
            "frames[0].state = 'a'; frames[1].state = 'b';",
            "<iframe id=a src=inner.html></iframe>\n<p>between</p>\n<iframe id=b src=inner.html></iframe>",
            "<iframe id=b src=inner.html></iframe>\n<p>between</p>\n<iframe id=a src=inner.html></iframe>",
            "document.querySelector('iframe').id === 'b'",
            "document.querySelector('#a').contentWindow.state === 'a' && document.querySelector('#b').contentWindow.state === 'b'"
        },
        { // a custom element is connected once
            "<p>old</p><x-count>text</x-count>",
            "window.count = 0; customElements.define('x-count', class extends HTMLElement { connectedCallback() { count++; } disconnectedCallback() { count += 10; } });",
            "<p>old</p>", "<div>added</div><p>new</p>", "document.querySelector('p').textContent === 'new'",
            "count === 1"
        },
        { // a new custom element is upgraded and connected once
            "<p>old</p>",
            "window.count = 0; customElements.define('x-count', class extends HTMLElement { constructor() { super(); count += 100; } connectedCallback() { count++; } });",
            "<p>old</p>", "<p>new</p><x-count></x-count>", "document.querySelector('p').textContent === 'new'",
            "count === 101"
        },
        { // what was drawn on a canvas
            "<p>old</p><canvas width=9 height=9></canvas>",
            "const c = document.querySelector('canvas').getContext('2d'); c.fillStyle = 'rgb(1, 2, 3)'; c.fillRect(0, 0, 9, 9);",
            "<p>old", "<p>before</p><p>new", "document.querySelectorAll('p').length === 2",
            "document.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data[2] === 3"
        },
        { // a class edited where a script has set one and listens
            "<button class='big red'>go</button>",
            "const b = document.querySelector('button'); b.classList.add('pressed'); b.addEventListener('click', () => { window.clicked = true; });",
            "big red", "big blue", "document.querySelector('button').classList.contains('blue')",
            "(document.querySelector('button').click(), window.clicked) && document.querySelector('button').className === 'big pressed blue'"
        },
        { // a counter beside the edited text
            "<p>Count: <b>0</b> things</p>",
            "document.querySelector('b').textContent = '7';",
            "things", "stars", "document.querySelector('p').textContent.endsWith('stars')",
            "document.querySelector('b').textContent === '7'"
        },
        { // something that a script put between what the source has
            "<p>one</p><p>two</p><p>three</p>",
            "document.querySelector('p').after(Object.assign(document.createElement('p'), { className: 'widget', textContent: 'mine' }));",
            "two", "zwei", "[...document.querySelectorAll('p')].map(p => p.textContent).join() === 'one,mine,zwei,three'",
            "document.querySelector('.widget')"
        },
        { // a row before a row whose identity matters
            "<table><tr><td>1</td></tr><tr><td>2</td></tr></table>",
            "window.row = document.querySelectorAll('tr')[1];",
            "<table><tr>", "<table><tr><td>0</td></tr><tr>", "document.querySelectorAll('tr').length === 3",
            "document.querySelectorAll('tr')[2] === row"
        },
        { // an app in its root
            "<div id=root></div><footer>old</footer>",
            "const app = document.createElement('main'); app.append('app'); document.querySelector('#root').append(app);",
            "old", "new", "document.querySelector('footer').textContent === 'new'",
            "document.querySelector('#root main').textContent === 'app'"
        },
        { // attributes and styles that scripts set, beside edits of the same
            "<div title=old style='color: red; margin: 1px'>text</div>",
            "const d = document.querySelector('div'); d.setAttribute('aria-expanded', 'true'); d.style.width = '50px';",
            "title=old style='color: red;", "title=new style='color: blue;", "document.querySelector('div').title === 'new'",
            "(d => d.style.width === '50px' && d.style.color === 'blue' && d.style.margin === '1px' && d.getAttribute('aria-expanded'))(document.querySelector('div'))"
        },
        { // text of the source and of a script: the author wants to see the edit
            "<p>old</p>",
            "document.querySelector('p').textContent = 'by a script';",
            "old", "new", "document.querySelector('p').textContent === 'new'", "true"
        },
        { // attributes whose names only a parser accepts
            "<p @click=a v-on:x=b>text</p>", "", "@click=a v-on:x=b", "@click=c v-on:x=d",
            "document.querySelector('p').getAttribute('@click') === 'c' && document.querySelector('p').getAttribute('v-on:x') === 'd'", "true"
        },
        { // what is frozen
            "<p>old</p><div data-liveserve=ignore>frozen</div>", "",
            "<p>old</p><div data-liveserve=ignore>frozen", "<p>new</p><div data-liveserve=ignore>thawed",
            "document.querySelector('p').textContent === 'new'", "document.querySelector('div').textContent === 'frozen'"
        },
        { // a template's content
            "<template><b>old</b></template><p>text</p>", "window.template = document.querySelector('template');", "old", "new",
            "document.querySelector('template').content.textContent === 'new'", "document.querySelector('template') === template"
        },
        { // what is shown where scripts do not run
            "<noscript><b>old</b> no scripts</noscript><p>text</p>", "", "<b>old", "<i>new</i><b>",
            "document.querySelector('noscript').textContent.includes('<i>new')", "!document.querySelector('i, b')"
        },
        { // data for machines
            "<script type=application/ld+json>{\"a\": 1}</script><p>text</p>", "", "1}", "2}",
            "JSON.parse(document.querySelector('script').textContent).a === 2", "true"
        },
        { // drawings
            "<svg viewBox='0 0 9 9'><circle r=4 /><text>old</text></svg>", "window.circle = document.querySelector('circle'); circle.classList.add('hot');",
            "r=4 /><text>old", "r=5 /><text>new", "document.querySelector('text').textContent === 'new' && circle.getAttribute('r') === '5'",
            "document.querySelector('circle.hot') === circle"
        },
        { // elements that take no name but their place: a list is rewritten, what is in the last one stays
            "<div>a</div><div>b</div><div>c <input value=1></div>", "window.input = document.querySelector('input'); input.value = 'typed';",
            "<div>a</div><div>b</div>", "<div>A</div>", "document.querySelectorAll('div').length === 2",
            "document.querySelector('input') === input && input.value === 'typed'"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_edit_is_shown_and_what_scripts_did_stays(string body, string script, string from, string to, string shown, string kept)
    {
        await using var page = await EditedPage.OpenAsync(chromium, $"<!doctype html><title>t</title><body>{body}</body>", files: ("inner.html", "<p>inner"));
        await page.DoAsync(script);
        page.Edit(from, to);
        await page.UntilAsync(shown);
        await page.KeepsAsync(kept);
        Assert.Contains(page.Applied, applied => applied.Result == "patch");
    }

    [Fact]
    public async Task Edits_follow_one_another_each_on_what_the_last_one_left()
    {
        await using var page = await EditedPage.OpenAsync(chromium, "<p>0</p>");
        await page.DoAsync("document.querySelector('p').classList.add('mine')");
        for (var i = 1; i <= 5; i++)
        {
            page.Edit($"<p>{i - 1}</p>", $"<h2>{i}</h2><p>{i}</p>");
            await page.UntilAsync($"document.querySelector('p').textContent === '{i}' && document.querySelectorAll('h2').length === {i}");
        }

        await page.KeepsAsync("document.querySelector('p.mine')");
    }
}

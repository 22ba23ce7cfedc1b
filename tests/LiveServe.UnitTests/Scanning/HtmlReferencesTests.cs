using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

public sealed class HtmlReferencesTests
{
    [Theory]
    [InlineData("<script src=x.js></script>", "/sub/x.js")]
    [InlineData("<script src='x.js' type=module></script>", "/sub/x.js")]
    [InlineData("<script src=/x.js?a#b async></script>", "/x.js")]
    [InlineData("<SCRIPT SRC=x.js></SCRIPT>", "/sub/x.js")]
    [InlineData("<script type=text/template src=x.js></script>", "")]
    [InlineData("<link rel=stylesheet href=x.css>", "/sub/x.css")]
    [InlineData("<link rel='alternate StyleSheet' href=x.css><link rel='shortcut icon' href=x.ico>", "/sub/x.css /sub/x.ico")]
    [InlineData("<link rel=apple-touch-icon href=a><link rel=manifest href=b><link rel=modulepreload href=c><link rel=mask-icon href=d>", "/sub/a /sub/b /sub/c /sub/d")]
    [InlineData("<link rel=preload as=image href=a imagesrcset='b 1x,c 2x'>", "/sub/a /sub/b /sub/c")]
    [InlineData("<link rel=canonical href=x><link rel=next href=y><link rel=alternate href=z><link href=w><link rel=dns-prefetch href=v>", "")]
    [InlineData("<img src=x.png>", "/sub/x.png")]
    [InlineData("<img src='  x.png\n' srcset='a.png 1x, b.png 2x' loading=lazy>", "/sub/a.png /sub/b.png /sub/x.png")]
    [InlineData("<picture><source srcset='a.avif, b.webp' type=image/avif><img src=x.png></picture>", "/sub/a.avif /sub/b.webp /sub/x.png")]
    [InlineData("<image src=x.png>", "/sub/x.png")] // as browsers have it
    [InlineData("<video src=a poster=b><source src=c><track src=d></video><audio src=e>", "/sub/a /sub/b /sub/c /sub/d /sub/e")]
    [InlineData("<input type=image src=x.png><input type=text src=y.png>", "/sub/x.png")]
    [InlineData("<object data=a></object><embed src=b>", "/sub/a /sub/b")]
    [InlineData("<body background=a><table background=b><tr><td background=c>", "/sub/a /sub/b /sub/c")]
    [InlineData("<svg><use href=a.svg#i /><use xlink:href=b.svg#i /><image href=c.png /><filter><feImage xlink:href=d.png /></filter></svg>", "/sub/a.svg /sub/b.svg /sub/c.png /sub/d.png")]
    [InlineData("<svg><script href=a.js /><style>p{b:url(b.png)}</style><path fill='url(c.svg#p)' mask=url(#m) /></svg>", "/sub/a.js /sub/b.png /sub/c.svg")]
    [InlineData("<p style=\"background:url('a.png'),image-set('b.png' 1x)\">", "/sub/a.png /sub/b.png")]
    [InlineData("<p style='background:url(&quot;a&amp;b.png&quot;)'>", "/sub/a&b.png")]
    [InlineData("<style>@import 'a.css';p{b:url(b.png);content:'c.png'}</style>", "/sub/a.css /sub/b.png")]
    [InlineData("<style type=text/x>@import 'a.css';</style>", "")]
    [InlineData("<script type=module>import './a.js'; new URL('b.png', import.meta.url)</script>", "/sub/a.js /sub/b.png")]
    [InlineData("<script>import('./a.js'); new Worker('b.js')</script>", "/sub/a.js /sub/b.js")]
    [InlineData("<script type=text/javascript>import('./a.js')</script><script type=application/json>import('./b.js')</script>", "/sub/a.js")]
    [InlineData("<script src=x.js>import('./a.js')</script>", "/sub/x.js")]
    [InlineData("<script type=importmap>{\"imports\":{\"a\":\"./a.js\",\"b/\":\"/b/\",\"c\":\"d\",\"e\":null},\"scopes\":{\"/s/\":{\"f\":\"/f.js\"},\"t\":1}}</script>", "/f.js /sub/a.js")]
    [InlineData("<script type=importmap>{\"imports\":[</script>", "")]
    // where it may stand
    [InlineData("<template><img src=a><template><img src=b></template></template>", "/sub/a /sub/b")]
    [InlineData("<p><template shadowrootmode=open><link rel=stylesheet href=a.css><style>p{b:url(b)}</style></template></p>", "/sub/a.css /sub/b")]
    [InlineData("<p><template shadowrootmode=closed><base href=/app/><slot></slot><img src=a></template><img src=b></p>", "/sub/a /sub/b")]
    [InlineData("<!-- <img src=a> --><textarea><img src=b></textarea><title><img src=c></title><noscript><img src=d></noscript>", "")]
    [InlineData("<p>a<b <img src=x.png>", "")]
    [InlineData("<script>'<img src=x.png>'</script>", "")]
    [InlineData("<img src=x.png", "")]
    // what loads nothing into the page, or comes from elsewhere
    [InlineData("<a href=x></a><iframe src=x></iframe><form action=x><button formaction=y></form><area href=x><blockquote cite=x>", "")]
    [InlineData("<frameset><frame src=x></frameset>", "")]
    [InlineData("<meta http-equiv=refresh content='0;url=x'>", "")]
    [InlineData("<img src=//x/y><img src=https://x/y><img src=data:,x><img src><img src=''><img src=#x>", "")]
    // base
    [InlineData("<base href=/app/><img src=x>", "/app/x")]
    [InlineData("<base href=../app/><img src=x><style>p{b:url(y)}</style><script type=module>import './z.js'</script>", "/app/x /app/y /app/z.js")]
    [InlineData("<img src=x><base href=/app/><base href=/other/><img src=y>", "/app/y /sub/x")]
    [InlineData("<base target=_top><base href=/app/><img src=x>", "/app/x")]
    [InlineData("<base href=https://x/><img src=y><img src=/z>", "")]
    [InlineData("<base href=''><img src=x>", "/sub/x")]
    [InlineData("<template><base href=/app/></template><img src=x>", "/sub/x")]
    [InlineData("", "")]
    public void What_a_page_names(string html, string expected) => Assert.Equal(expected, Names(HtmlReferences.Of(html, "/sub/page.html")));

    [Theory]
    [InlineData("a", "a")]
    [InlineData(" a 1x , b 2x", "a|b")]
    [InlineData("a,b", "a,b")]           // a comma inside is part of the address
    [InlineData("a, b", "a|b")]
    [InlineData("a,, b", "a|b")]
    [InlineData(",,a", "a")]
    [InlineData("a 1x,b 2x", "a|b")]
    [InlineData("a (x,y) 1x, b", "a|b")]
    [InlineData("a (x, b", "a")]
    [InlineData("data:image/png;base64,AA== 1x, b", "data:image/png;base64,AA==|b")]
    [InlineData("", "")]
    [InlineData(" , ", "")]
    public void A_source_set_is_cut_where_a_browser_cuts_it(string value, string expected) =>
        Assert.Equal(expected, string.Join('|', SourceSet.Addresses(value)));

    [Fact]
    public void Four_megabytes_are_scanned_and_no_more()
    {
        const string Image = "<img src=x>";
        Assert.NotEmpty(HtmlReferences.Of(Image + new string(' ', HtmlReferences.MaximumLength - Image.Length), "/"));
        Assert.Empty(HtmlReferences.Of(Image + new string(' ', HtmlReferences.MaximumLength - Image.Length + 1), "/"));
    }

    [Theory]
    [InlineData("<div>", 100_000, false)]
    [InlineData("<b>", 100_000, false)]
    [InlineData("<template>", 100_000, false)]
    [InlineData("<svg>", 100_000, false)]
    [InlineData("<p>x<li>y<tr><td>z<br>", 50_000, true)]
    [InlineData("<div></div><img src=x>", 100_000, true)]
    [InlineData("<div>", HtmlReferences.MaximumOpen - 10, true)]
    public void A_page_without_a_floor_is_not_dug(string piece, int times, bool isScanned) =>
        Assert.Equal(isScanned ? "/x" : "", Names(HtmlReferences.Of("<img src=x>" + string.Concat(Enumerable.Repeat(piece, times)), "/")));

    private static string Names(HashSet<string> found) => string.Join(' ', found.Order(StringComparer.Ordinal));
}

using System.Text;
using AngleSharp.Html.Parser;
using LiveServe.Content;
using LiveServe.Injection;

namespace LiveServe.UnitTests.Injection;

public sealed class HostilePageTests
{
    /// <summary>XHTML, where an element may close itself and a doctype may hold a subset.</summary>
    [Theory]
    [InlineData("<html><head><meta name=\"liveserve\" content=\"off\"/></head></html>", true)]
    [InlineData("<html><head><script src=\"a.js\"/><meta name=\"liveserve\" content=\"off\"/></head></html>", true)]
    [InlineData("<html><head><title/><meta name='liveserve' content='off'></meta></head></html>", true)]
    [InlineData("<!DOCTYPE html [ <!ENTITY a 'b'> ]><html><head><meta name='liveserve' content='off'/></head></html>", true)]
    [InlineData("<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:meta name='liveserve' content='off'/></h:head></h:html>", true)]
    [InlineData("<html><head><!-- <meta name='liveserve' content='off'/> --></head></html>", false)]
    [InlineData("<html><head><script><![CDATA[<meta name='liveserve' content='off'/>]]></script></head></html>", false)]
    [InlineData("<html><head><x><meta name='liveserve' content='off'/></x></head></html>", false)]
    [InlineData("<html><head></head><body><meta name='liveserve' content='off'/></body></html>", false)]
    [InlineData("<html><body><meta name='liveserve' content='off'/></body></html>", false)]
    [InlineData("<html><head/><meta name='liveserve' content='off'/></html>", false)]
    public void The_head_of_an_XHTML_page_is_read_as_XML(string page, bool off)
    {
        Assert.Equal(off, PagePlan.For(Encoding.UTF8.GetBytes(page), MarkupKind.Xhtml) is null);
        Assert.Equal(off, PagePlan.For([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(page)], MarkupKind.Xhtml) is null);
    }

    [Fact]
    public void A_policy_in_XHTML_is_extended_where_it_stands()
    {
        const string Page = "<html><head><script src='a.js'/><meta http-equiv='Content-Security-Policy' content='default-src &apos;none&apos;'/></head></html>";
        var plan = PagePlan.For(Encoding.UTF8.GetBytes(Page), MarkupKind.Xhtml)!;
        var splice = Assert.Single(plan.Splices);
        Assert.Equal("'default-src &apos;none&apos;'", Page.Substring(splice.Offset, splice.Length));
        Assert.Contains("connect-src", Encoding.UTF8.GetString(splice.Replacement.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html a=b=\"c>|<p>d\">x")] // in an unquoted value a quote is a character
    [InlineData("<html =\"x>|<p>d\">x")]   // a name may begin with "="
    [InlineData("<html a=\"x\"=\"y>|<p>d\">x")]
    [InlineData("<html a/=\"x>|<p>d\">x")]
    [InlineData("<html \"a>|<p>d\">x")]
    [InlineData("<html a = \n \"x>y\">|<p>d")]
    public void A_quote_counts_only_where_a_value_begins(string marked)
    {
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        Assert.Equal(at, InsertionPoint.Find(Encoding.UTF8.GetBytes(marked.Remove(at, 1)), MarkupKind.Html));
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [ <?it's one?> ]><svg>|</svg>")]
    [InlineData("<!DOCTYPE svg [ <!ENTITY a \"]>\"> <!-- it's ]> --> ]><svg>|</svg>")]
    public void What_a_subset_holds_does_not_end_it(string marked)
    {
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        Assert.Equal(at, InsertionPoint.Find(Encoding.UTF8.GetBytes(marked.Remove(at, 1)), MarkupKind.Svg));
    }

    /// <summary>The oracle is AngleSharp: take our script out again and the page is what it was.</summary>
    [Fact]
    public void Random_pages_are_the_same_but_for_our_script()
    {
        string[] parts = ["<!doctype html>", "<!-- a -->", "<!---->", "<!-->", "<?x?>", " ", "\n", "<html>", "<html lang=a>", "<html a=b=\"c>", "<html ='x>", "<html a/b=c>", "</p>", "</>", "</ x>", "<head>", "<head class='>'>", "<header>", "<title>t</title>", "<body>", "<p>", "x", "<frameset>", "<meta charset=utf-8>", "</head>", "\"", "'"];
        var random = new Random(20261125);
        var parser = new HtmlParser();
        for (var round = 0; round < 20_000; round++)
        {
            var page = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => parts[random.Next(parts.Length)]));
            var at = InsertionPoint.Find(Encoding.UTF8.GetBytes(page), MarkupKind.Html)!.Value;
            var with = parser.ParseDocument(page.Insert(at, "<script id=ours></script>"));
            var without = parser.ParseDocument(page);
            var script = with.QuerySelector("script#ours");
            if (script is null)
            {
                Assert.True(at == page.Length, page); // only an unfinished construct at the end may swallow it
                continue;
            }

            Assert.True(script.ParentElement!.LocalName == "head", page);
            Assert.True(with.CompatMode == without.CompatMode, page);
            Assert.True((with.Doctype is null) == (without.Doctype is null), page);
            script.Remove();
            Assert.True(with.DocumentElement.OuterHtml == without.DocumentElement.OuterHtml, page);
        }
    }

    /// <summary>Bytes that are no UTF-8: 日本 in Shift_JIS, é € in windows-1252, a lone surrogate and half a unit in UTF-16.</summary>
    public static TheoryData<byte[]> Legacy => new(
        [.. "<!doctype html><head><meta charset=shift_jis><title>"u8, 0x93, 0xFA, 0x96, 0x7B, 0x83, 0x5C, .. "</title>"u8],
        [.. "<head><meta charset=windows-1252><!-- liveserve --><title>"u8, 0xE9, 0x20, 0x80, .. "</title>"u8],
        [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html><head><title>日本 liveserve</title>"), 0x00, 0xD8, 0x3C],
        [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("<p>é content-security-policy</p>"), 0x00]);

    [Theory, MemberData(nameof(Legacy))]
    public void Every_byte_of_a_legacy_page_stays(byte[] page)
    {
        var plan = PagePlan.For(page, MarkupKind.Html)!;
        Assert.Empty(plan.Splices);
        var script = Snippet.Render(plan, new("/__liveserve/client.js", "b", 1, "d", true, true, "auto"));
        byte[] sent = [.. page[..plan.Offset], .. script, .. page[plan.Offset..]];
        Assert.Equal(page, (byte[])[.. sent[..plan.Offset], .. sent[(plan.Offset + script.Length)..]]);
        Assert.Equal(plan.Encoding != SnippetEncoding.Ascii, script.Contains((byte)0));
    }

    [Fact]
    public void Bytes_beside_the_extended_policy_stay_even_inside_its_value()
    {
        byte[] page = [.. "<head><meta http-equiv=content-security-policy content='report-uri /\u00e9?a&amp;b; default-src \"x'>"u8];
        var splice = Assert.Single(PagePlan.For(page, MarkupKind.Html)!.Splices);
        var value = Encoding.UTF8.GetString(splice.Replacement.Span);
        Assert.StartsWith("\"report-uri /\u00e9?a&amp;b; default-src &quot;x;", value, StringComparison.Ordinal);
    }

    /// <summary>A page cut off or garbled anywhere, named words included so that it is parsed: planning it never throws.</summary>
    [Fact]
    public void Planning_never_throws()
    {
        const string Page = "<?xml version='1.0'?><!DOCTYPE html [ <!ENTITY a \"]>\"> ]><h:html><head><!-- a --><title/><![CDATA[x]]>"
            + "<meta name=liveserve content='on'/><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'nonce-a'\"/></head>";
        var random = new Random(20261125);
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] whole = [.. encoding.GetPreamble(), .. encoding.GetBytes(Page)];
            for (var length = 0; length <= whole.Length; length++)
            {
                var bytes = whole[..length];
                Plan(bytes);
                if (length > 0)
                {
                    bytes[random.Next(length)] = (byte)random.Next(256);
                    Plan(bytes);
                }
            }
        }
    }

    private static void Plan(byte[] bytes)
    {
        foreach (var kind in Enum.GetValues<MarkupKind>())
        {
            var plan = PagePlan.For(bytes, kind);
            Assert.InRange(plan?.Offset ?? 0, 0, bytes.Length);
            foreach (var splice in plan?.Splices ?? [])
            {
                Assert.InRange(splice.Offset, plan!.Offset, bytes.Length);
                Assert.InRange(splice.Offset + splice.Length, splice.Offset, bytes.Length);
            }
        }
    }

    [Theory]
    [InlineData("application/xhtml+xml", MarkupKind.Xhtml, true)]
    [InlineData("application/xhtml+xml", MarkupKind.Html, false)]
    [InlineData("text/html,*/*;q=0.8", MarkupKind.Xhtml, true)]
    [InlineData("image/avif,image/svg+xml,*/*;q=0.8", MarkupKind.Svg, false)] // an <img>, from a host that gets no Sec-Fetch-Dest
    public void Without_a_destination_the_kind_must_be_asked_for(string accept, object kind, bool injected) =>
        Assert.Equal(injected, InjectionDecision.ShouldInject(null, accept, (MarkupKind)kind, isWholeDocument: true));
}

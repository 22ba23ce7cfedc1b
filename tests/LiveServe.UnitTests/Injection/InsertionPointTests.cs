using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LiveServe.Content;
using LiveServe.Injection;

namespace LiveServe.UnitTests.Injection;

public sealed class InsertionPointTests
{
    private static readonly SnippetAttributes Attributes = new("/__liveserve/client.js", "boot", 7, "doc", true, true, "auto");

    /// <summary>Pages with the place, marked by a bar, that the script goes to.</summary>
    public static TheoryData<string> Html => new(
        "|<p>hi",
        "|",
        "|just text",
        "<!doctype html><head>|<script>var s = '</body></head>';</script></head><body>x</body>",
        "<!doctype html><html><head>|<title>t</title></head><body><textarea></body></textarea></body></html>",
        "<!-- </head> <head> --><!DOCTYPE html><html><head>|<title>t</title></head><body>x",
        "<!DOCTYPE html><html lang=en><HEAD class='a>b' data-x=\">\">|<title>t</title><body>x</BODY >",
        "<!doctype html>|<title>t</title><p>x",
        "<!doctype html>|<header title=\"a>b\">x</header>",
        "<!doctype html><html>|<header title=\"a>b\">x</header>",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"\n \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\"><html xmlns=\"x\">|<body>x",
        "<!doctype html><html><!-- a --> <!-- b --> <head>|<frameset></frameset>",
        "<html>|<frameset cols=\"*,*\"><frame src=a></frameset></html>",
        "<!doctype html><head>|<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\"><p>x",
        "\n\t <!-- x --> \n<!doctype html>\n\n<html>\n<head>|\n</head>",
        "<!--><!doctype html><head>|",
        "<!---><!doctype html><head>|",
        "<!-- x --!><!doctype html><head>|",
        "<?php echo 1 ?><!doctype html><head>|",
        "<!doctype html><html <head>|<p>x", // the tag's name is html, its attribute "<head"
        "<!doctype html><html a=\"<head>\">|<p>x",
        "<!doctype html><html a = '>' b=c/>|<p>x",
        "<!doctype html><head/>|<p>x",
        "</p></div><!doctype html>|<p>x",
        "<!doctype \"x>|<p>y",
        "<!doctype html><head>|<style>/* </head> */</style><noscript><style></head></style></noscript>",
        "<!doctype html>|<headline>x",
        "<!doctype html><html>|&lt;head&gt;",
        "<!doctype html><!-- never closed |",
        "<!doctype html><head a='never closed|");

    [Theory, MemberData(nameof(Html))]
    public void In_HTML_it_is_after_the_head_tag_or_where_the_head_would_begin(string marked) => Check(marked, MarkupKind.Html, Encoding.UTF8);

    [Theory, MemberData(nameof(Html))]
    public void The_same_in_UTF_16(string marked)
    {
        Check("\uFEFF" + marked, MarkupKind.Html, Encoding.Unicode);
        Check("\uFEFF" + marked, MarkupKind.Html, Encoding.BigEndianUnicode);
    }

    [Theory, MemberData(nameof(Html))]
    public void A_mark_in_front_changes_nothing(string marked) => Check("\uFEFF" + marked, MarkupKind.Html, Encoding.UTF8);

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head>|<title>t</title></head><body/></html>")]
    [InlineData("<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head>|<h:title>t</h:title></h:head></h:html>")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\">|<body/></html>")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\">|<head/><body/></html>")]
    [InlineData("<!DOCTYPE html [ <!ENTITY a \"<head>\"> <!-- ]> --> ]><html><head>|</head></html>")]
    public void In_XHTML_it_is_inside_the_root(string marked) => Check(marked, MarkupKind.Xhtml, Encoding.UTF8);

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- x --><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 1 1'>|<rect/></svg>")]
    [InlineData("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\">|<s:rect/></s:svg>")]
    public void In_SVG_it_is_after_the_root_tag(string marked) => Check(marked, MarkupKind.Svg, Encoding.UTF8);

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "svg")]
    [InlineData("<p/>", "svg")]
    [InlineData("", "svg")]
    [InlineData("<html/>", "xhtml")]
    [InlineData("text", "xhtml")]
    public void Where_no_script_can_be_there_is_no_place(string document, string kind) =>
        Assert.Null(InsertionPoint.Find(Encoding.UTF8.GetBytes(document), kind == "svg" ? MarkupKind.Svg : MarkupKind.Xhtml));

    [Theory, MemberData(nameof(Html))]
    public void The_page_is_the_same_but_for_our_script(string marked)
    {
        var source = marked.Replace("|", "", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(source);
        var plan = PagePlan.For(bytes, MarkupKind.Html)!;
        var text = Encoding.UTF8.GetString(bytes[..plan.Offset]) + Encoding.UTF8.GetString(Snippet.Render(plan, Attributes)) + Encoding.UTF8.GetString(bytes[plan.Offset..]);
        if (source.Contains("never closed", StringComparison.Ordinal))
        {
            return; // a browser never leaves that comment or tag, and so sees no script
        }

        var with = new HtmlParser().ParseDocument(text);
        var without = new HtmlParser().ParseDocument(source);
        var script = Assert.Single(with.QuerySelectorAll("script[data-boot]"));
        Assert.Equal("head", script.ParentElement!.LocalName);
        script.Remove();
        Assert.Equal(without.CompatMode, with.CompatMode);
        Assert.Equal(without.Doctype?.SystemIdentifier, with.Doctype?.SystemIdentifier);
        Normalise(with);
        Normalise(without);
        Assert.Equal(without.DocumentElement.OuterHtml, with.DocumentElement.OuterHtml);
    }

    [Fact]
    public void A_document_cut_anywhere_has_a_place_at_or_before_its_end()
    {
        var document = Encoding.UTF8.GetBytes("\uFEFF<!-- a --!> <!DOCTYPE html PUBLIC \"-//x//\" 'y'><html a='>' b=\"<head>\"><!--->\n<head x = '\"' >é<title>");
        for (var length = 0; length <= document.Length; length++)
        {
            foreach (var kind in Enum.GetValues<MarkupKind>())
            {
                Assert.InRange(InsertionPoint.Find(document.AsSpan(0, length), kind) ?? 0, 0, length);
            }
        }
    }

    [Fact]
    public void Random_markup_never_throws_and_the_place_is_never_inside_a_tag_or_comment()
    {
        string[] parts = ["<", ">", "<!--", "-->", "--!>", "<!doctype", "html", "<html", "<head", "<head>", "</head>", "</", " ", "\n", "\"", "'", "=", "a", "/", "<?", "?>", "[", "]", "é", "<svg", "<p>", "\0", "\uFEFF"];
        var random = new Random(20261125);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => parts[random.Next(parts.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            foreach (var kind in Enum.GetValues<MarkupKind>())
            {
                var at = InsertionPoint.Find(bytes, kind);
                Assert.InRange(at ?? 0, 0, bytes.Length);
                if (at < bytes.Length && kind == MarkupKind.Html)
                {
                    var with = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(bytes[..at.Value]) + "<script id=ours></script>" + Encoding.UTF8.GetString(bytes[at.Value..]));
                    Assert.True(with.QuerySelector("script#ours") is not null, text);
                }
            }
        }
    }

    [Fact]
    public void A_megabyte_of_comments_is_read_once()
    {
        var document = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<!-- x -->", 100_000)) + "<head>");
        Assert.Equal(document.Length, InsertionPoint.Find(document, MarkupKind.Html));
    }

    private static void Check(string marked, MarkupKind kind, Encoding encoding)
    {
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        var document = encoding.GetBytes(marked.Remove(at, 1));
        Assert.Equal(encoding.GetByteCount(marked[..at]), InsertionPoint.Find(document, kind));
    }

    // An implied head takes the white space before it; with our script there, that white space stands beside it.
    private static void Normalise(IDocument document)
    {
        foreach (var text in document.DocumentElement.Descendants<IText>().Where(text => string.IsNullOrWhiteSpace(text.Data)).ToList())
        {
            text.Remove();
        }
    }
}

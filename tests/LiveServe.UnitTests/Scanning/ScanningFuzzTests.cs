using System.Globalization;
using System.Text;
using LiveServe.Content;
using LiveServe.Injection;
using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

/// <summary>
/// Generated sheets and pages, the same ones in each run: nothing throws, what is found lies inside, and what is promised of it holds.
/// LIVESERVE_FUZZ says how many, when more are wanted than fit into a test run.
/// </summary>
public sealed class ScanningFuzzTests
{
    private static readonly int Rounds = 5 * int.Parse(Environment.GetEnvironmentVariable("LIVESERVE_FUZZ") ?? "400", CultureInfo.InvariantCulture);

    private static readonly string[] Css =
    [
        "@import ", "url(", "URL(", "\\75rl(", "src(", "image-set(", "-webkit-image-set(", ")", "(", "[", "]", "{", "}", ";", ":", ",", "\"", "'", "\\", "\\\n", "\\\r\n", "\\41 ", "\\0", "\\110000",
        "\n", "\r\n", "\f", " ", "/*", "*/", "<!--", "-->", "a.png", "b.css?t=1", "c?a&t=2&b#d", "#e", "@media print", "@font-face", "@charset \"utf-8\";", "@layer a;", "@supports (",
        "data:x,y", "é", "日", "\0", "1e3", "--x", "p", "layer(a)", "\uFEFF", "?", "&", "t=", "//x/y", "http://e/",
    ];

    private static readonly string[] Html =
    [
        "<!doctype html>", "<html", "<html>", "<head", "<head>", "</head>", "<body>", "<title>", "</title>", "<script", "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "--!>",
        "<![CDATA[", "]]>", "<?xml ", "?>", ">", "/>", "<", "</", "<svg", "<svg>", "<p ", " src=", " href=", " srcset=", " style=", "\"", "'", "=", "a.png", "b.css 2x,", "url(c.png)", "@import 'd.css';",
        "<link rel=stylesheet", "<img", "<template>", "<meta charset=utf-16>", "<base href=/x/>", "&amp;", "&#", " ", "\n", "\0", "é", "\uFEFF", "<header>", "<x:html>", "<frameset>", "<!ENTITY a '", "[", "]",
    ];

    [Fact]
    public void Any_sheet_is_cut_into_tokens_that_lie_inside_it()
    {
        Each(Css, (css, _) =>
        {
            var tokens = new CssTokenizer(css);
            var count = 0;
            for (var token = tokens.Next(); token != CssToken.End; token = tokens.Next())
            {
                Assert.True(++count <= css.Length, "Each token takes a byte at least.");
                if (token is CssToken.String or CssToken.Url)
                {
                    AssertInside(tokens.Value, css);
                }
                else if (token is CssToken.Function or CssToken.AtKeyword)
                {
                    AssertInside(tokens.Name, css);
                }
            }
        });
    }

    [Fact]
    public void What_a_sheet_names_lies_inside_it_in_order()
    {
        Each(Css, (css, random) =>
        {
            var end = 0;
            foreach (var reference in CssReferences.In(css, isSheet: random.Next(2) == 0))
            {
                Assert.True(reference.Offset >= end && reference.Length > 0 && reference.Offset + reference.Length <= css.Length);
                Assert.Equal(reference.Value, CssText.Decode(css.AsSpan(reference.Offset, reference.Length)));
                end = reference.Offset + reference.Length;
            }
        });
    }

    [Fact]
    public void A_sheet_that_has_its_versions_is_not_changed_by_them_again()
    {
        Each(Css, (css, _) =>
        {
            var once = CssVersions.Stamp(css, "/s/a.css", path => path.Length).ToArray();
            Assert.Equal(once, CssVersions.Stamp(once, "/s/a.css", path => path.Length).ToArray());
            Assert.Equal(CssReferences.In(css).Count, CssReferences.In(once).Count);
        });
    }

    [Fact]
    public void Any_page_is_searched_for_what_it_names() =>
        Each(Html, (page, _) => Assert.All(HtmlReferences.Of(Encoding.UTF8.GetString(page), "/s/p.html"), path => Assert.StartsWith("/", path, StringComparison.Ordinal)));

    [Fact]
    public void The_clients_place_lies_inside_the_page_and_stays_where_it_is_said_to_be_certain()
    {
        Each(Html, (page, random) =>
        {
            foreach (var kind in Enum.GetValues<MarkupKind>())
            {
                var place = InsertionPoint.Find(page, kind);
                Assert.InRange(place ?? 0, 0, page.Length);
                var beginning = page[..random.Next(page.Length + 1)];
                if (InsertionPoint.IsCertain(beginning, kind))
                {
                    Assert.Equal(place, InsertionPoint.Find(beginning, kind));
                }
            }
        });
    }

    private static void AssertInside(Range range, byte[] css)
    {
        var (offset, length) = range.GetOffsetAndLength(css.Length); // throws when it is not
        Assert.True(offset >= 0 && length >= 0);
    }

    private static void Each(string[] parts, Action<byte[], Random> judge)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(20261125 + round);
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => parts[random.Next(parts.Length)])));
            for (var changes = random.Next(3) == 0 ? random.Next(4) : 0; changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                judge(bytes, random);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Round {round}: {Convert.ToHexString(bytes)}: {Encoding.UTF8.GetString(bytes)}", failure);
            }
        }
    }
}

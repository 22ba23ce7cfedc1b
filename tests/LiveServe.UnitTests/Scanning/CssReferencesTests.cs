using System.Text;
using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

public sealed class CssReferencesTests
{
    [Theory]
    // url() in each way of writing it
    [InlineData("a{b:url(x.png)}", "Url x.png")]
    [InlineData("a{b:url( x.png\n)}", "Url x.png")]
    [InlineData("a{b:url(\"x.png\")}", "Url x.png")]
    [InlineData("a{b:url( 'x.png' )}", "Url x.png")]
    [InlineData("a{b:URL(x.png)}", "Url x.png")]
    [InlineData("a{b:\\75rl(x.png)}", "Url x.png")]
    [InlineData("a{b:u\\rl(x.png)}", "Url x.png")]
    [InlineData("a{b:\\000075\r\nrl(x.png)}", "Url x.png")]
    [InlineData("a{b:ur\\6C ('x.png')}", "Url x.png")]
    [InlineData("a{b:url(x.png)url(y.png),url('z.png')}", "Url x.png|Url y.png|Url z.png")]
    [InlineData("a{b:url('x.png' format(\"woff2\"))}", "Url x.png")]
    [InlineData("a{b:src('x.png')}", "Url x.png")]
    [InlineData("a{b:src(/**/ 'x.png' 'y')}", "Url x.png")]
    [InlineData("a{b:src(x.png)}", "")]
    [InlineData("@font-face{src:url(x.woff2)format('woff2'),local('Arial')}", "Url x.woff2")]
    [InlineData("a{--x:url(x.png)}", "Url x.png")]
    [InlineData("@media print{a{b:url(x.png)}}", "Url x.png")]
    [InlineData("a{b:url(x.png;c:url(y.png)}", "")]          // the first is a bad one up to the parenthesis
    [InlineData("<!-- a{b:url(x.png)} -->", "Url x.png")]
    // values
    [InlineData("a{b:url(a\\ b.png)}", "Url a b.png")]
    [InlineData("a{b:url(a\\28 b\\29.png)}", "Url a(b).png")]
    [InlineData("a{b:url('a\\'b')}", "Url a'b")]
    [InlineData("a{b:url('a\\\nb')}", "Url ab")]
    [InlineData("a{b:url('a\\\r\nb')}", "Url ab")]
    [InlineData("a{b:url('\\65E5.png')}", "Url 日.png")]
    [InlineData("a{b:url(日.png)}", "Url 日.png")]
    [InlineData("a{b:url(\\日.png)}", "Url 日.png")]
    [InlineData("a{b:url(a\0b)}", "Url a\uFFFDb")]
    [InlineData("a{b:url('\\0\\110000\\d800')}", "Url \uFFFD\uFFFD\uFFFD")]
    [InlineData("a{b:url(/*x.png)}", "Url /*x.png")]         // no comment in there
    [InlineData("a{b:url()}a{b:url('')}", "")]
    // what is none
    [InlineData("/*url(x.png)*/", "")]
    [InlineData("a/*{*/{b:'url(x.png)';content:\"x.png\"}", "")]
    [InlineData("a[href='x.png'],a[href=\"url(y)\"]{}", "")]
    [InlineData("a{b:xurl(x.png);c:url-x(x.png);d:-url(x.png);e:#url(x.png);f:1url(x.png);g:1e3url(x.png)}", "")]
    [InlineData("a{b:url (x.png)}", "")]
    [InlineData("a{b:url(a'b.png)}", "")]
    [InlineData("a{b:url(a b.png);c:url(y.png)}", "Url y.png")]
    [InlineData("a{b:url(a(b.png);c:url(y.png)}", "Url y.png")]
    [InlineData("a{b:url(a\\\nb);c:url(y.png)}", "Url y.png")]
    [InlineData("a{b:url('a\nb);c:url(y.png)}", "Url y.png")]   // a bad string ends with its line
    [InlineData("a{b:url(a\u0001b)}", "")]
    [InlineData("@namespace url(http://www.w3.org/1999/xhtml);a{b:url(x)}", "Url x")]
    [InlineData("@namespace svg 'x';@import 'y';", "")]
    [InlineData("@supports (b:url(x.png)){a{b:url(y.png)}}", "Url y.png")]
    [InlineData("@supports (b:image-set('x.png' 1x)) and (c:src('z')){a{b:url(y.png)}}", "Url y.png")]
    // @import
    [InlineData("@import 'x.css';", "Import x.css")]
    [InlineData("@import url(x.css);", "Import x.css")]
    [InlineData("@import url('x.css');", "Import x.css")]
    [InlineData("@import src('x.css');", "Import x.css")]
    [InlineData("@import/**/\"x.css\"layer(a)supports(b:url(y.png))screen;", "Import x.css")]
    [InlineData("@IMPORT 'x.css'", "Import x.css")]
    [InlineData("@\\69mport 'x.css'", "Import x.css")]
    [InlineData("@charset \"utf-8\";\n@layer a,b;<!--@import 'x.css';@import 'y.css';", "Import x.css|Import y.css")]
    [InlineData("@tailwind base;@import 'x.css';", "Import x.css")]
    [InlineData("a{}@import 'x.css';", "")]
    [InlineData("@layer a{}@import 'x.css';", "")]
    [InlineData("@media x{@import 'x.css';}", "")]
    [InlineData("@import x 'x.css';", "")]
    [InlineData("@import 'x.css' 'y.css' url(z.css);@import 'w.css';", "Import x.css|Import w.css")]
    [InlineData("a @import 'x.css';", "")]
    [InlineData("@imports 'x.css';", "")]
    [InlineData("\uFEFF@import 'x.css';", "Import x.css")]
    // image-set()
    [InlineData("a{b:image-set('x.png' 1x,\"y.png\" 2x)}", "ImageSet x.png|ImageSet y.png")]
    [InlineData("a{b:-webkit-image-set(url(x.png) 1x,'y.png' 2x)}", "Url x.png|ImageSet y.png")]
    [InlineData("a{b:image-set('x.avif' type('image/avif'),'y.png');c:'z'}", "ImageSet x.avif|ImageSet y.png")]
    [InlineData("a{b:image-set(\"x.png\"}c{d:'y.png'}", "ImageSet x.png")]
    // unterminated
    [InlineData("a{b:url(x.png", "Url x.png")]
    [InlineData("a{b:url(x.png ", "Url x.png")]
    [InlineData("a{b:url('x.png", "Url x.png")]
    [InlineData("a{b:url('x\\", "Url x")]
    [InlineData("@import 'x.css", "Import x.css")]
    [InlineData("@import", "")]
    [InlineData("@", "")]
    [InlineData("#", "")]
    [InlineData("\\", "")]
    [InlineData("-", "")]
    [InlineData("+.", "")]
    [InlineData("/*", "")]
    [InlineData("/", "")]
    [InlineData("'", "")]
    [InlineData("<!-", "")]
    [InlineData("a{b:url(", "")]
    [InlineData("a{b:url('", "")]
    [InlineData("a{b:url(\\", "Url \uFFFD")]
    [InlineData("", "")]
    public void What_a_sheet_names(string css, string expected) => Assert.Equal(expected, string.Join('|', Found(css)));

    [Theory]
    [InlineData("a{b:url( 'x.png' )}", 10, 5, '\'')]
    [InlineData("a{b:url( x\\ y )}", 9, 4, '\0')]
    [InlineData("@import \"日.css\"", 9, 7, '"')]
    [InlineData("\uFEFF@import 'x'", 12, 1, '\'')]
    [InlineData("a{b:url('x", 9, 1, '\'')]
    public void Where_it_is_written(string css, int offset, int length, char quote)
    {
        var reference = Assert.Single(CssReferences.In(Encoding.UTF8.GetBytes(css)));
        Assert.Equal((offset, length, quote), (reference.Offset, reference.Length, reference.Quote));
    }

    [Theory]
    [InlineData("background:url(x.png)", "Url x.png")]
    [InlineData("@import 'x.css'; b:url(y.png)", "Url y.png")]
    public void A_style_attribute_imports_nothing(string style, string expected) =>
        Assert.Equal(expected, string.Join('|', CssReferences.In(Encoding.UTF8.GetBytes(style), isSheet: false).Select(Show)));

    [Fact]
    public void A_value_that_is_not_UTF_8_is_left_out() =>
        Assert.Equal(["Url y.png"], CssReferences.In([.. "a{b:url(x"u8, 0xE9, .. ".png);c:url(y.png)}"u8]).Select(Show));

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("UTF-8", true)]
    [InlineData("windows-1252", true)]
    [InlineData("iso-8859-15", true)]
    [InlineData("shift_jis", false)]
    [InlineData("gbk", false)]
    [InlineData("gb18030", false)]
    [InlineData("big5", false)]
    [InlineData("utf-16le", false)]
    [InlineData("iso-2022-jp", false)]
    [InlineData(null, false)]
    public void Only_encodings_whose_ASCII_is_ASCII_are_scanned(string? charset, bool scanned) => Assert.Equal(scanned, CssReferences.CanScan(charset));

    /// <summary>A megabyte each. Nothing is timed: what is not linear does not end within the run's own limit.</summary>
    [Theory]
    [InlineData("url(")]
    [InlineData("src('")]
    [InlineData("image-set(")]
    [InlineData("\\")]
    [InlineData("\"\n")]
    [InlineData("/*")]
    [InlineData("@import ")]
    [InlineData("@import'a'\n")]
    [InlineData("@import'a';")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("-")]
    [InlineData("\0")]
    [InlineData("url( ")]
    [InlineData("<!--")]
    public void A_hostile_megabyte_is_read_once_and_inside_its_bounds(string piece)
    {
        var megabyte = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        foreach (var before in (ReadOnlySpan<string>)["", "a{b:url(", "a{b:url('", "@import url(x) supports("])
        {
            var css = Encoding.UTF8.GetBytes(before + megabyte);
            var at = 0;
            foreach (var reference in CssReferences.In(css))
            {
                Assert.InRange(reference.Offset, at, css.Length - reference.Length);
                at = reference.Offset + reference.Length;
            }
        }
    }

    [Fact]
    public void Data_of_a_megabyte_is_no_reference() =>
        Assert.Equal(["Url x.png"], Found($"a{{b:url(data:image/png;base64,{new string('A', 1 << 20)});c:url(\"data:,{new string('B', 1 << 20)}\");d:url(x.png)}}"));

    private static string[] Found(string css) => [.. CssReferences.In(Encoding.UTF8.GetBytes(css)).Select(Show)];

    private static string Show(CssReference reference) => $"{reference.Kind} {reference.Value}";
}

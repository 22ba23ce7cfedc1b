using System.Text;
using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

public sealed class CssVersionsTests
{
    private static readonly Dictionary<string, long> Versions = new()
    {
        ["/css/x.png"] = 5, ["/img/a b.png"] = 6, ["/css/x.css"] = 7, ["/css/日.png"] = 8, ["/css/site.css"] = 9, ["/css/a(b).png"] = 4,
    };

    [Theory]
    [InlineData("url(x.png)", "url(x.png?t=5)")]
    [InlineData("url( 'x.png' )", "url( 'x.png?t=5' )")]
    [InlineData("url(\"x.png\")", "url(\"x.png?t=5\")")]
    [InlineData("url(./x.png#f)", "url(./x.png?t=5#f)")]
    [InlineData("url(x.png?a=1)", "url(x.png?a=1&t=5)")]
    [InlineData("url(x.png?a=1&b#f)", "url(x.png?a=1&b&t=5#f)")]
    [InlineData("url(x.png?t=4)", "url(x.png?t=5)")]
    [InlineData("url(x.png?t=4&a=1#f)", "url(x.png?a=1&t=5#f)")]
    [InlineData("url(x.png?t=x&at=4&t=)", "url(x.png?t=x&at=4&t=&t=5)")]
    [InlineData("url(x.png?)", "url(x.png?t=5)")]
    [InlineData("url(x.png?&a)", "url(x.png?a&t=5)")]
    [InlineData("url(x.png#f?t=4)", "url(x.png?t=5#f?t=4)")]
    [InlineData("url('x.png\\3f t=4\\26 a\\23 f')", "url('x.png?a&t=5\\23 f')")] // delimiters behind escapes
    [InlineData("url('x.pn\\67')", "url('x.pn\\67?t=5')")]
    [InlineData("url('x.p\\\nng')", "url('x.p\\\nng?t=5')")]
    [InlineData("url(' x.png ')", "url(' x.png?t=5 ')")]
    [InlineData("url('x.png\\20')", "url('x.png?t=5\\20')")]
    [InlineData("url(../img/a%20b.png)", "url(../img/a%20b.png?t=6)")]
    [InlineData("url(../img/a\\ b.png)", "url(../img/a\\ b.png?t=6)")]
    [InlineData("url(a\\28 b\\29.png)", "url(a\\28 b\\29.png?t=4)")]
    [InlineData("url(日.png)", "url(日.png?t=8)")]
    [InlineData("url(\\日.png?\\é)", "url(\\日.png?é&t=8)")]
    [InlineData("url(%e6%97%a5.png)", "url(%e6%97%a5.png?t=8)")]
    [InlineData("url(?a)", "url(?a&t=9)")]
    [InlineData("src('x.png')", "src('x.png?t=5')")]
    [InlineData("image-set('x.png' 1x,url(x.png) 2x)", "image-set('x.png?t=5' 1x,url(x.png?t=5) 2x)")]
    public void A_changed_file_is_named_with_its_version(string value, string expected) =>
        Assert.Equal($"a{{b:{expected};c:d}}", Stamp($"a{{b:{value};c:d}}"));

    [Theory]
    [InlineData("@import 'x.css';a{}", "@import 'x.css?t=7';a{}")]
    [InlineData("@import url(x.css)print;@import 'y.css';@import \"x.css\";", "@import url(x.css?t=7)print;@import 'y.css';@import \"x.css?t=7\";")]
    [InlineData("@import 'x.css", "@import 'x.css?t=7")]
    [InlineData("@import 'x.css\\", "@import 'x.css?t=7\\")]
    [InlineData("\uFEFF@import 'x.css'", "\uFEFF@import 'x.css?t=7'")]
    public void So_is_a_changed_import(string css, string expected) => Assert.Equal(expected, Stamp(css));

    [Theory]
    [InlineData("url(y.png)")]
    [InlineData("url(//x/css/x.png)")]
    [InlineData("url(https://x/css/x.png)")]
    [InlineData("url(data:image/png,x.png)")]
    [InlineData("url(blob:x.png)")]
    [InlineData("url(#x.png)")]
    [InlineData("url(#)")]
    [InlineData("url(x.png%zz)")]
    [InlineData("url()")]
    [InlineData("'x.png'")]
    [InlineData("url(x.png'")]
    public void All_else_stays_the_same_memory(string value)
    {
        ReadOnlyMemory<byte> css = Encoding.UTF8.GetBytes($"a{{b:{value}}}");
        Assert.True(css.Equals(CssVersions.Stamp(css, "/css/site.css", Version)));
    }

    [Fact]
    public void A_backslash_at_the_end_takes_nothing_with_it()
    {
        ReadOnlyMemory<byte> css = "a{b:url(x\\"u8.ToArray();
        Assert.True(css.Equals(CssVersions.Stamp(css, "/css/site.css", _ => 5)));
    }

    [Fact]
    public void Stamping_again_changes_the_version_only()
    {
        const string Css = "@import 'x.css?a#b';a{b:url(x.png)}";
        var once = CssVersions.Stamp(Encoding.UTF8.GetBytes(Css), "/css/site.css", _ => 1_700_000_000_000);
        var twice = CssVersions.Stamp(once, "/css/site.css", _ => 1_700_000_000_001);
        Assert.Equal("@import 'x.css?a&t=1700000000001#b';a{b:url(x.png?t=1700000000001)}", Encoding.UTF8.GetString(twice.Span));
    }

    [Fact]
    public void What_is_stamped_still_names_the_same_files()
    {
        const string Css = "@import 'x.css';a{b:url( '\\78.png\\3f' );c:url(日.png\\?a)}d{e:image-set(\"x.png\" 1x)}f{g:url('x.png";
        var stamped = CssVersions.Stamp(Encoding.UTF8.GetBytes(Css), "/css/site.css", Version);
        Assert.Equal(Paths(Encoding.UTF8.GetBytes(Css)), Paths(stamped.Span));
        Assert.All(CssReferences.In(stamped.Span), reference => Assert.Matches("t=[578]$", reference.Value));
    }

    [Theory]
    [InlineData("t=1", true)]
    [InlineData("t=1700000000000", true)]
    [InlineData("t=", false)]
    [InlineData("t=1x", false)]
    [InlineData("t=-1", false)]
    [InlineData("T=1", false)]
    [InlineData("at=1", false)]
    [InlineData("t=١", false)]
    public void A_version_is_t_and_digits(string part, bool isVersion) => Assert.Equal(isVersion, CssVersions.IsVersion(part));

    private static string?[] Paths(ReadOnlySpan<byte> css) =>
        [.. CssReferences.In(css).Select(reference => LocalReference.Resolve(reference.Value, "/css/site.css"))];

    private static string Stamp(string css) => Encoding.UTF8.GetString(CssVersions.Stamp(Encoding.UTF8.GetBytes(css), "/css/site.css", Version).Span);

    private static long Version(string path) => Versions.GetValueOrDefault(path);
}

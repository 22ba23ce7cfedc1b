using LiveServe.Chat;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

public sealed class PlaceRulesTests
{
    [Theory]
    [InlineData("css/site.css", true)]
    [InlineData("index.html", true)]
    [InlineData("src/pages/[id].tsx", true)]
    [InlineData("src/$id.tsx", true)]
    [InlineData("Bild (Kopie).html", true)]
    [InlineData(".well-known/x", true)]
    [InlineData("ünï/日本.html", true)]
    [InlineData("", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("../../secret.txt", false)]
    [InlineData("a/../b", false)]
    [InlineData("a/..", false)]
    [InlineData("a/.. /b", false)]
    [InlineData("a/.../b", false)]
    [InlineData("./a", false)]
    [InlineData("a//b", false)]
    [InlineData("a/", false)]
    [InlineData("..\\..\\secret.txt", false)]
    [InlineData("\\\\host\\share\\a.txt", false)]
    [InlineData("//host/share/a.txt", false)]
    [InlineData("C:\\a.txt", false)]
    [InlineData("C:a.txt", false)]
    [InlineData("a.txt:stream", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("-flag", false)]
    [InlineData("--wait", false)]
    [InlineData("~/a", false)]
    [InlineData("a;b", false)]
    [InlineData("$(x)", false)]
    [InlineData("${x}", false)]
    [InlineData("`x`", false)]
    [InlineData("a|b", false)]
    [InlineData("a&b", false)]
    [InlineData("a\"b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData("a\u2028b", false)]
    public void A_file_is_a_path_below_the_root(string file, bool isTaken)
    {
        var problem = PlaceRules.Judge(new FileReference(file, 1, null), "k");
        Assert.Equal(isTaken ? null : "unknown_target", problem?.Code);
        Assert.Equal(isTaken ? null : "ref", problem?.Field);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b.html", "/a/b.html")]
    [InlineData("/a?token=secret", "/a")]
    [InlineData("/a?token=secret#part", "/a#part")]
    [InlineData("/a#part?x", "/a#part?x")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("a", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("http://evil.example/", null)]
    [InlineData("/a\u202Eb", null)]
    [InlineData("/a\nb", null)]
    [InlineData("/a\u001b[2J", null)]
    public void A_page_is_a_path_without_its_query(string? url, string? page) => Assert.Equal(page, PlaceRules.Page(url));

    [Fact]
    public void A_page_is_not_endless()
    {
        Assert.Null(PlaceRules.Page("/" + new string('a', 500)));
        Assert.Equal("/a", PlaceRules.Page("/a#" + new string('a', 500)));
    }

    [Fact]
    public void A_pin_is_bounded()
    {
        Assert.Null(Judge(new string('a', 1000), new string('b', 200)));
        Assert.Equal("too_long", Judge(new string('a', 1001), ""));
        Assert.Equal("too_long", Judge("a", new string('b', 201)));
        Assert.Equal("bad_json", Judge("", ""));
        Assert.Equal("bad_json", Judge("a\0", ""));
        Assert.Equal("bad_json", Judge("a", "\u001b[2J"));
    }

    private static string? Judge(string selector, string text) => PlaceRules.Judge(new Pin(selector, text, [1, 2, 3, 4]), "k")?.Code;
}

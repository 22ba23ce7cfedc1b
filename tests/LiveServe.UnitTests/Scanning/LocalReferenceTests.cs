using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

public sealed class LocalReferenceTests
{
    [Theory]
    [InlineData("a.png", "/css/a.png")]
    [InlineData("./a.png", "/css/a.png")]
    [InlineData("../img/a.png", "/img/a.png")]
    [InlineData("../../../x", "/x")]
    [InlineData("/x", "/x")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("%2e%2e/x", "/x")]
    [InlineData(".%2E/x", "/x")]
    [InlineData("%2e/x", "/css/x")]
    [InlineData("a%2Fb", "/css/a/b")]
    [InlineData("a//b", "/css/a/b")]
    [InlineData("/a//../b", "/a/b")]  // the empty segment is what goes
    [InlineData("..\\img\\a.png", "/img/a.png")]
    [InlineData("../img/a%20b.png", "/img/a b.png")]
    [InlineData("../img/a b.png", "/img/a b.png")]
    [InlineData("  a.png\n", "/css/a.png")]
    [InlineData("a.\r\n\tpng", "/css/a.png")]
    [InlineData("a+b", "/css/a+b")]
    [InlineData("100%25.png", "/css/100%.png")]
    [InlineData("%252e%252e/x", "/css/%2e%2e/x")] // decoded once
    [InlineData("日.png", "/css/日.png")]
    [InlineData("%e6%97%a5.png", "/css/日.png")]
    [InlineData("a.png?x=1#f", "/css/a.png")]
    [InlineData("a.png#f?x", "/css/a.png")]
    [InlineData("?x", "/css/site.css")]
    [InlineData("/?x", "/")]
    [InlineData(".", "/css/")]
    [InlineData("..", "/")]
    [InlineData("a/..", "/css/")]
    [InlineData("a..b/...", "/css/a..b/...")]
    [InlineData("1:2", "/css/1:2")]       // a scheme begins with a letter
    [InlineData("./a:b", "/css/a:b")]
    [InlineData("a?x:y", "/css/a")]
    public void A_local_reference_is_the_path_that_is_requested(string reference, string path) =>
        Assert.Equal(path, LocalReference.Resolve(reference, "/css/site.css"));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("#f")]
    [InlineData(" #f")]
    [InlineData("//x")]
    [InlineData("\\\\x")]
    [InlineData("/\\x")]
    [InlineData("/\t/x")]
    [InlineData("https://x/a.png")]
    [InlineData("http://localhost:8080/a.png")] // ours or not: the origin is not known here
    [InlineData("HTTP:a.png")]
    [InlineData("java\nscript:x")]
    [InlineData("data:,x")]
    [InlineData("blob:x")]
    [InlineData("a:b")]
    [InlineData("%")]
    [InlineData("a%2")]
    [InlineData("a%zz")]
    [InlineData("a%ff")]
    [InlineData("a%c0%ae")]
    [InlineData("a%ed%a0%80")]
    [InlineData("a%00")]
    [InlineData("a%0a")]
    [InlineData("a%5cb")]
    [InlineData("a\u0001b")]
    [InlineData("..%2fx")]
    [InlineData("a/%2e%2e%2fx")]
    [InlineData("a/.%2fx")]
    public void What_is_elsewhere_or_refused_is_no_path(string reference) => Assert.Null(LocalReference.Resolve(reference, "/css/site.css"));

    [Theory]
    [InlineData("x", "/a b/100%/c.css", "/a b/100%/x")] // a path is not decoded again
    [InlineData("x", "/%2e%2e/c.css", "/%2e%2e/x")]
    [InlineData("../x", "/%2e%2e/c.css", "/x")]
    [InlineData("x", "/", "/x")]
    [InlineData("x", "/app/", "/app/x")]
    [InlineData("../x", "/app/", "/x")]
    public void A_base_is_a_path_and_not_an_address(string reference, string basePath, string path) =>
        Assert.Equal(path, LocalReference.Resolve(reference, basePath));

    [Fact]
    public void A_reference_over_8_KB_is_nowhere()
    {
        Assert.Null(LocalReference.Resolve(new string('a', LocalReference.MaximumLength + 1), "/"));
        Assert.Null(LocalReference.Resolve("data:," + new string('a', 1 << 20), "/"));
        Assert.NotNull(LocalReference.Resolve(new string('a', LocalReference.MaximumLength), "/"));
    }
}

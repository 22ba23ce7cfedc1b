using LiveServe.Paths;

namespace LiveServe.UnitTests.Paths;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/a/b.css", "/a/b.css", "")]
    [InlineData("/a?x=1?y", "/a", "?x=1?y")]
    [InlineData("/?", "/", "?")]
    [InlineData("//a///b//", "/a/b/", "")]
    [InlineData("//evil.example", "/evil.example", "")]
    [InlineData("/a%20b%23c%3F%25", "/a b#c?%", "")]
    [InlineData("/%e6%97%a5", "/日", "")]
    [InlineData("/%F0%9F%98%80", "/😀", "")]
    [InlineData("/a+b", "/a+b", "")]
    [InlineData("/%252e%252e/x", "/%2e%2e/x", "")] // decoded once, never again
    [InlineData("/a..b", "/a..b", "")]
    [InlineData("/...", "/...", "")]
    [InlineData("/a%2Fb", "/a/b", "")]
    [InlineData("http://localhost:8080/x?y", "/x", "?y")]
    [InlineData("http://LOCALHOST:8080", "/", "")]
    [InlineData("http://localhost:8080?y", "/", "?y")]
    public void What_browsers_send_is_decoded_once(string raw, string path, string query)
    {
        var target = RequestTarget.Parse(raw, "localhost:8080", out var problem);
        Assert.Equal(TargetProblem.None, problem);
        Assert.Equal(new RequestTarget(path, query), target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("x")]
    [InlineData("/a b")]
    [InlineData("/a\tb")]
    [InlineData("/a\0b")]
    [InlineData("/a#b")]
    [InlineData("/safe.txt#/../../unsafe.txt")]
    [InlineData("/..\\x")]
    [InlineData("/a%5cb")]
    [InlineData("/..")]
    [InlineData("/../x")]
    [InlineData("/a/../x")]
    [InlineData("/a/..")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/.%2e/x")]
    [InlineData("/..%2fx")]
    [InlineData("/a/%2e%2e%2fx")]
    [InlineData("/%c0%ae%c0%ae/x")] // overlong dot
    [InlineData("/%c0%af")]         // overlong slash
    [InlineData("/%ed%a0%80")]      // surrogate
    [InlineData("/%ff")]
    [InlineData("/%")]
    [InlineData("/%2")]
    [InlineData("/%zz")]
    [InlineData("/%00")]
    [InlineData("/a%0d%0aSet-Cookie:x")]
    [InlineData("/%1b[2J")]
    [InlineData("/%c2%85")]         // a C1 control
    [InlineData("/日")]              // not encoded
    [InlineData("http://evil.example/x")]
    [InlineData("http://localhost:8080.evil.example/x")]
    [InlineData("http://localhost:80801/x")]
    [InlineData("http://localhost:8080@evil.example/x")]
    [InlineData("ftp://localhost:8080/x")]
    public void What_no_browser_sends_is_refused(string raw)
    {
        Assert.Null(RequestTarget.Parse(raw, "localhost:8080", out var problem));
        Assert.Equal(TargetProblem.Malformed, problem);
    }

    [Fact]
    public void A_target_over_8_KB_is_too_long()
    {
        Assert.Null(RequestTarget.Parse("/" + new string('a', RequestTarget.MaximumLength), "localhost", out var problem));
        Assert.Equal(TargetProblem.TooLong, problem);
        Assert.NotNull(RequestTarget.Parse("/" + new string('a', RequestTarget.MaximumLength - 1), "localhost", out _));
    }
}

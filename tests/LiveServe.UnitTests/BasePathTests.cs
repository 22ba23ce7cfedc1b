using LiveServe.Paths;

namespace LiveServe.UnitTests;

public sealed class BasePathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/app", "/app/")]
    [InlineData("/app/", "/app/")]
    [InlineData("/a/b-c_d.e~f/1", "/a/b-c_d.e~f/1/")]
    [InlineData("/.well-known", "/.well-known/")]
    [InlineData("/...", "/.../")]
    [InlineData("/__liveserver", "/__liveserver/")]
    [InlineData("/app/__liveserve", "/app/__liveserve/")]
    public void A_path_is_taken_with_or_without_its_last_slash(string text, string expected)
    {
        Assert.Equal(expected, BasePath.Parse(text, out var problem));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("app", "/app")]
    [InlineData("./app", "no slash")]
    [InlineData("http://localhost/app", "URL")]
    [InlineData("//evil.example", "two slashes")]
    [InlineData("/a//b", "two slashes")]
    [InlineData("/app//", "two slashes")]
    [InlineData("/..", "dots")]
    [InlineData("/a/../b", "dots")]
    [InlineData("/a/./b", "dots")]
    [InlineData("/%2e%2e/", "escape")]
    [InlineData("/a b", "escape")]
    [InlineData("/a\\b", "escape")]
    [InlineData("/é", "escape")]
    [InlineData("/a\nb", "escape")]
    [InlineData("/a\0", "escape")]
    [InlineData("/<script>", "escape")]
    [InlineData("/\"onload=", "escape")]
    [InlineData("/app?x", "query")]
    [InlineData("/app#x", "fragment")]
    [InlineData("/__liveserve", "own")]
    [InlineData("/__liveserve/", "own")]
    [InlineData("/__liveserve/chat", "own")]
    public void What_is_none_is_refused_in_words(string text, string words)
    {
        Assert.Null(BasePath.Parse(text, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_a_longest_length()
    {
        Assert.NotNull(BasePath.Parse("/" + new string('a', BasePath.MaximumLength - 2), out _));
        Assert.Null(BasePath.Parse("/" + new string('a', BasePath.MaximumLength - 1), out _));
    }

    [Theory]
    [InlineData("/app/", "/")]
    [InlineData("/app/a/b.css", "/a/b.css")]
    [InlineData("/app/__liveserve/ws", "/__liveserve/ws")]
    [InlineData("/app/a%20b?t=1", "/a%20b?t=1")]
    [InlineData("/app", "/__liveserve/outside/app")]
    [InlineData("/apple/x", "/__liveserve/outside/apple/x")]
    [InlineData("/api/page", "/__liveserve/outside/api/page")]
    [InlineData("/", "/__liveserve/outside/")]
    public void Every_address_has_one_name_and_leads_back_from_it(string address, string name)
    {
        var site = new SiteBase("/app/");
        Assert.Equal(name, site.Inward(address));
        Assert.Equal(address, site.Outward(name));
        Assert.Equal(address, SiteBase.None.Inward(address));
        Assert.Equal(address, SiteBase.None.Outward(address));
    }

    [Theory]
    [InlineData("/app/x?a=%20b", "/x?a=%20b")]
    [InlineData("/%61pp/x%20y", "/x%20y")]
    [InlineData("/app//x", "/x")]
    [InlineData("/other%2Fx", "/__liveserve/outside/other/x")]
    [InlineData("/../x", "/../x")]
    [InlineData("about:blank", "about:blank")]
    public void Pages_write_addresses_as_they_like(string address, string name) =>
        Assert.Equal(name, new SiteBase("/app/").InwardAsWritten(address));

    [Theory]
    [InlineData("/app/x", "/x")]
    [InlineData("/app/", "/")]
    [InlineData("/app", null)]
    [InlineData("/apple", null)]
    [InlineData("/App/x", null)]
    [InlineData("/__liveserve/ws", null)]
    public void A_request_is_for_the_site_or_not(string asked, string? expected) =>
        Assert.Equal(expected, new SiteBase("/app/").Inside(new RequestTarget(asked, "?q"))?.Path);
}

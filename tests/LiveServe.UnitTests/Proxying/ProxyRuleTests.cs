using LiveServe.Injection;
using LiveServe.Paths;
using LiveServe.Proxying;

namespace LiveServe.UnitTests.Proxying;

public sealed class ProxyRuleTests
{
    [Theory]
    [InlineData("/api=http://localhost:3000", "/api", "http://localhost:3000/api")]
    [InlineData("/api:http://localhost:3000", "/api", "http://localhost:3000/api")]
    [InlineData("/api/=http://localhost:3000", "/api", "http://localhost:3000/api")]
    [InlineData("/api=http://localhost:3000/", "/api", "http://localhost:3000/")]
    [InlineData("/api=http://localhost:3000/v2", "/api", "http://localhost:3000/v2")]
    [InlineData("/=http://localhost:3000", "/", "http://localhost:3000/")]
    [InlineData("/=https://example.com/app/", "/", "https://example.com/app/")]
    [InlineData("/ws=ws://localhost:3000", "/ws", "http://localhost:3000/ws")]
    [InlineData("/ws=wss://example.com", "/ws", "https://example.com/ws")]
    [InlineData("/a:b=http://[::1]:3000", "/a:b", "http://[::1]:3000/a%3Ab")]
    [InlineData("/a%20b=http://h:1", "/a b", "http://h:1/a%20b")]
    [InlineData("/a=b=http://h:1", "/a=b", "http://h:1/a%3Db")]
    [InlineData("//api//v1=HTTP://LOCALHOST:3000", "/api/v1", "http://localhost:3000/api/v1")]
    public void A_rule_is_read(string text, string route, string target)
    {
        var rule = ProxyRule.Parse(text, out var problem);
        Assert.Null(problem);
        Assert.Equal((route, target), (rule!.Route, rule.Target.AbsoluteUri));
    }

    [Theory]
    [InlineData("", "names no server")]
    [InlineData("/api", "names no server")]
    [InlineData("/api=localhost:3000", "names no server")]
    [InlineData("/api=://x", "names no server")]
    [InlineData("http://localhost:3000", "/api=http://localhost:3000")]
    [InlineData("=http://h", "does not begin with a slash")]
    [InlineData("api=http://h", "Write /api=http://h")]
    [InlineData("/api http://h", "names no route")]
    [InlineData("/api=ftp://h", "ftp is not forwarded")]
    [InlineData("/api=file:///etc/passwd", "address of a server")]
    [InlineData("/api=http://", "address of a server")]
    [InlineData("/api=http://h:0", "address of a server")]
    [InlineData("/api=http://h:99999", "address of a server")]
    [InlineData("/api=http://u:p@h", "Leave it out")]
    [InlineData("/api=http://h/?a=1", "more than a path")]
    [InlineData("/api=http://h/#x", "more than a path")]
    [InlineData("/api/*=http://h", "/api=http://h")]
    [InlineData("/api?x=http://h", "is no path")]
    [InlineData("/../x=http://h", "is no path")]
    [InlineData("/%2e%2e/x=http://h", "is no path")]
    [InlineData("/a b=http://h", "is no path")]
    [InlineData("/%zz=http://h", "is no path")]
    [InlineData("/__liveserve=http://h", "liveserve's own")]
    [InlineData("/__liveserve/=http://h", "liveserve's own")]
    [InlineData("/%5f_liveserve/ws=http://h", "liveserve's own")]
    public void A_mistake_is_told_with_its_remedy(string text, string says)
    {
        Assert.Null(ProxyRule.Parse(text, out var problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api", "/api", true)]
    [InlineData("/api", "/api/", true)]
    [InlineData("/api", "/api/x", true)]
    [InlineData("/api", "/apix", false)]
    [InlineData("/api", "/API", false)]
    [InlineData("/api", "/", false)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/x", true)]
    public void A_prefix_ends_at_a_slash(string route, string path, bool matches) => Assert.Equal(matches, Rule($"{route}=http://h").Matches(path));

    [Theory]
    [InlineData("/api/v1/x", "/api/v1")]
    [InlineData("/api/v2", "/api")]
    [InlineData("/x", "/")]
    public void The_longest_prefix_wins(string path, string route) =>
        Assert.Equal(route, new ProxyRoutes([Rule("/=http://a"), Rule("/api=http://b"), Rule("/api/v1=http://c")]).Find(path)!.Route);

    [Fact]
    public void Of_two_rules_for_one_prefix_the_first_counts() =>
        Assert.Equal("a", new ProxyRoutes([Rule("/api=http://a"), Rule("/api=http://b")]).Find("/api")!.Target.Host);

    [Theory]
    [InlineData("/api=http://h", "/api/x", "http://h/api/x")]
    [InlineData("/api=http://h", "/api", "http://h/api")]
    [InlineData("/api=http://h/", "/api", "http://h/")]
    [InlineData("/api=http://h/", "/api/x?y=%2F", "http://h/x?y=%2F")]
    [InlineData("/api=http://h/v2/", "/api/x", "http://h/v2/x")]
    [InlineData("/=http://h", "/x?a=//b", "http://h/x?a=//b")]
    [InlineData("/=http://h/app", "/", "http://h/app/")]
    [InlineData("/api=http://h", "/api/a%2Fb/%7e/./c//d", "http://h/api/a%2Fb/%7e/./c//d")] // as it came
    [InlineData("/api=http://h", "/%61pi/a%20b", "http://h/api/a%20b")]
    [InlineData("/api=http://h/", "/api//evil.example/x", "http://h/evil.example/x")]
    [InlineData("/=http://h", "//evil.example/x", "http://h/evil.example/x")]
    [InlineData("/=http://h", "http://localhost/x?y", "http://h/x?y")]
    [InlineData("/=http://h", "/@evil.example", "http://h/@evil.example")]
    [InlineData("/=http://h", "/:80@evil.example", "http://h/:80@evil.example")]
    public void What_the_upstream_is_asked_for(string rule, string raw, string address)
    {
        var parsed = RequestTarget.Parse(raw, "localhost", out _);
        var url = UpstreamAddress.Of(Rule(rule), parsed!, raw);
        Assert.Equal(address, $"{url.Scheme}://{url.Authority}{url.PathAndQuery}");
        Assert.Equal("h", url.Host);
    }

    [Theory]
    [InlineData("/=http://localhost:3000", "http://localhost:3000/x?y#z", "/x?y#z")]
    [InlineData("/=http://localhost:3000", "http://localhost:3000", "/")]
    [InlineData("/=http://localhost:3000", "http://127.0.0.1:3000/x", "/x")]
    [InlineData("/=http://localhost:3000", "//localhost:3000/x", "/x")]
    [InlineData("/=http://localhost:3000", "http://localhost:3001/x", "http://localhost:3001/x")]
    [InlineData("/=http://localhost:3000", "https://localhost:3000/x", "https://localhost:3000/x")]
    [InlineData("/=http://localhost:3000", "https://example.com/", "https://example.com/")]
    [InlineData("/=http://localhost:3000", "//example.com/", "//example.com/")]
    [InlineData("/=http://localhost:3000", "/\\example.com/", "/\\example.com/")]
    [InlineData("/=http://localhost:3000", "http://localhost:3000//example.com", "/example.com")]
    [InlineData("/=http://localhost:3000", "http://localhost:3000/\\example.com", "/example.com")]
    [InlineData("/=http://localhost:3000", "x/y", "x/y")]
    [InlineData("/=http://localhost:3000", "", "")]
    [InlineData("/=http://localhost:3000", "/x", "/x")]
    [InlineData("/=http://localhost:3000/app", "/app/x", "/x")]
    [InlineData("/=http://localhost:3000/app", "/app", "/")]
    [InlineData("/=http://localhost:3000/app", "/apple", "/apple")]
    [InlineData("/=http://localhost:3000/app", "/other?to=/app", "/other?to=/app")]
    [InlineData("/api=http://localhost:3000", "/api/x", "/api/x")]
    [InlineData("/api=http://localhost:3000", "/login", "/login")]
    [InlineData("/api=http://localhost:3000/", "/login", "/api/login")]
    [InlineData("/api=http://localhost:3000/", "http://localhost:3000/", "/api/")]
    public void What_the_upstream_says_of_itself(string rule, string address, string ours) =>
        Assert.Equal(ours, UpstreamAddress.Back(Rule(rule), address));

    [Theory]
    [InlineData("a=b", "a=b", true, SecureFate.Fine)]
    [InlineData("a=b; Domain=example.com; Path=/; HttpOnly", "a=b; Path=/; HttpOnly", true, SecureFate.Fine)]
    [InlineData("a=b;DOMAIN = .example.com;path=/app/x;SameSite=Lax", "a=b; Path=/x;SameSite=Lax", true, SecureFate.Fine)]
    [InlineData("a=Domain=x; Secure", "a=Domain=x; Secure", true, SecureFate.Fine)]
    [InlineData("Secure", "Secure", false, SecureFate.Fine)]
    [InlineData("a=b; secure; HttpOnly", "a=b; HttpOnly", false, SecureFate.Removed)]
    [InlineData("__Host-a=b; Secure; Path=/", "__Host-a=b; Secure; Path=/", false, SecureFate.Drops)]
    [InlineData("__secure-a=b; Secure", "__secure-a=b; Secure", false, SecureFate.Drops)]
    [InlineData("a=b; Secure; SameSite=None", "a=b; Secure; SameSite=None", false, SecureFate.Drops)]
    [InlineData("", "", false, SecureFate.Fine)]
    [InlineData(";;;Domain", ";;", false, SecureFate.Fine)]
    public void Cookies_are_made_to_fit(string cookie, string fitted, bool takesSecure, object fate)
    {
        Assert.Equal(fitted, CookieFit.Fit(cookie, Rule("/=http://localhost:3000/app"), takesSecure, out var was));
        Assert.Equal(fate, was);
    }

    [Theory]
    [InlineData("\"a-boot-3\"", "\"a\"")]
    [InlineData("W/\"a-boot-3\"", "W/\"a\"")]
    [InlineData("\"a\"", "")]
    [InlineData("\"a-boot-2\"", "")]
    [InlineData("*", "")]
    [InlineData("\"x\", \"a-boot-3\" ,W/\"b-boot-3\"", "\"a\", W/\"b\"")]
    [InlineData("", "")]
    public void Only_tags_of_the_very_same_page_reach_the_upstream(string header, string asked) =>
        Assert.Equal(asked, EntityTags.Unstamp(header, "boot-3"));

    [Theory]
    [InlineData("\"a\"", "\"a-boot-3\"")]
    [InlineData("W/\"a\"", "W/\"a-boot-3\"")]
    [InlineData("broken", "broken")]
    public void A_page_with_our_script_has_a_tag_of_its_own(string tag, string stamped) => Assert.Equal(stamped, EntityTags.Stamp(tag, "boot-3"));

    private static ProxyRule Rule(string text) => ProxyRule.Parse(text, out _)!;
}

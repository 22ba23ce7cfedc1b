using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Headers of the user's own, and who may read what is served.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("/a.css", 200)]
    [InlineData("/", 200)]
    [InlineData("/nope", 404)]
    [InlineData("/sub", 308)]
    [InlineData("/%", 400)]
    [InlineData("/__liveserve/client.js", 200)]
    [InlineData("/__liveserve/nope", 404)]
    public async Task Headers_of_the_user_are_on_every_answer(string target, int status)
    {
        await using var site = await SiteAsync("X-One: 1", "X-Two: a", "x-two: b", "Cache-Control: no-store", "Vary: X-Own");
        var answer = await RawHttp.GetAsync(site.Port, target, "Sec-Fetch-Dest: document");
        Assert.Equal((status, "1"), (answer.Status, answer["X-One"]));
        Assert.Equal("b", answer["X-Two"]); // the last of two lines
        Assert.Equal("no-store", answer["Cache-Control"]);
        Assert.StartsWith(status == 200 && target == "/" ? "Sec-Fetch-Dest" : "", answer["Vary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_lets_our_client_in_and_says_so()
    {
        await using var site = await SiteAsync("Content-Security-Policy: default-src 'none'; script-src 'nonce-abcdef'");
        var page = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document");
        Assert.Equal("default-src 'none'; script-src 'nonce-abcdef'; connect-src 'self'", page["Content-Security-Policy"]);
        Assert.Contains(" data-policy=\"yes\" nonce=\"abcdef\"></script>", page.Text, StringComparison.Ordinal);
        var warning = (WarningRaised)await site.EventAsync(happened => happened is WarningRaised);
        Assert.Contains("connect-src", warning.Message, StringComparison.Ordinal);
        var missing = await RawHttp.GetAsync(site.Port, "/nope", "Sec-Fetch-Dest: document");
        Assert.Contains("style-src 'unsafe-inline'", missing["Content-Security-Policy"], StringComparison.Ordinal); // our own page has its own
        await using var bare = await SiteAsync(options => options with { Inject = false }, "Content-Security-Policy: default-src 'none'");
        Assert.Equal("default-src 'none'", (await RawHttp.GetAsync(bare.Port, "/"))["Content-Security-Policy"]);
    }

    [Fact]
    public async Task Without_the_option_nobody_else_may_read()
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/a.css", "Origin: http://localhost:3000");
        Assert.Equal(("", "", "same-site"), (answer["Access-Control-Allow-Origin"], answer["Vary"], answer["Cross-Origin-Resource-Policy"]));
        Assert.Equal((204, ""), await PreflightAsync(site, "http://localhost:3000"));
    }

    [Theory]
    [InlineData("", "http://localhost:3000", "http://localhost:3000")]
    [InlineData("", "http://evil.example", "")]
    [InlineData("", "null", "")]
    [InlineData("http://a.example", "http://a.example", "http://a.example")]
    [InlineData("http://a.example", "http://a.example.evil.example", "")]
    [InlineData("*", "http://evil.example", "*")]
    public async Task Who_is_named_may_read_and_never_with_credentials(string rule, string origin, string allowed)
    {
        await using var site = await SiteAsync(options => options with { Cors = CorsRule.Parse(rule, out _) });
        foreach (var target in new[] { "/a.css", "/nope", "/" })
        {
            var answer = await RawHttp.GetAsync(site.Port, target, $"Origin: {origin}");
            Assert.Equal((allowed, ""), (answer["Access-Control-Allow-Origin"], answer["Access-Control-Allow-Credentials"]));
            Assert.Equal("", answer["Access-Control-Allow-Private-Network"]);
        }

        Assert.Equal(rule == "*" ? "" : "Origin", (await RawHttp.GetAsync(site.Port, "/a.css"))["Vary"]); // also without an origin
        Assert.Equal((204, allowed), await PreflightAsync(site, origin));
        Assert.Equal("", (await RawHttp.GetAsync(site.Port, "/__liveserve/status", $"Origin: {origin}"))["Access-Control-Allow-Origin"]); // what is ours is ours
    }

    [Fact]
    public async Task A_preflight_lists_what_may_be_sent()
    {
        await using var site = await SiteAsync(options => options with { Cors = CorsRule.Loopback });
        var answer = await RawHttp.SendAsync(site.Port, "OPTIONS", "/a.css", "Origin: http://localhost:1", "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: range, x-test");
        Assert.Equal(("GET, HEAD", "range, x-test", "600"), (answer["Access-Control-Allow-Methods"], answer["Access-Control-Allow-Headers"], answer["Access-Control-Max-Age"]));
        var odd = await RawHttp.SendAsync(site.Port, "OPTIONS", "/a.css", "Origin: http://localhost:1", "Access-Control-Request-Method: GET", "Access-Control-Request-Headers: a(b)");
        Assert.Equal((204, ""), (odd.Status, odd["Access-Control-Allow-Headers"]));
    }

    [Fact]
    public async Task Only_a_star_lets_other_sites_pages_load_files()
    {
        await using var star = await SiteAsync(options => options with { Cors = CorsRule.Parse("*", out _) });
        var answer = await RawHttp.GetAsync(star.Port, "/a.css", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors");
        Assert.Equal((200, "cross-origin"), (answer.Status, answer["Cross-Origin-Resource-Policy"]));
        Assert.Contains(star.Events, happened => happened is WarningRaised { Message: var message } && message.Contains("--cors *", StringComparison.Ordinal));
        await using var one = await SiteAsync(options => options with { Cors = CorsRule.Parse("http://a.example", out _) });
        Assert.Equal(403, (await RawHttp.GetAsync(one.Port, "/a.css", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")).Status);
    }

    private static async Task<(int, string)> PreflightAsync(TestSite site, string origin)
    {
        var answer = await RawHttp.SendAsync(site.Port, "OPTIONS", "/a.css", $"Origin: {origin}", "Access-Control-Request-Method: GET");
        return (answer.Status, answer["Access-Control-Allow-Origin"]);
    }

    private static Task<TestSite> SiteAsync(params string[] headers) => SiteAsync(options => options, headers);

    private static Task<TestSite> SiteAsync(Func<LiveServeOptions, LiveServeOptions> options, params string[] headers) => TestSite.StartAsync(
        given => options(given) with { Headers = [.. headers.Select(header => ResponseHeader.Parse(header, out _)!)] },
        ("index.html", "<!doctype html><head></head>"), ("a.css", "p{}"), ("sub/index.html", "x"));
}

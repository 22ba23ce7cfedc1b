using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

public sealed class AuthTests
{
    private static readonly string Right = Header("ada:se:crét");

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/nothing")]
    [InlineData("/../x")]
    [InlineData("/__liveserve/client.js")]
    [InlineData("/__liveserve/status")]
    [InlineData("/__liveserve/chat")]
    public async Task Everything_asks_for_the_password(string target)
    {
        await using var site = await SiteAsync();
        foreach (var headers in new string[][] { [], [Header("ada:wrong")] })
        {
            var answer = await RawHttp.GetAsync(site.Port, target, headers);
            Assert.Equal(401, answer.Status);
            Assert.Equal("Basic realm=\"LiveServe\", charset=\"UTF-8\"", answer["WWW-Authenticate"]);
            Assert.DoesNotContain("hello", answer.Text, StringComparison.Ordinal);
        }

        Assert.NotEqual(401, (await RawHttp.GetAsync(site.Port, target, Right)).Status);
    }

    [Fact]
    public async Task The_socket_asks_too()
    {
        await using var site = await SiteAsync();
        using (var refused = await RawSocket.OpenAsync(site.Port))
        {
            Assert.StartsWith("HTTP/1.1 401", refused.Handshake, StringComparison.Ordinal);
        }

        using var socket = await RawSocket.OpenAsync(site.Port, null, Right);
        await socket.NextAsync("connected");
    }

    [Fact]
    public async Task Foreign_hosts_and_sites_are_refused_before_they_are_asked()
    {
        await using var site = await SiteAsync();
        Assert.Equal(403, (await RawHttp.GetAsync(site.Port, "/", "Host: evil.example", Right)).Status);
        Assert.Equal(403, (await RawHttp.GetAsync(site.Port, "/x.js", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", Right)).Status);
    }

    [Fact]
    public async Task Guessing_is_slowed()
    {
        await using var site = await SiteAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 15; i++)
        {
            statuses.Add((await RawHttp.GetAsync(site.Port, "/", Header($"ada:{i}"))).Status);
        }

        Assert.All(statuses.Take(10), status => Assert.Equal(401, status));
        Assert.Contains(429, statuses);
        Assert.Equal(401, (await RawHttp.GetAsync(site.Port, "/")).Status); // who does not guess is asked as ever
    }

    private static string Header(string user) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user));

    private static Task<TestSite> SiteAsync() =>
        TestSite.StartAsync(options => options with { Auth = new Credentials("ada", "se:crét") }, ("index.html", "<!doctype html><p>hello"));
}

using LiveServe.Security;
using Microsoft.Extensions.Primitives;

namespace LiveServe.UnitTests.Security;

public sealed class HostAndOriginTests
{
    private static readonly HostCheck Hosts = new(["dev.example", ".team.example"]);
    private static readonly OriginCheck Origins = new(["https://app.example", "not an origin"]);

    [Theory]
    [InlineData("localhost", nameof(HostVerdict.Known))]
    [InlineData("LOCALHOST:8080", nameof(HostVerdict.Known))]
    [InlineData("localhost.", nameof(HostVerdict.Known))]
    [InlineData("a.localhost:1", nameof(HostVerdict.Known))]
    [InlineData("127.0.0.1:8080", nameof(HostVerdict.Known))]
    [InlineData("192.168.1.7", nameof(HostVerdict.Known))]
    [InlineData("[::1]:8080", nameof(HostVerdict.Known))]
    [InlineData("dev.example:8080", nameof(HostVerdict.Known))]
    [InlineData("team.example", nameof(HostVerdict.Known))]
    [InlineData("x.y.team.example", nameof(HostVerdict.Known))]
    [InlineData("evil.example", nameof(HostVerdict.Foreign))]
    [InlineData("evillocalhost", nameof(HostVerdict.Foreign))]
    [InlineData("localhost.evil.example", nameof(HostVerdict.Foreign))]
    [InlineData("127.0.0.1.evil.example", nameof(HostVerdict.Foreign))]
    [InlineData("evilteam.example", nameof(HostVerdict.Foreign))]
    [InlineData("dev.example.evil", nameof(HostVerdict.Foreign))]
    [InlineData("x.dev.example", nameof(HostVerdict.Foreign))]
    [InlineData("", nameof(HostVerdict.Malformed))]
    [InlineData("[", nameof(HostVerdict.Malformed))]
    [InlineData("[]", nameof(HostVerdict.Malformed))]
    [InlineData("[::1", nameof(HostVerdict.Malformed))]
    [InlineData("[::1]x", nameof(HostVerdict.Malformed))]
    [InlineData(":8080", nameof(HostVerdict.Malformed))]
    [InlineData("localhost:", nameof(HostVerdict.Malformed))]
    [InlineData("localhost:99999", nameof(HostVerdict.Malformed))]
    [InlineData("localhost:+80", nameof(HostVerdict.Malformed))]
    [InlineData("localhost:80:80", nameof(HostVerdict.Malformed))]
    [InlineData("localhost@evil.example", nameof(HostVerdict.Malformed))]
    [InlineData("a..b", nameof(HostVerdict.Malformed))]
    [InlineData("local host", nameof(HostVerdict.Malformed))]
    public void Only_names_of_ours_are_answered(string host, string expected) =>
        Assert.Equal(expected, Hosts.Judge(host).ToString());

    [Fact]
    public void Two_hosts_are_none()
    {
        Assert.Equal(HostVerdict.Malformed, Hosts.Judge(new StringValues(["localhost", "localhost"])));
        Assert.Equal(HostVerdict.Malformed, Hosts.Judge(StringValues.Empty));
    }

    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://127.0.0.1:8080", true)] // one server under two loopback names
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://app.example", true)]
    [InlineData("https://app.example:443", true)]
    [InlineData("http://localhost:3000", false)]
    [InlineData("http://localhost", false)]
    [InlineData("http://93.184.216.34:8080", false)]
    [InlineData("http://evil.example:8080", false)]
    [InlineData("http://localhost.evil.example:8080", false)]
    [InlineData("https://app.example.evil.example", false)]
    [InlineData("http://app.example", false)]
    [InlineData("null", false)]
    [InlineData("file://", false)]
    [InlineData("chrome-extension://abcdef", false)]
    [InlineData("http://", false)]
    [InlineData("http://[", false)]
    [InlineData("", false)]
    [InlineData("http://localhost:8080/", false)]
    public void Only_pages_of_ours_open_the_socket(string origin, bool admitted) =>
        Assert.Equal(admitted, Origins.Admits(origin, Own("localhost:8080"), peerIsKnown: true));

    [Fact]
    public void Under_https_a_page_of_plain_http_is_foreign()
    {
        var own = Origin.Of("https", Authority.Parse("localhost:8080")!.Value);
        Assert.True(Origins.Admits("https://localhost:8080", own, peerIsKnown: true));
        Assert.True(Origins.Admits("https://127.0.0.1:8080", own, peerIsKnown: true));
        Assert.False(Origins.Admits("http://localhost:8080", own, peerIsKnown: true));
        Assert.False(Origins.Admits("http://127.0.0.1:8080", own, peerIsKnown: true));
        Assert.False(Origins.Admits("https://localhost", own, peerIsKnown: true));
    }

    [Fact]
    public void Without_an_origin_only_this_machine_is_let_in()
    {
        Assert.True(Origins.Admits(StringValues.Empty, Own("localhost:8080"), peerIsKnown: true));
        Assert.False(Origins.Admits(StringValues.Empty, Own("192.168.1.7:8080"), peerIsKnown: false));
    }

    [Fact]
    public void Two_origins_are_refused() =>
        Assert.False(Origins.Admits(new StringValues(["http://localhost:8080", "http://localhost:8080"]), Own("localhost:8080"), true));

    [Theory]
    [InlineData("cross-site", "no-cors", true)]
    [InlineData("cross-site", "navigate", false)]
    [InlineData("same-site", "no-cors", false)]
    [InlineData("same-origin", "no-cors", false)]
    [InlineData("none", "navigate", false)]
    [InlineData(null, null, false)]
    public void Other_sites_do_not_pull_files_in(string? site, string? mode, bool refused) =>
        Assert.Equal(refused, CrossSiteCheck.Refuses(site, mode));

    private static Origin Own(string host) => Origin.Of("http", Authority.Parse(host)!.Value);
}

using System.Net;
using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>
/// This machine's own address on its network stands for another machine: a connection to it comes from that address, which is not loopback. Nothing
/// leaves the machine.
/// </summary>
public sealed class LanTests
{
    private const string Page = "<!doctype html><title>secret title</title><p>hello";

    private static readonly IPAddress Outside = ReachableAddresses.OfThisMachine() is [var first, ..]
        ? first
        : throw new InvalidOperationException("These tests need a network interface that is up, besides loopback.");

    [Fact]
    public async Task Without_it_nobody_else_reaches_the_port()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", Page));
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => GetAsync(site, "/"));
        Assert.Equal([site.Server.Url], site.Server.Urls);
    }

    [Fact]
    public async Task Both_families_are_listened_on_and_each_address_is_named_with_the_token()
    {
        await using var site = await SiteAsync();
        Assert.Equal(new Uri($"http://localhost:{site.Port}/"), site.Server.Urls[0]);
        Assert.Equal(ReachableAddresses.OfThisMachine().Count, site.Server.Urls.Count - 1);
        foreach (var url in site.Server.Urls.Skip(1))
        {
            Assert.Equal(303, (await GetAsync(site, url.PathAndQuery, IPAddress.Parse(url.Host.Trim('[', ']')), $"Host: {url.Authority}")).Status);
        }

        Assert.Equal(200, (await GetAsync(site, "/", IPAddress.Loopback)).Status);
        Assert.Equal(200, (await GetAsync(site, "/", IPAddress.IPv6Loopback)).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/nothing")]
    [InlineData("/../x")]
    [InlineData("/__liveserve/client.js")]
    [InlineData("/__liveserve/status")]
    [InlineData("/__liveserve/chat")]
    [InlineData("/?liveserve=")]
    [InlineData("/?liveserve=AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Another_machine_that_is_not_paired_sees_how_to_pair_and_nothing_of_the_site(string target)
    {
        await using var site = await SiteAsync();
        var answer = await GetAsync(site, target);
        Assert.Equal(403, answer.Status);
        Assert.Contains("Pair this machine", answer.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer["Referrer-Policy"]);
        Assert.Equal("no-store", answer["Cache-Control"]);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Root, answer.Text, StringComparison.Ordinal);
        Assert.Equal("", answer["Set-Cookie"]);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/")).Status); // this machine needs nothing
    }

    [Fact]
    public async Task The_link_pairs_once_and_leaves_the_address_clean()
    {
        await using var site = await SiteAsync();
        var answer = await GetAsync(site, Token(site) + "&x=1");
        Assert.Equal(303, answer.Status);
        Assert.Equal("/?x=1", answer["Location"]);
        Assert.Equal("no-referrer", answer["Referrer-Policy"]);
        Assert.Contains("HttpOnly; SameSite=Strict", answer["Set-Cookie"], StringComparison.Ordinal);
        var cookie = "Cookie: " + answer["Set-Cookie"].Split(';')[0];
        Assert.Contains("hello", (await GetAsync(site, "/", null, cookie)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await GetAsync(site, "/__liveserve/status", null, cookie)).Status);
    }

    [Fact]
    public async Task A_restart_unpairs_nobody_and_makes_old_links_worthless()
    {
        await using var site = await SiteAsync();
        var (port, link) = (site.Port, Token(site));
        var cookie = "Cookie: " + (await GetAsync(site, link))["Set-Cookie"].Split(';')[0];
        await site.StopServerAsync();
        await site.StartServerAsync(port);
        Assert.Equal(200, (await GetAsync(site, "/", null, cookie)).Status);
        Assert.Equal(403, (await GetAsync(site, link)).Status);
    }

    [Fact]
    public async Task The_socket_obeys_the_same()
    {
        await using var site = await SiteAsync();
        var own = $"Origin: http://{Host}:{site.Port}";
        var cookie = "Cookie: " + (await GetAsync(site, Token(site)))["Set-Cookie"].Split(';')[0];
        Assert.Equal(403, await SocketAsync(site, "/__liveserve/ws", own));
        Assert.Equal(403, await SocketAsync(site, "/__liveserve/ws?liveserve=AAAAAAAAAAAAAAAAAAAAAA", own));
        Assert.Equal(403, await SocketAsync(site, "/__liveserve/ws", cookie, "Origin: http://evil.example"));
        Assert.Equal(101, await SocketAsync(site, "/__liveserve/ws", own, cookie));
        Assert.Equal(101, await SocketAsync(site, "/__liveserve/ws" + Token(site)[1..])); // a tool: no cookies, no Origin
    }

    [Fact]
    public async Task Guessing_is_slowed_and_the_token_is_in_no_log()
    {
        await using var site = await TestSite.StartAsync(options => options with { Lan = true, ReportRequests = true }, ("index.html", Page));
        await GetAsync(site, Token(site));
        var statuses = new List<int>();
        for (var i = 0; i < 15; i++)
        {
            statuses.Add((await GetAsync(site, $"/?liveserve=guess{i}")).Status);
        }

        Assert.Contains(429, statuses);
        Assert.NotEmpty(site.Events.OfType<RequestAnswered>());
        Assert.DoesNotContain(site.Events, happened => happened.ToString().Contains(Token(site).Split('=')[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_pairing_everybody_on_the_network_is_let_in()
    {
        await using var site = await TestSite.StartAsync(options => options with { Lan = true, Pairing = false }, ("index.html", Page));
        Assert.Equal(200, (await GetAsync(site, "/")).Status);
        Assert.Equal(101, await SocketAsync(site, "/__liveserve/ws"));
        Assert.All(site.Server.Urls, url => Assert.Equal("", url.Query));
    }

    [Fact]
    public async Task The_machines_own_names_are_answered_and_no_others()
    {
        await using var site = await SiteAsync();
        Assert.NotEmpty(ReachableAddresses.NamesOfThisMachine());
        foreach (var name in ReachableAddresses.NamesOfThisMachine())
        {
            Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/", $"Host: {name}")).Status);
        }

        Assert.Equal(403, (await RawHttp.GetAsync(site.Port, "/", "Host: evil.example")).Status);
    }

    [Fact]
    public async Task An_unreadable_secret_is_said_and_pairing_works_for_this_run()
    {
        await using var site = await TestSite.StartAsync(options => options with { Lan = true, StateFolder = options.Root + "/index.html/no" }, ("index.html", Page));
        Assert.Contains(site.Events.OfType<WarningRaised>(), warning => warning.Message.StartsWith("Pairings end with this run", StringComparison.Ordinal));
        Assert.Equal(303, (await GetAsync(site, Token(site))).Status);
    }

    private static string Host => Outside.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Outside}]" : $"{Outside}";

    private static string Token(TestSite site) => site.Server.Urls[1].PathAndQuery;

    private static async Task<int> SocketAsync(TestSite site, string target, params string[] headers)
    {
        using var socket = await RawSocket.OpenAtAsync(Outside, site.Port, target, null, [$"Host: {Host}:{site.Port}", .. headers]);
        return int.Parse(socket.Handshake.Split(' ')[1]);
    }

    private static Task<RawAnswer> GetAsync(TestSite site, string target, IPAddress? to = null, params string[] headers)
    {
        string[] all = headers.Any(header => header.StartsWith("Host:", StringComparison.Ordinal)) ? headers : [$"Host: {Host}:{site.Port}", .. headers];
        return RawHttp.SendBytesAsync(to ?? Outside, site.Port, Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nConnection: close\r\n{string.Concat(all.Select(header => header + "\r\n"))}\r\n"));
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(options => options with { Lan = true }, ("index.html", Page));
}

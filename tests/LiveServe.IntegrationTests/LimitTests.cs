using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>What nobody may ask of the server, however often.</summary>
public sealed class LimitTests
{
    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task A_head_has_at_most_100_headers_and_32_KB()
    {
        await using var site = await SiteAsync();
        var many = Enumerable.Range(0, 101).Select(i => $"X-{i}: x").ToArray();
        Assert.Equal(431, (await RawHttp.GetAsync(site.Port, "/", many)).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/", many[..90])).Status);
        Assert.Equal(431, (await RawHttp.GetAsync(site.Port, "/", "X: " + new string('x', 33 * 1024))).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/", "X: " + new string('x', 30 * 1024))).Status);
    }

    [Fact]
    public async Task A_body_is_neither_wanted_nor_kept()
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.SendBytesAsync(site.Port,
            [.. "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n"u8, .. new byte[100_000]]);
        Assert.Equal(405, answer.Status);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/")).Status);
    }

    [Fact]
    public async Task Who_does_not_finish_what_it_began_to_say_is_let_go()
    {
        await using var plain = await SiteAsync();
        await using var secure = await SiteAsync(options => options with { Https = true });
        await Task.WhenAll(
            EndAsync(plain, "GET / HTTP/1.1\r\nHost: local"),
            EndAsync(secure, "GET / HTTP/1.1\r\nHost: local"),
            EndAsync(secure, ""),
            EndAsync(secure, "\u0016\u0003\u0001"));
    }

    [Fact]
    public async Task One_other_machine_cannot_take_all_places()
    {
        await using var site = await SiteAsync(options => options with { Lan = true });
        var outside = ReachableAddresses.OfThisMachine()[0];
        var held = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 256; i++)
            {
                held.Add(await ConnectAsync(outside, site.Port));
            }

            using (var tooMany = await ConnectAsync(outside, site.Port))
            {
                Assert.Equal(0, (await AskAsync(tooMany)).Status); // closed without a word
            }

            Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/")).Status);
            Assert.Equal(403, (await AskAsync(held[^1])).Status); // within the share: it is told how to pair, and gives its place back
            Assert.Equal(403, (await Retry.UntilAsync(() => RawHttp.SendBytesAsync(outside, site.Port, Request), answer => answer.Status != 0)).Status);
        }
        finally
        {
            held.ForEach(one => one.Dispose());
        }
    }

    private static async Task EndAsync(TestSite site, string begun)
    {
        using var client = await ConnectAsync(IPAddress.Loopback, site.Port);
        await RawHttp.AskAsync(client.GetStream(), Encoding.ASCII.GetBytes(begun), Patience); // returns at the connection's end only
    }

    private static byte[] Request => "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray();

    private static async Task<TcpClient> ConnectAsync(IPAddress to, int port)
    {
        var client = new TcpClient(to.AddressFamily);
        await client.ConnectAsync(to, port, Patience);
        return client;
    }

    private static Task<RawAnswer> AskAsync(TcpClient client) => RawHttp.AskAsync(client.GetStream(), Request, Patience);

    private static Task<TestSite> SiteAsync(Func<LiveServeOptions, LiveServeOptions>? options = null) =>
        TestSite.StartAsync(options, ("index.html", "<!doctype html><p>hello"));
}

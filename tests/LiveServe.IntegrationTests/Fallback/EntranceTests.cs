using System.Net;
using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Fallback;

/// <summary>Who may connect without a WebSocket, and what is no request of such a client: the socket's own doors.</summary>
public sealed class EntranceTests
{
    private const string Json = "Content-Type: application/json";

    [Theory]
    [InlineData("POST", "open", "Origin: http://evil.example", 403)]
    [InlineData("POST", "open", "Origin: null", 403)]
    [InlineData("POST", "open", "Host: evil.example", 403)]
    [InlineData("POST", "send?id=ID", "Origin: http://evil.example", 403)]
    [InlineData("GET", "events?id=ID", "Origin: http://evil.example", 403)]
    [InlineData("GET", "poll?id=ID", "Origin: http://localhost:1", 403)]
    [InlineData("DELETE", "open?id=ID", "Origin: http://evil.example", 403)]
    [InlineData("GET", "events?id=ID", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403)]
    [InlineData("POST", "send", Json, 403)]
    [InlineData("POST", "send?id=", Json, 403)]
    [InlineData("POST", "send?id=unknown", Json, 410)]
    [InlineData("GET", "events?id=unknown", "X: y", 410)]
    [InlineData("GET", "events", "X: y", 410)]
    [InlineData("GET", "poll?id=unknown,unknown", "X: y", 410)]
    [InlineData("POST", "send?id=ID", "Content-Type: text/plain", 415)]
    [InlineData("POST", "send?id=ID", "Content-Type: application/x-www-form-urlencoded", 415)]
    [InlineData("POST", "send?id=ID", "Content-Type: application/jsonp", 415)]
    [InlineData("POST", "send?id=ID", "X: y", 415)]
    [InlineData("POST", "send?id=ID", "Content-Type: application/json; charset=utf-8", 204)]
    [InlineData("POST", "send?id=ID", Json + "\r\nContent-Length: 131073", 413)]
    [InlineData("GET", "poll?id=ID&after=x", "X: y", 400)]
    [InlineData("GET", "poll?id=ID&after=-1", "X: y", 400)]
    [InlineData("GET", "poll?id=ID&after=0,0", "X: y", 400)]
    [InlineData("GET", "poll?id=ID&after=7", "X: y", 410)]
    [InlineData("GET", "events?id=ID&after=1,", "X: y", 400)]
    [InlineData("GET", "open", "X: y", 405)]
    [InlineData("GET", "send?id=ID", "X: y", 405)]
    [InlineData("POST", "events?id=ID", "X: y", 405)]
    [InlineData("HEAD", "events?id=ID", "X: y", 405)]
    public async Task A_request_is_judged_before_anything_is_told(string method, string target, string headers, int status)
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        var answer = await RawHttp.SendAsync(site.Port, method, "/__liveserve/" + target.Replace("ID", client.Id, StringComparison.Ordinal), headers.Split("\r\n"));
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task More_than_64_tabs_do_not_share_a_request()
    {
        await using var site = await TestSite.StartAsync();
        Assert.Equal(400, (await RawHttp.GetAsync(site.Port, "/__liveserve/poll?id=" + string.Join(',', Enumerable.Repeat("a", 65)))).Status);
    }

    [Fact]
    public async Task A_page_of_ours_is_let_in_and_the_name_cannot_be_guessed()
    {
        await using var site = await TestSite.StartAsync();
        var answer = await RawHttp.SendAsync(site.Port, "POST", "/__liveserve/open", $"Host: localhost:{site.Port}", $"Origin: http://localhost:{site.Port}", "Content-Length: 0");
        Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer["Content-Type"], answer["Cache-Control"]));
        Assert.Matches("^{\"id\":\"[A-Za-z0-9_-]{22}\"}$", answer.Text); // 128 bits
    }

    [Fact]
    public async Task A_body_of_128_KiB_is_taken_and_a_longer_one_is_not_even_when_it_does_not_say_so()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        var frame = "{\"type\":\"ping\",\"t\":1,\"x\":\"\"}";
        using (var fits = await client.PostAsync(frame.Replace("\"\"", $"\"{new string('a', 128 * 1024 - frame.Length)}\"", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.NoContent, fits.StatusCode);
        }

        Assert.Equal(["connected", "pong"], (await client.PollAsync(0)).Select(message => message.GetProperty("type").GetString()));
        var chunk = new string('a', 0x1000);
        var body = new StringBuilder($"POST /__liveserve/send?id={client.Id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Json}\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var i = 0; i < 33; i++)
        {
            body.Append("1000\r\n").Append(chunk).Append("\r\n");
        }

        Assert.Equal(413, (await RawHttp.SendBytesAsync(site.Port, Encoding.ASCII.GetBytes(body + "0\r\n\r\n"))).Status);
        using var many = await client.PostAsync($"[{string.Join(',', Enumerable.Repeat("{}", 101))}]");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
    }

    [Fact]
    public async Task They_count_among_the_sockets_and_a_goodbye_gives_the_place_back()
    {
        await using var site = await TestSite.StartAsync(options => options with { MaximumSockets = 1 });
        using var client = await VirtualClient.OpenAsync(site);
        Assert.Equal(1, site.Server.SocketCount);
        Assert.Equal(503, (await RawHttp.SendAsync(site.Port, "POST", "/__liveserve/open", "Content-Length: 0")).Status);
        using var socket = await RawSocket.OpenAsync(site.Port);
        Assert.StartsWith("HTTP/1.1 503", socket.Handshake, StringComparison.Ordinal);
        using var left = await client.LeaveAsync();
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        await Retry.UntilAsync(() => Task.FromResult(site.Server.SocketCount), count => count == 0);
        using var gone = await client.GetAsync($"poll?id={client.Id}");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        using var next = await VirtualClient.OpenAsync(site);
    }

    [Fact]
    public async Task The_password_is_asked_for_at_each_of_them()
    {
        await using var site = await TestSite.StartAsync(options => options with { Auth = new Credentials("ann", "secret") });
        foreach (var (method, target) in new[] { ("POST", "open"), ("GET", "events?id=x"), ("GET", "poll?id=x"), ("POST", "send?id=x"), ("DELETE", "open?id=x") })
        {
            Assert.Equal(401, (await RawHttp.SendAsync(site.Port, method, "/__liveserve/" + target, "Content-Length: 0")).Status);
        }

        var basic = "Authorization: Basic " + Convert.ToBase64String("ann:secret"u8);
        Assert.Equal(200, (await RawHttp.SendAsync(site.Port, "POST", "/__liveserve/open", "Content-Length: 0", basic)).Status);
    }

    [Fact]
    public async Task Another_machine_pairs_first()
    {
        await using var site = await TestSite.StartAsync(options => options with { Lan = true });
        var outside = ReachableAddresses.OfThisMachine()[0];
        Task<RawAnswer> OpenAsync(string cookie) => RawHttp.SendBytesAsync(outside, site.Port, Encoding.ASCII.GetBytes(
            $"POST /__liveserve/open HTTP/1.1\r\nHost: {outside}:{site.Port}\r\nOrigin: http://{outside}:{site.Port}\r\nContent-Length: 0\r\nConnection: close\r\n{cookie}\r\n"));
        Assert.Equal(403, (await OpenAsync("")).Status);
        var link = site.Server.Urls.First(url => url.Query.Length > 0);
        var paired = await RawHttp.SendBytesAsync(outside, site.Port, Encoding.ASCII.GetBytes($"GET {link.PathAndQuery} HTTP/1.1\r\nHost: {outside}:{site.Port}\r\nConnection: close\r\n\r\n"));
        Assert.Equal(200, (await OpenAsync($"Cookie: {paired["Set-Cookie"].Split(';')[0]}\r\n")).Status);
    }
}

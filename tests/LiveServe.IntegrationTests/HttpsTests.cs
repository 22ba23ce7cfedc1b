using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Clients that trust the authority which the server made, and nothing else.</summary>
public sealed class HttpsTests
{
    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Theory]
    [InlineData("1.1", "localhost")]
    [InlineData("2.0", "localhost")]
    [InlineData("2.0", "127.0.0.1")]
    [InlineData("2.0", "[::1]")]
    public async Task Pages_are_served_over_both_versions_with_a_certificate_that_holds(string version, string host)
    {
        await using var site = await SiteAsync();
        Assert.Equal("https", site.Server.Url.Scheme);
        using var client = new HttpClient(Handler(site));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{host}:{site.Port}/")
        {
            Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Headers = { { "Accept", "text/html" } },
        };
        using var answer = await client.SendAsync(request, Patience);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Version.Parse(version), answer.Version);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Contains("client.js", await answer.Content.ReadAsStringAsync(Patience), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/a%20b/?x=1&y=%C3%A9", 307, "/a%20b/?x=1&y=%C3%A9")]
    [InlineData("HEAD", "/", 307, "/")]
    [InlineData("GET", "//evil.example/", 307, "//evil.example/")]
    [InlineData("GET", "/__liveserve/status", 307, "/__liveserve/status")]
    [InlineData("GET", "/../x", 400, null)]
    [InlineData("POST", "/", 400, null)]
    public async Task Plain_http_on_the_same_port_is_led_to_https_and_gets_nothing_else(string method, string target, int status, string? location)
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.SendAsync(site.Port, method, target, $"Host: localhost:{site.Port}");
        Assert.Equal(status, answer.Status);
        Assert.Equal(location is null ? "" : $"https://localhost:{site.Port}{location}", answer["Location"]);
        Assert.DoesNotContain("hello", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_for_a_foreign_host_is_led_nowhere_and_a_plain_socket_is_none()
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/", "Host: evil.example");
        Assert.Equal((403, ""), (answer.Status, answer["Location"]));
        using var socket = await RawSocket.OpenAsync(site.Port);
        Assert.StartsWith("HTTP/1.1 400", socket.Handshake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_neither_TLS_nor_HTTP_costs_its_own_connection_only()
    {
        await using var site = await SiteAsync();
        foreach (var bytes in new byte[][] { [0x16, 0x03, 0x01, 0x00, 0x00], [0x16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0x2E, 0x01], [0x00], "\r\n\r\n"u8.ToArray(), [] })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, site.Port, Patience);
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, Patience);
            client.Client.Shutdown(SocketShutdown.Send);
            try
            {
                await stream.CopyToAsync(Stream.Null, Patience);
            }
            catch (IOException)
            {
                // A reset is an answer too.
            }
        }

        using var http = new HttpClient(Handler(site));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"https://localhost:{site.Port}/", Patience)).StatusCode);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")] // RFC 8441
    public async Task The_socket_is_open_over_both_versions_for_pages_of_ours_only(string version)
    {
        await using var site = await SiteAsync();
        using var handler = Handler(site);
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = await OpenAsync(site, invoker, version, $"https://localhost:{site.Port}");
        Assert.Equal("liveserve.1", socket.SubProtocol);
        Assert.Equal("connected", (await ReadAsync(socket)).GetProperty("type").GetString());

        // More than a request's body may hold (64 KiB): a socket is no body.
        for (var i = 0; i < 10; i++)
        {
            await SendAsync(socket, new { type = "ping", t = 1, filler = new string('x', 20_000) });
            Assert.Equal("pong", (await ReadAsync(socket)).GetProperty("type").GetString());
        }

        await SendAsync(socket, new { type = "hello", v = 1, page = new { url = "/", top = true, visible = true } });
        await SendAsync(socket, new { type = "ping", t = 2 });
        Assert.Equal("pong", (await ReadAsync(socket)).GetProperty("type").GetString());
        site.Write("index.html", "<!doctype html><p>new");
        Assert.Equal("updated", (await ReadAsync(socket)).GetProperty("type").GetString());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Patience);

        foreach (var origin in new[] { "https://evil.example", $"http://localhost:{site.Port}", "null" })
        {
            await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(site, invoker, version, origin));
        }
    }

    [Fact]
    public async Task Stopping_says_goodbye_over_HTTP_2_too()
    {
        await using var site = await SiteAsync();
        using var handler = Handler(site);
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = await OpenAsync(site, invoker, "2.0", $"https://localhost:{site.Port}");
        await ReadAsync(socket);
        var reading = socket.ReceiveAsync(new byte[1000], Patience);
        var stopping = site.StopServerAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await reading).CloseStatus);
        await stopping;
        await site.StartServerAsync(0);
    }

    [Fact]
    public async Task A_restart_shows_the_same_certificate()
    {
        await using var site = await SiteAsync();
        var first = await ThumbprintAsync(site.Port);
        await site.StopServerAsync();
        await site.StartServerAsync(0);
        Assert.Equal(first, await ThumbprintAsync(site.Port));
        Assert.All(site.Events.OfType<WarningRaised>(), warning => Assert.Contains("authority.crt", warning.Hint!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_of_the_users_own_is_shown()
    {
        await using var made = await SiteAsync();
        await using var site = await TestSite.StartAsync(options => options with { Certificate = Path.Combine(made.State, "server.pem") });
        Assert.Equal(await ThumbprintAsync(made.Port), await ThumbprintAsync(site.Port));
        Assert.Equal("https", site.Server.Url.Scheme);
        Assert.False(Directory.Exists(site.State));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_ends_the_start_in_words()
    {
        var problem = await Assert.ThrowsAsync<LiveServeException>(() => TestSite.StartAsync(options => options with { Pfx = "/nowhere.pfx", Https = true }));
        Assert.Equal(LiveServeFailure.WrongConfiguration, problem.Failure);
        Assert.Contains("/nowhere.pfx", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_it_ends_in_words_and_never_in_plain_http()
    {
        var problem = await Assert.ThrowsAsync<LiveServeException>(() => TestSite.StartAsync(
            options => options with { Https = true, StateFolder = options.Root + "/a.txt/no" }, ("a.txt", "")));
        Assert.Contains("--cert", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task The_echo_and_the_relay_are_open_over_both_versions(string version)
    {
        await using var site = await TestSite.StartAsync(options => options with { Https = true, EchoPath = "/", RelayPath = "/relay" });
        using var invoker = new HttpMessageInvoker(Handler(site));
        var origin = $"https://localhost:{site.Port}";
        using var echo = await OpenAsync(site, invoker, version, origin, "/");
        var buffer = new byte[1024];
        await echo.ReceiveAsync(buffer, Patience);
        await echo.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, Patience);
        var answer = await echo.ReceiveAsync(buffer, Patience);
        Assert.Equal("I heard you say \"hi\"", System.Text.Encoding.UTF8.GetString(buffer, 0, answer.Count));
        using var anna = await OpenAsync(site, invoker, version, origin, "/relay");
        using var ben = await OpenAsync(site, invoker, version, origin, "/relay");
        await Retry.UntilAsync(() => Task.FromResult(site.Server.SocketCount), count => count == 3);
        await anna.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, Patience);
        answer = await ben.ReceiveAsync(buffer, Patience);
        Assert.Equal((WebSocketMessageType.Binary, 2), (answer.MessageType, answer.Count));
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(site, invoker, version, "https://evil.example", "/relay"));
    }

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(options => options with { Https = true }, ("index.html", "<!doctype html><p>hello"));

    private static SocketsHttpHandler Handler(TestSite site)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(site.State, "authority.crt"));
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy }, UseProxy = false };
    }

    private static async Task<ClientWebSocket> OpenAsync(TestSite site, HttpMessageInvoker invoker, string version, string origin, string path = "/__liveserve/ws")
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = Version.Parse(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.AddSubProtocol("liveserve.1");
        try
        {
            await socket.ConnectAsync(new Uri($"wss://localhost:{site.Port}{path}"), invoker, Patience);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(ClientWebSocket socket, object message) =>
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, Patience);

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(buffer, Patience);
        Assert.True(read.EndOfMessage);
        return JsonDocument.Parse(buffer.AsMemory(0, read.Count)).RootElement;
    }

    private static async Task<string> ThumbprintAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Patience);
        await using var tls = new SslStream(client.GetStream());
        var any = new X509ChainPolicy { VerificationFlags = X509VerificationFlags.AllFlags, RevocationMode = X509RevocationMode.NoCheck };
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = any }, Patience);
        return tls.RemoteCertificate!.GetCertHashString();
    }
}

using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>The request path, byte by byte, on a real socket. One list of promises, so it is longer than other files.</summary>
public sealed class HttpTests
{
    private const string Page = "<!doctype html><head><title>t</title></head><p>hi";

    [Theory]
    [InlineData("/", 200, "text/html; charset=utf-8")]
    [InlineData("/index.html", 200, "text/html; charset=utf-8")]
    [InlineData("/index", 200, "text/html; charset=utf-8")]
    [InlineData("/sub/", 200, "text/html; charset=utf-8")]
    [InlineData("/css/site.css", 200, "text/css; charset=utf-8")]
    [InlineData("/css//site.css", 200, "text/css; charset=utf-8")]
    [InlineData("/a%20b%23.txt", 200, "text/plain; charset=utf-8")]
    [InlineData("/legacy.txt", 200, "text/plain")]
    [InlineData("/data.json", 200, "application/json")]
    [InlineData("/unknown", 200, "application/octet-stream")]
    [InlineData("/empty/", 200, "text/html; charset=utf-8")] // a listing
    [InlineData("/index.html/", 404, "text/html; charset=utf-8")]
    [InlineData("/nope", 404, "text/html; charset=utf-8")]
    [InlineData("/INDEX.html", 404, "text/html; charset=utf-8")]
    public async Task What_is_asked_for(string target, int status, string type)
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal(status, answer.Status);
        Assert.Equal(type, answer["Content-Type"]);
        Assert.Equal("no-cache", answer["Cache-Control"]);
        Assert.Equal("nosniff", answer["X-Content-Type-Options"]);
        Assert.Equal("same-site", answer["Cross-Origin-Resource-Policy"]);
        Assert.Equal("", answer["Server"]);
    }

    [Theory]
    [InlineData("/../secret.txt", 400)]
    [InlineData("/%2e%2e/secret.txt", 400)]
    [InlineData("/..%2fsecret.txt", 400)]
    [InlineData("/..\\secret.txt", 400)]
    [InlineData("/..%5csecret.txt", 400)]
    [InlineData("/css/%2e%2e/%2e%2e/secret.txt", 400)]
    [InlineData("/%c0%ae%c0%ae/secret.txt", 400)]
    [InlineData("/a%00.html", 400)]
    [InlineData("/%", 400)]
    [InlineData("/%zz", 400)]
    [InlineData("/a#b", 400)]
    [InlineData("/%252e%252e/secret.txt", 404)]
    [InlineData("/.git/config", 404)]
    [InlineData("/.env", 404)]
    [InlineData("/.hidden", 404)]
    [InlineData("/server.pem", 404)]
    [InlineData("/index.html/.", 404)]
    [InlineData("/out.txt", 404)]      // a link out of the root
    [InlineData("/outdir/secret.txt", 404)]
    [InlineData("/loop", 404)]
    [InlineData("/dangling", 404)]
    [InlineData("/pipe", 404)]
    [InlineData("/inside.txt", 200)]   // links that stay at home
    [InlineData("/absolute.txt", 200)]
    [InlineData("/.well-known/x.txt", 200)]
    public async Task Nothing_outside_and_nothing_hidden_is_served(string target, int status)
    {
        await using var site = await SiteAsync();
        var outside = Directory.CreateTempSubdirectory("liveserve-").FullName;
        File.WriteAllText(Path.Combine(outside, "secret.txt"), "secret");
        File.CreateSymbolicLink(site.At("out.txt"), Path.Combine(outside, "secret.txt"));
        File.CreateSymbolicLink(site.At("outdir"), outside);
        File.CreateSymbolicLink(site.At("loop"), site.At("loop"));
        File.CreateSymbolicLink(site.At("dangling"), site.At("nowhere"));
        File.CreateSymbolicLink(site.At("inside.txt"), "css/site.css");
        File.CreateSymbolicLink(site.At("absolute.txt"), site.At("css/site.css"));
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", site.At("pipe")))
        {
            await mkfifo.WaitForExitAsync();
        }

        var answer = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain("secret\n", answer.Text + "\n", StringComparison.Ordinal);
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData(8100, 404)]
    [InlineData(8300, 414)]
    [InlineData(200_000, 414)]
    public async Task A_target_over_8_KB_is_too_long(int length, int status)
    {
        await using var site = await TestSite.StartAsync();
        Assert.Equal(status, (await RawHttp.GetAsync(site.Port, "/" + new string('a', length))).Status);
    }

    [Fact]
    public async Task A_sibling_whose_name_begins_alike_is_outside()
    {
        await using var site = await SiteAsync();
        Directory.CreateDirectory(site.Root + "-secrets");
        File.WriteAllText(site.Root + "-secrets/x.txt", "secret");
        File.CreateSymbolicLink(site.At("sneaky"), site.Root + "-secrets");
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/sneaky/x.txt")).Status);
        Directory.Delete(site.Root + "-secrets", recursive: true);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("app.localhost:1", 200)]
    public async Task Only_our_names_are_answered(string host, int status)
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/", $"Host: {host}");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 403, answer.Text.Contains("--allow-host", StringComparison.Ordinal));
        Assert.Equal(status, (await RawHttp.GetAsync(site.Port, "/__liveserve/status", $"Host: {host}")).Status);
    }

    [Fact]
    public async Task Two_hosts_or_none_are_a_bad_request()
    {
        await using var site = await SiteAsync();
        Assert.Equal(400, (await RawHttp.GetAsync(site.Port, "/", "Host: localhost", "Host: localhost")).Status);
        Assert.Equal(400, (await RawHttp.SendBytesAsync(site.Port, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"u8.ToArray())).Status);
    }

    [Fact]
    public async Task Another_sites_page_does_not_read_our_scripts()
    {
        await using var site = await SiteAsync();
        Assert.Equal(403, (await RawHttp.GetAsync(site.Port, "/css/site.css", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")).Status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    [InlineData("TRACE")]
    public async Task Files_are_only_read(string method)
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.SendAsync(site.Port, method, "/css/site.css");
        Assert.Equal(405, answer.Status);
        Assert.Equal("GET, HEAD, OPTIONS", answer["Allow"]);
    }

    [Theory]
    [InlineData("/css/site.css")]
    [InlineData("/nope")]
    [InlineData("*")]
    public async Task Whoever_asks_what_may_be_done_is_told(string target)
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.SendAsync(site.Port, "OPTIONS", target);
        Assert.Equal((204, "GET, HEAD, OPTIONS", 0), (answer.Status, answer["Allow"], answer.Body.Length));
    }

    [Fact]
    public async Task A_folder_without_its_slash_is_redirected_with_its_query_and_to_nobody_else()
    {
        await using var site = await SiteAsync();
        var answer = await RawHttp.GetAsync(site.Port, "/sub?x=1&y");
        Assert.Equal(308, answer.Status);
        Assert.Equal("./sub/?x=1&y", answer["Location"]);
        Directory.CreateDirectory(site.At("evil.example"));
        Assert.Equal("./evil.example/", (await RawHttp.GetAsync(site.Port, "//evil.example"))["Location"]);
    }

    [Fact]
    public async Task A_page_gets_the_client_where_a_browser_shows_it_and_only_there()
    {
        await using var site = await SiteAsync();
        var page = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document");
        Assert.Contains("<head><script src=\"/__liveserve/client.js\" async data-boot=\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(Page, page.Text[..page.Text.IndexOf("<script", StringComparison.Ordinal)] + page.Text[(page.Text.IndexOf("</script>", StringComparison.Ordinal) + 9)..]);
        Assert.Equal(Page, (await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: empty")).Text);
        Assert.Contains("Sec-Fetch-Dest", page["Vary"], StringComparison.Ordinal);
        Assert.Equal(page.Body.Length.ToString(), page["Content-Length"]);
    }

    [Theory]
    [InlineData("/", "Sec-Fetch-Dest: document")]
    [InlineData("/", "Sec-Fetch-Dest: empty")]
    [InlineData("/css/site.css", "Accept: */*")]
    [InlineData("/nope", "Sec-Fetch-Dest: document")]
    [InlineData("/empty/", "Sec-Fetch-Dest: document")]
    [InlineData("/__liveserve/status", "Accept: */*")]
    [InlineData("/__liveserve/nope", "Accept: */*")]
    [InlineData("/__liveserve/client.js", "Accept: */*")]
    [InlineData("/large.bin", "Accept: */*")]
    public async Task Head_says_what_get_sends(string target, string header)
    {
        await using var site = await SiteAsync();
        var get = await RawHttp.GetAsync(site.Port, target, header);
        var head = await RawHttp.SendAsync(site.Port, "HEAD", target, header);
        Assert.Equal(get.Status, head.Status);
        Assert.Equal(get["Content-Length"], head["Content-Length"]);
        Assert.Equal(get.Body.Length.ToString(), head["Content-Length"]);
        Assert.Empty(head.Body);
        if (target != "/large.bin")
        {
            Assert.Equal(get["ETag"], head["ETag"]); // a large file that is this young has no version yet
        }
    }

    [Theory]
    [InlineData("/", "Sec-Fetch-Dest: document")]
    [InlineData("/css/site.css", "Accept: */*")]
    public async Task A_good_copy_is_not_sent_again(string target, string header)
    {
        await using var site = await SiteAsync();
        var first = await RawHttp.GetAsync(site.Port, target, header);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, target, header, "If-None-Match: \"x\"")).Status);
        var second = await RawHttp.GetAsync(site.Port, target, header, $"If-None-Match: \"x\", W/{first["ETag"]}");
        Assert.Equal(304, second.Status);
        Assert.Equal(first["ETag"], second["ETag"]);
        Assert.Empty(second.Body);
    }

    [Fact]
    public async Task Two_edits_of_one_size_in_one_moment_have_two_tags()
    {
        await using var site = await SiteAsync();
        var tags = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            site.Write("css/site.css", $"a{{left:{i:00}px}}");
            tags.Add((await RawHttp.GetAsync(site.Port, "/css/site.css"))["ETag"]);
        }

        Assert.Equal(20, tags.Count);
    }

    [Fact]
    public async Task A_file_that_vanishes_or_shrinks_while_it_is_sent_does_not_look_complete()
    {
        await using var site = await SiteAsync();
        site.Write("big.bin", new byte[64 * 1024 * 1024]);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        await stream.ReadExactlyAsync(new byte[1000]);
        await using (var file = File.OpenWrite(site.At("big.bin")))
        {
            file.SetLength(1_000_000);
        }

        File.Delete(site.At("big.bin"));
        long received = 1000;
        var buffer = new byte[1 << 20];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                received += read;
            }
        }
        catch (IOException)
        {
            // Cut: as it should be.
        }

        Assert.InRange(received, 1000, (64L * 1024 * 1024) - 1);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/")).Status); // and we live
    }

    private static async Task<TestSite> SiteAsync()
    {
        var site = await TestSite.StartAsync(null,
            ("index.html", Page), ("sub/index.html", Page), ("css/site.css", "p{}"), ("a b#.txt", "x"), ("data.json", "{}"), ("unknown", "x"),
            ("empty/x.txt", "x"), (".git/config", "secret"), (".env", "secret"), (".hidden", "secret"), ("server.pem", "secret"), (".well-known/x.txt", "x"));
        await site.StopServerAsync(); // bytes of our own, written while nobody watches: a save would give every page another tag
        site.Write("legacy.txt", [0xE9]);
        site.Write("large.bin", new byte[20_000_000]);
        FileTick.Wait(site.Root);
        await site.StartServerAsync(port: 0);
        return site;
    }
}

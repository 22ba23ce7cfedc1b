using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Pages of a back end get the client, and only pages; all other bytes stay what they were.</summary>
public sealed partial class ProxyPageTests
{
    private const string Page = "<!doctype html>\n<html><head><title>é</title></head><body>hi</body></html>";
    private static readonly string[] Navigation = ["Accept: text/html,*/*;q=0.8", "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, br, zstd"];

    public static TheoryData<string, byte[], string[]> Encodings => new()
    {
        { "identity", Utf8(Page), [] },
        { "gzip", Packed(Page, stream => new GZipStream(stream, CompressionLevel.Optimal)), ["Content-Encoding: gzip"] },
        { "x-gzip", Packed(Page, stream => new GZipStream(stream, CompressionLevel.Optimal)), ["Content-Encoding: X-GZIP"] },
        { "br", Packed(Page, stream => new BrotliStream(stream, CompressionLevel.Optimal)), ["Content-Encoding: br"] },
        { "deflate", Packed(Page, stream => new ZLibStream(stream, CompressionLevel.Optimal)), ["Content-Encoding: deflate"] },
        { "bare deflate", Packed(Page, stream => new DeflateStream(stream, CompressionLevel.Optimal)), ["Content-Encoding: deflate"] },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Page)], [] },
        { "Shift_JIS", [.. Utf8("<!doctype html><html><head><meta charset=Shift_JIS></head>"), 0x93, 0xFA], [] },
        { "no head", Utf8("<p>hi"), [] },
        { "nothing", [], [] },
        { "a long page", Utf8(Page + new string('x', 500_000)), [] },
    };

    [Theory, MemberData(nameof(Encodings))]
    public async Task A_page_gets_the_client_in_any_encoding(string name, byte[] body, string[] headers)
    {
        var text = headers.Length == 0 ? body : Utf8(Page);
        foreach (var isChunked in new[] { false, true })
        {
            using var backend = Serving(body, isChunked, ["Content-Type: text/html", "ETag: \"t\"", "Accept-Ranges: bytes", .. headers]);
            await using var site = await SiteAsync(backend);
            var answer = await RawHttp.GetAsync(site.Port, "/x", Navigation);
            Assert.Equal(200, answer.Status);
            Assert.Equal(text, WithoutScript(answer.Body, out var script));
            Assert.True(script.Contains("/__liveserve/client.js", StringComparison.Ordinal) && script.Contains("data-doc=\"\"", StringComparison.Ordinal), name);
            Assert.Equal("", answer["Content-Encoding"]);
            Assert.Equal("", answer["Accept-Ranges"]);
            Assert.Equal("Sec-Fetch-Dest, Accept", answer["Vary"]);
            Assert.Matches("^\"t-[0-9a-f]{16}-0\"$", answer["ETag"]);
            Assert.Equal(!isChunked && headers.Length == 0 ? $"{answer.Body.Length}" : "", answer["Content-Length"]);
        }
    }

    [Theory]
    [InlineData("text/html", "Sec-Fetch-Dest: empty")]
    [InlineData("text/html", "Sec-Fetch-Dest: script")]
    [InlineData("text/html", "Accept: application/json")]
    [InlineData("application/json", "Sec-Fetch-Dest: document")]
    [InlineData("", "Sec-Fetch-Dest: document")]
    [InlineData("text/html\r\nContent-Disposition: attachment; filename=x.html", "Sec-Fetch-Dest: document")]
    [InlineData("text/html\r\nContent-Encoding: zstd", "Sec-Fetch-Dest: document")]
    [InlineData("text/html\r\nContent-Encoding: gzip, br", "Sec-Fetch-Dest: document")]
    [InlineData("text/html; charset=utf-16le", "Sec-Fetch-Dest: document")]
    [InlineData("text/html\r\nContent-Security-Policy: sandbox", "Sec-Fetch-Dest: document")]
    public async Task What_is_no_page_passes_untouched(string type, string header)
    {
        using var backend = Serving(Utf8(Page), isChunked: false, [$"Content-Type: {type}", "ETag: \"t\"", "Accept-Ranges: bytes"]);
        await using var site = await SiteAsync(backend);
        var answer = await RawHttp.GetAsync(site.Port, "/x", header);
        Assert.Equal(Page, answer.Text);
        Assert.Equal(("\"t\"", "bytes", $"{Utf8(Page).Length}", ""), (answer["ETag"], answer["Accept-Ranges"], answer["Content-Length"], answer["Vary"]));
    }

    [Fact]
    public async Task A_coding_that_cannot_be_read_is_said_once()
    {
        using var backend = Serving(Utf8(Page), isChunked: false, ["Content-Type: text/html", "Content-Encoding: zstd"]);
        await using var site = await SiteAsync(backend);
        await RawHttp.GetAsync(site.Port, "/x", Navigation);
        Assert.Equal("zstd", (await RawHttp.GetAsync(site.Port, "/x", Navigation))["Content-Encoding"]);
        Assert.StartsWith("/x is packed as zstd", Assert.Single(site.Events.OfType<WarningRaised>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found", true)]
    [InlineData("HTTP/1.1 500 Internal Server Error", true)]
    [InlineData("HTTP/1.1 206 Partial Content", false)]
    [InlineData("HTTP/1.1 302 Found", false)]
    public async Task Error_pages_get_it_too_and_parts_do_not(string status, bool isInjected)
    {
        using var backend = RawBackend.Answering($"{status}\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<p>hi\n");
        await using var site = await SiteAsync(backend);
        Assert.Equal(isInjected, (await RawHttp.GetAsync(site.Port, "/x", Navigation)).Text.Contains("client.js", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_navigation_asks_for_whole_unpacked_pages_and_its_copy_is_good_only_when_it_is_the_very_same()
    {
        var asked = new List<string>();
        using var backend = RawBackend.Start(async (stream, head) =>
        {
            asked.Add(head);
            await stream.WriteAsync(Utf8(head.Contains("If-None-Match: \"t\"\r\n", StringComparison.Ordinal)
                ? "HTTP/1.1 304 Not Modified\r\nETag: \"t\"\r\n\r\n"
                : $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"t\"\r\nContent-Length: {Utf8(Page).Length}\r\n\r\n{Page}"));
        });
        await using var site = await SiteAsync(backend);
        var first = await RawHttp.GetAsync(site.Port, "/x", [.. Navigation, "Range: bytes=0-9", "If-Range: \"t\"", "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT", "If-None-Match: \"t\""]);
        Assert.Equal(200, first.Status);
        Assert.Contains("\r\nAccept-Encoding: identity\r\n", asked[0], StringComparison.Ordinal);
        Assert.DoesNotMatch("\r\n(Range|If-Range|If-Modified-Since|If-None-Match):", asked[0]);
        var second = await RawHttp.GetAsync(site.Port, "/x", [.. Navigation, $"If-None-Match: {first["ETag"]}"]);
        Assert.Equal((304, first["ETag"]), (second.Status, second["ETag"]));
        Assert.Equal(304, (await RawHttp.GetAsync(site.Port, "/x", "Sec-Fetch-Dest: empty", "If-None-Match: \"t\"")).Status);
        Assert.Equal(("", first["ETag"], 0), await RawHttp.SendAsync(site.Port, "HEAD", "/x", Navigation) is var head ? (head["Content-Length"], head["ETag"], head.Body.Length) : default);
    }

    [Theory]
    [InlineData("default-src 'none'", "default-src 'none'; script-src-elem 'self'; connect-src 'self'", null)]
    [InlineData("script-src 'nonce-abc' 'strict-dynamic'", "script-src 'nonce-abc' 'strict-dynamic'", "abc")]
    public async Task Policies_in_the_head_admit_it(string policy, string sent, string? nonce)
    {
        using var backend = Serving(Utf8(Page), isChunked: false, ["Content-Type: text/html", $"Content-Security-Policy: {policy}"]);
        await using var site = await SiteAsync(backend);
        var answer = await RawHttp.GetAsync(site.Port, "/x", Navigation);
        Assert.Equal(sent, answer["Content-Security-Policy"]);
        WithoutScript(answer.Body, out var script);
        Assert.Equal(nonce is not null, script.Contains($"nonce=\"{nonce}\"", StringComparison.Ordinal));
        Assert.Contains("data-policy=\"yes\"", script, StringComparison.Ordinal);
        Assert.Equal(policy == sent ? 0 : 1, site.Events.OfType<WarningRaised>().Count());
    }

    [Fact]
    public async Task A_page_that_comes_bit_by_bit_is_passed_on_bit_by_bit()
    {
        var heard = new TaskCompletionSource();
        using var backend = RawBackend.Start(async (stream, _) =>
        {
            await stream.WriteAsync(Utf8("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><html><he"));
            await stream.WriteAsync(Utf8("ad><title>t</title>")); // and here its head pauses
            await heard.Task;
            await stream.WriteAsync(Utf8("</head><p>end"));
        });
        await using var site = await SiteAsync(backend);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        await using var stream = await client.GetStreamAsync($"http://localhost:{site.Port}/x");
        var first = new byte[200];
        await stream.ReadAtLeastAsync(first, 60);
        Assert.StartsWith("<!doctype html><html><head><script src=\"/__liveserve/client.js\"", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        heard.SetResult();
        Assert.EndsWith("<title>t</title></head><p>end", Encoding.UTF8.GetString(first).TrimEnd('\0') + await new StreamReader(stream).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_injection_pages_pass_untouched()
    {
        using var backend = Serving(Utf8(Page), isChunked: false, ["Content-Type: text/html"]);
        await using var site = await TestSite.StartAsync(options => options with { Inject = false, Proxies = [Rule(backend.Url)] });
        Assert.Equal(Page, (await RawHttp.GetAsync(site.Port, "/x", Navigation)).Text);
    }

    private static RawBackend Serving(byte[] body, bool isChunked, string[] headers) => RawBackend.Start(async (stream, _) =>
    {
        await stream.WriteAsync(Utf8($"HTTP/1.1 200 OK\r\n{string.Concat(headers.Select(header => header + "\r\n"))}{(isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}")}\r\n\r\n"));
        var step = Math.Max(1, body.Length / 40); // so that everything is cut somewhere
        for (var at = 0; isChunked && at < body.Length; at += step)
        {
            var piece = body[at..Math.Min(at + step, body.Length)];
            await stream.WriteAsync((byte[])[.. Utf8($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8]);
        }

        await stream.WriteAsync(isChunked ? "0\r\n\r\n"u8.ToArray() : body);
    });

    private static byte[] WithoutScript(byte[] page, out string script)
    {
        var wide = page.AsSpan().StartsWith(Encoding.Unicode.GetPreamble());
        var encoding = wide ? Encoding.Unicode : Encoding.Latin1;
        var text = encoding.GetString(page);
        script = Script().Match(text).Value;
        return encoding.GetBytes(Script().Replace(text, "", 1));
    }

    private static byte[] Packed(string text, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var packer = pack(packed))
        {
            packer.Write(Utf8(text));
        }

        return packed.ToArray();
    }

    private static Task<TestSite> SiteAsync(RawBackend backend) => TestSite.StartAsync(options => options with { Proxies = [Rule(backend.Url)] });

    private static ProxyRule Rule(Uri backend) => ProxyRule.Parse($"/={backend.GetLeftPart(UriPartial.Authority)}", out _)!;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    [GeneratedRegex("<script src=\"/__liveserve/client.js\"[^>]*></script>")]
    private static partial Regex Script();
}

using System.IO.Compression;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary><c>--compress</c>, on a real socket and with curl.</summary>
public sealed class CompressionTests
{
    private static readonly string Css = string.Concat(Enumerable.Range(0, 2000).Select(i => $".c{i} {{ left: {i}px }}\n"));

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Text_is_coded_for_who_takes_it_and_is_the_same_text(string coding)
    {
        await using var site = await SiteAsync(compress: true);
        var plain = await RawHttp.GetAsync(site.Port, "/a.css");
        Assert.Equal(("", "Accept-Encoding", Css), (plain["Content-Encoding"], plain["Vary"], plain.Text));
        var coded = await RawHttp.GetAsync(site.Port, "/a.css", $"Accept-Encoding: {coding}");
        Assert.Equal((200, coding, "Accept-Encoding", plain["Content-Type"], ""), (coded.Status, coded["Content-Encoding"], coded["Vary"], coded["Content-Type"], coded["Accept-Ranges"]));
        Assert.True(coded.Body.Length < Css.Length / 2);
        Assert.Equal(Css, await PlainAsync(coding, coded.Body));
        Assert.Equal(plain["ETag"].Insert(plain["ETag"].Length - 1, $"-{coding}"), coded["ETag"]);
        Assert.Equal(304, (await RawHttp.GetAsync(site.Port, "/a.css", $"Accept-Encoding: {coding}", $"If-None-Match: {coded["ETag"]}")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/a.css", $"Accept-Encoding: {coding}", $"If-None-Match: {plain["ETag"]}")).Status);
        var head = await RawHttp.SendAsync(site.Port, "HEAD", "/a.css", $"Accept-Encoding: {coding}");
        Assert.Equal((coded["ETag"], coding, 0), (head["ETag"], head["Content-Encoding"], head.Body.Length));
    }

    [Theory]
    [InlineData("/", "Sec-Fetch-Dest: document")]     // with our script in it
    [InlineData("/list/", "Sec-Fetch-Dest: document")] // a page of ours
    [InlineData("/huge.txt", "Accept: */*")]          // read while it is sent
    public async Task Whatever_it_is_made_of(string target, string header)
    {
        await using var site = await SiteAsync(compress: true);
        var plain = await RawHttp.GetAsync(site.Port, target, header);
        var coded = await RawHttp.GetAsync(site.Port, target, header, "Accept-Encoding: gzip");
        Assert.Equal("gzip", coded["Content-Encoding"]);
        Assert.Equal(plain.Text, await PlainAsync("gzip", coded.Body));
    }

    [Fact]
    public async Task Who_asks_for_a_part_gets_the_bytes_as_they_are()
    {
        await using var site = await SiteAsync(compress: true);
        var part = await RawHttp.GetAsync(site.Port, "/a.css", "Accept-Encoding: br", "Range: bytes=0-3");
        Assert.Equal((206, "", Css[..4]), (part.Status, part["Content-Encoding"], part.Text));
    }

    [Theory]
    [InlineData("/a.css", "gzip;q=0")]
    [InlineData("/photo.png", "gzip")]
    [InlineData("/small.css", "gzip")]
    public async Task What_is_not_wanted_or_gains_nothing_is_sent_as_it_is(string target, string accept)
    {
        await using var site = await SiteAsync(compress: true);
        var answer = await RawHttp.GetAsync(site.Port, target, $"Accept-Encoding: {accept}");
        Assert.Equal(("", answer.Body.Length.ToString()), (answer["Content-Encoding"], answer["Content-Length"]));
    }

    [Fact]
    public async Task Without_the_option_nothing_is_coded()
    {
        await using var site = await SiteAsync(compress: false);
        var answer = await RawHttp.GetAsync(site.Port, "/a.css", "Accept-Encoding: br, gzip");
        Assert.Equal(("", "", Css), (answer["Content-Encoding"], answer["Vary"], answer.Text));
    }

    [Fact]
    public async Task A_file_that_shrinks_while_it_is_coded_does_not_look_complete()
    {
        await using var site = await SiteAsync(compress: true);
        var noise = new byte[60_000_000];
        new Random(7).NextBytes(noise);
        site.Write("noise.txt", noise);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /noise.txt HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"u8.ToArray());
        await stream.ReadExactlyAsync(new byte[1000]);
        await using (var file = File.OpenWrite(site.At("noise.txt")))
        {
            file.SetLength(10);
        }

        using var rest = new MemoryStream();
        try
        {
            await stream.CopyToAsync(rest);
        }
        catch (IOException)
        {
            // Cut: as it should be.
        }

        Assert.False(rest.ToArray().AsSpan().EndsWith("0\r\n\r\n"u8), "The last chunk was sent.");
    }

    [Fact]
    public async Task Curl_reads_it()
    {
        await using var site = await SiteAsync(compress: true);
        await using var curl = Tool.StartProgram("curl", ["-sS", "--compressed", $"http://localhost:{site.Port}/a.css"]);
        Assert.Equal((0, ""), await curl.EndAsync());
        Assert.Equal(Css, string.Join('\n', curl.Output) + "\n");
    }

    private static Task<TestSite> SiteAsync(bool compress) => TestSite.StartAsync(options => options with { Compress = compress },
        ("index.html", "<!doctype html><head></head>" + Css), ("a.css", Css), ("small.css", "p{}"), ("list/x.txt", "x"), ("photo.png", Css), ("huge.txt", string.Concat(Enumerable.Repeat(Css, 400))));

    private static async Task<string> PlainAsync(string coding, byte[] body)
    {
        await using Stream plain = coding == "br" ? new BrotliStream(new MemoryStream(body), CompressionMode.Decompress) : new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync();
    }
}

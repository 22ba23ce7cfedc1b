using System.Text;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Parts of files, as films and sounds ask for them. RFC 9110 §14.</summary>
[Collection(nameof(AgedSite))]
public sealed partial class RangeTests(AgedSite site)
{
    private const int Small = AgedSite.Small, Large = AgedSite.Large;

    [Fact]
    public async Task A_range_of_a_page_is_the_page()
    {
        var answer = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document", "Range: bytes=0-1");
        Assert.Equal((200, ""), (answer.Status, answer["Accept-Ranges"]));
    }

    [Theory]
    [InlineData("a.bin", Small)]
    [InlineData("b.bin", Large)]
    public async Task A_part_of_a_file_is_sent_when_it_is_asked_for(string name, int length)
    {
        var bytes = File.ReadAllBytes(site.At(name));
        for (var round = 0; round < 2; round++) // what is known of the file by then, and what is not
        {
            var whole = await RawHttp.GetAsync(site.Port, $"/{name}");
            Assert.Equal(("bytes", length), (whole["Accept-Ranges"], whole.Body.Length));
            Assert.Equal(bytes, whole.Body);
            foreach (var (header, from, to) in new[] { ("500-899", 500, 900), ("-3", length - 3, length), ("990-", 990, length), ("0-0", 0, 1), ($"{length - 1}-999999999", length - 1, length) })
            {
                var part = await RawHttp.GetAsync(site.Port, $"/{name}", $"Range: bytes={header}");
                Assert.Equal((206, $"bytes {from}-{to - 1}/{length}", $"{to - from}"), (part.Status, part["Content-Range"], part["Content-Length"]));
                Assert.Equal((whole["ETag"], whole["Content-Type"], "bytes"), (part["ETag"], part["Content-Type"], part["Accept-Ranges"]));
                Assert.Equal(bytes[from..to], part.Body);
            }

            var beyond = await RawHttp.GetAsync(site.Port, $"/{name}", $"Range: bytes={length}-");
            Assert.Equal((416, $"bytes */{length}", "0"), (beyond.Status, beyond["Content-Range"], beyond["Content-Length"]));
            Assert.Equal(200, (await RawHttp.SendAsync(site.Port, "HEAD", $"/{name}", "Range: bytes=0-1")).Status);
        }
    }

    [Theory]
    [InlineData("a.bin", Small)]
    [InlineData("b.bin", Large)]
    public async Task Several_parts_come_in_one_body(string name, int length)
    {
        var bytes = File.ReadAllBytes(site.At(name));
        var answer = await RawHttp.GetAsync(site.Port, $"/{name}", "Range: bytes=900-909, 0-4, -2, 5000000000-");
        Assert.Equal((206, "", answer.Body.Length.ToString()), (answer.Status, answer["Content-Range"], answer["Content-Length"]));
        var boundary = Boundary().Match(answer["Content-Type"]).Groups[1].Value;
        Assert.NotEmpty(boundary);
        var expected = new MemoryStream();
        foreach (var (from, to) in new[] { (900, 910), (0, 5), (length - 2, length) })
        {
            expected.Write(Encoding.ASCII.GetBytes($"{(expected.Length == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes {from}-{to - 1}/{length}\r\n\r\n"));
            expected.Write(bytes.AsSpan(from..to));
        }

        expected.Write(Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"));
        Assert.Equal(expected.ToArray(), answer.Body);
    }

    [Theory]
    [InlineData("bytes=0-9,5-19", 206, "bytes 0-19/1000")]
    [InlineData("bytes=0-9,2000-", 206, "bytes 0-9/1000")]
    [InlineData("bytes=2000-,3000-", 416, "bytes */1000")]
    [InlineData("bytes=-0", 416, "bytes */1000")]
    [InlineData("bytes=0-,0-,0-,0-,0-", 200, "")]
    [InlineData("bytes=5-2", 200, "")]
    [InlineData("bytes=abc", 200, "")]
    [InlineData("bytes=", 200, "")]
    [InlineData("items=0-1", 200, "")]
    [InlineData("bytes=0-1,x", 200, "")]
    [InlineData("bytes=-99999999999999999999", 206, "bytes 0-999/1000")]
    [InlineData("bytes=0-99999999999999999999", 206, "bytes 0-999/1000")]
    public async Task What_is_malformed_unknown_or_greedy_gets_the_whole(string header, int status, string range)
    {
        var answer = await RawHttp.GetAsync(site.Port, "/a.bin", $"Range: {header}");
        Assert.Equal((status, range), (answer.Status, answer["Content-Range"]));
        Assert.Equal(answer.Body.Length.ToString(), answer["Content-Length"]);
    }

    [Fact]
    public async Task A_flood_of_ranges_costs_one_whole()
    {
        var many = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"{i % 900}-{(i % 900) + 50}"));
        var answer = await RawHttp.GetAsync(site.Port, "/a.bin", $"Range: bytes={many}");
        Assert.Equal((200, Small), (answer.Status, answer.Body.Length));
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/a.bin", "Range: bytes=0-1", "Range: bytes=5-6")).Status);
    }

    [Theory]
    [InlineData("a.bin")]
    [InlineData("b.bin")]
    public async Task A_part_is_cut_out_of_the_version_that_is_meant(string name)
    {
        var whole = await RawHttp.SendAsync(site.Port, "HEAD", $"/{name}");
        Assert.NotEqual("", whole["Last-Modified"]);
        async Task<int> StatusAsync(string condition) => (await RawHttp.GetAsync(site.Port, $"/{name}", "Range: bytes=0-1", $"If-Range: {condition}")).Status;
        Assert.Equal(206, await StatusAsync(whole["ETag"]));
        Assert.Equal(206, await StatusAsync(whole["Last-Modified"]));
        Assert.Equal(200, await StatusAsync("W/" + whole["ETag"]));
        Assert.Equal(200, await StatusAsync("\"another\""));
        Assert.Equal(200, await StatusAsync("Thu, 01 Jan 1970 00:00:00 GMT"));
        Assert.Equal(200, await StatusAsync(DateTimeOffset.UtcNow.ToString("R")));
        Assert.Equal(200, await StatusAsync("yesterday"));
    }

    [Fact]
    public async Task A_film_that_was_saved_a_moment_ago_can_be_wound()
    {
        await using var young = await TestSite.StartAsync();
        young.Write("film.mp4", new byte[Large]);
        FileTick.Wait(young.Root, TimeSpan.FromMilliseconds(150));
        var first = await RawHttp.GetAsync(young.Port, "/film.mp4", "Range: bytes=0-9");
        var second = await RawHttp.GetAsync(young.Port, "/film.mp4", "Range: bytes=1000-1009", $"If-Range: {first["ETag"]}"); // as browsers do
        Assert.Equal((206, first["ETag"]), (second.Status, second["ETag"]));
    }

    [Fact]
    public async Task Curl_goes_on_where_it_was_cut_off()
    {
        var folder = Directory.CreateTempSubdirectory("liveserve-").FullName;
        var target = Path.Combine(folder, "b.bin");
        var bytes = File.ReadAllBytes(site.At("b.bin"));
        await File.WriteAllBytesAsync(target, bytes[..1_000_001]);
        await using (var curl = Tool.StartProgram("curl", ["-sS", "-C", "-", "-o", target, $"http://localhost:{site.Port}/b.bin"]))
        {
            Assert.Equal((0, ""), await curl.EndAsync());
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(target));
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("^multipart/byteranges; boundary=([0-9A-F]{32})$")]
    private static partial Regex Boundary();
}

using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Parts of files, as films and sounds ask for them.</summary>
public sealed class RangeTests
{
    [Fact]
    public async Task A_range_of_a_page_is_the_page()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><title>t</title><p>x"));
        var answer = await RawHttp.GetAsync(site.Port, "/", "Sec-Fetch-Dest: document", "Range: bytes=0-1");
        Assert.Equal((200, ""), (answer.Status, answer["Accept-Ranges"]));
    }

    [Theory]
    [InlineData("a.bin", 1000)]
    [InlineData("b.bin", 17 * 1024 * 1024)] // more than is held in memory
    public async Task A_part_of_a_file_is_sent_when_it_is_asked_for(string name, int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        await using var site = await TestSite.StartAsync();
        await site.StopServerAsync();
        site.Write(name, bytes);
        File.SetLastWriteTimeUtc(site.At(name), DateTime.UnixEpoch);
        FileTick.Wait(site.Root);
        await site.StartServerAsync(port: 0);
        var whole = await RawHttp.GetAsync(site.Port, $"/{name}");
        Assert.Equal(("bytes", length), (whole["Accept-Ranges"], whole.Body.Length));

        var part = await RawHttp.GetAsync(site.Port, $"/{name}", "Range: bytes=500-899");
        Assert.Equal((206, $"bytes 500-899/{length}", "400"), (part.Status, part["Content-Range"], part["Content-Length"]));
        Assert.Equal(bytes[500..900], part.Body);
        var end = await RawHttp.GetAsync(site.Port, $"/{name}", "Range: bytes=-3");
        Assert.Equal(bytes[^3..], end.Body);
        var beyond = await RawHttp.GetAsync(site.Port, $"/{name}", $"Range: bytes={length}-");
        Assert.Equal((416, $"bytes */{length}", "0"), (beyond.Status, beyond["Content-Range"], beyond["Content-Length"]));
        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, $"/{name}", "Range: bytes=0-1", "If-Range: \"another\"")).Status);
        Assert.Equal(200, (await RawHttp.SendAsync(site.Port, "HEAD", $"/{name}", "Range: bytes=0-1")).Status);
    }
}

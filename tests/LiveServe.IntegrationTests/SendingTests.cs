using System.Net.Sockets;
using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Exactly what was announced is sent, or nothing that looks complete.</summary>
public sealed class SendingTests
{
    private const int Length = 64 * 1024 * 1024;

    [Theory]
    [InlineData(Length)]     // from the disk
    [InlineData(4_000_000)]  // from memory
    public async Task A_file_that_grows_while_it_is_sent_is_sent_as_it_was_announced(int length)
    {
        await using var site = await TestSite.StartAsync();
        site.Write("log.txt", new byte[length]);
        using var client = new TcpClient();
        var stream = await AskAsync(client, site.Port, "/log.txt");
        await stream.ReadExactlyAsync(new byte[1000]);
        await File.AppendAllTextAsync(site.At("log.txt"), new string('x', 1_000_000));
        await stream.WriteAsync("GET /nope.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        var bytes = rest.ToArray().AsSpan();
        var next = bytes.IndexOf("HTTP/1.1 404"u8);
        Assert.True(next >= 0 && !bytes[..next].Contains((byte)'x'), "What came later was sent, too.");
        Assert.InRange(next, length - 1000, length); // and the next answer stands where the first one ends
    }

    [Fact]
    public async Task A_part_that_is_no_longer_there_does_not_look_complete()
    {
        await using var site = await TestSite.StartAsync();
        site.Write("big.bin", new byte[Length]);
        using var client = new TcpClient();
        var stream = await AskAsync(client, site.Port, "/big.bin", "Range: bytes=1000-");
        await stream.ReadExactlyAsync(new byte[1000]);
        await using (var file = File.OpenWrite(site.At("big.bin")))
        {
            file.SetLength(10);
        }

        Assert.InRange(await LeftAsync(stream), 0, Length - 3000);
        var warning = (WarningRaised)await site.EventAsync(happened => happened is WarningRaised);
        Assert.Contains("/big.bin became shorter", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_stops_holds_up_nobody_and_costs_no_memory()
    {
        await using var site = await TestSite.StartAsync(null, ("a.css", "p{}"));
        site.Write("big.bin", new byte[Length]);
        var lazy = new List<TcpClient>();
        for (var i = 0; i < 20; i++)
        {
            var client = new TcpClient { ReceiveBufferSize = 4096 };
            lazy.Add(client);
            await AskAsync(client, site.Port, "/big.bin");
        }

        Assert.Equal(200, (await RawHttp.GetAsync(site.Port, "/a.css")).Status);
        lazy.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_file_of_six_gigabytes_has_an_end_that_can_be_asked_for()
    {
        await using var site = await TestSite.StartAsync();
        await using (var file = File.Create(site.At("film.mp4")))
        {
            file.SetLength(6_000_000_000); // a hole: it takes no room
            file.Position = 5_999_999_990;
            await file.WriteAsync("the end..."u8.ToArray());
        }

        var whole = await RawHttp.SendAsync(site.Port, "HEAD", "/film.mp4");
        Assert.Equal(("6000000000", "bytes", "video/mp4"), (whole["Content-Length"], whole["Accept-Ranges"], whole["Content-Type"]));
        var end = await RawHttp.GetAsync(site.Port, "/film.mp4", "Range: bytes=-10");
        Assert.Equal((206, "bytes 5999999990-5999999999/6000000000", "the end..."), (end.Status, end["Content-Range"], end.Text));
        var two = await RawHttp.GetAsync(site.Port, "/film.mp4", "Range: bytes=5000000000-5000000003,-3");
        Assert.EndsWith("...", two.Text[..two.Text.LastIndexOf("\r\n--", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    private static async Task<NetworkStream> AskAsync(TcpClient client, int port, string target, string header = "Accept: */*")
    {
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n"));
        return stream;
    }

    private static async Task<long> LeftAsync(NetworkStream stream)
    {
        long left = 0;
        var buffer = new byte[1 << 20];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                left += read;
            }
        }
        catch (IOException)
        {
            // Cut: as it should be.
        }

        return left;
    }
}

using System.Text;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>What is counted for the whole process is counted while nothing else runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    [Fact]
    public async Task A_50_MB_page_is_injected_at_constant_memory()
    {
        await using var site = await TestSite.StartAsync();
        site.Write("huge.html", Encoding.UTF8.GetBytes("<!doctype html><head></head>" + new string('x', 50_000_000)));
        var before = GC.GetTotalAllocatedBytes();
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port);
        await client.GetStream().WriteAsync("GET /huge.html HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Dest: document\r\nConnection: close\r\n\r\n"u8.ToArray());
        var buffer = new byte[1 << 16];
        var head = await client.GetStream().ReadAtLeastAsync(buffer, 1000);
        Assert.Contains("client.js", Encoding.ASCII.GetString(buffer, 0, head), StringComparison.Ordinal);
        long total = head;
        while (await client.GetStream().ReadAsync(buffer) is > 0 and var read)
        {
            total += read;
        }

        Assert.True(total > 50_000_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
    }
}

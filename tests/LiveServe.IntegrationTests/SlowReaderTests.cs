using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests;

/// <summary>One client must not become everybody's trouble. Real sockets: small amounts hide in the system's buffers.</summary>
[Collection(nameof(Alone))]
public sealed class SlowReaderTests
{
    private const int Saves = 110;
    private const int Length = 60_000;

    [Fact]
    public async Task One_that_never_reads_is_closed_while_twenty_others_hear_of_every_save()
    {
        await using var site = await TestSite.StartAsync(null, ("a.css", "p {}"));
        await RawHttp.GetAsync(site.Port, "/a.css");
        using var lazy = await RawSocket.OpenAsync(site.Port);
        await lazy.NextAsync("connected");
        var readers = new List<RawSocket>();
        for (var i = 0; i < 20; i++)
        {
            readers.Add(await RawSocket.OpenAsync(site.Port));
            await readers[i].NextAsync("connected");
        }

        long traffic = 0;
        for (var save = 1; save <= Saves; save++)
        {
            site.Write("a.css", $"p {{ --n: {save} }} /* {new string('x', Length)} */");
            foreach (var told in await Task.WhenAll(readers.Select(reader => reader.NextAsync("updated"))))
            {
                Assert.Equal(save, told.GetProperty("seq").GetInt64());
                traffic += told.GetRawText().Length;
            }
        }

        Assert.True(traffic / readers.Count > 4 * 1024 * 1024, $"{traffic / readers.Count} bytes were sent to each"); // more than hides on the way
        await Retry.UntilAsync(async () =>
        {
            await Task.Yield();
            return site.Server.SocketCount;
        }, count => count == readers.Count); // within ten seconds of its last sign of reading
        Assert.True(await lazy.CloseCodeAsync() is 0 or CloseCode.TooSlow); // a peer that reads nothing cannot be told so
        site.Write("a.css", "p { color: red }");
        await Task.WhenAll(readers.Select(reader => reader.NextAsync("updated")));
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task A_thousand_that_come_and_go_leave_nothing_behind()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>x"));
        using (var first = await RawSocket.OpenPageAsync(site.Port, "/", null, null, 0))
        {
            await first.SendAsync(new { type = "join", name = "First" }); // so that the room's history is open
            await first.NextAsync("welcome");
        }

        var handles = Handles();
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
            {
                using var socket = await RawSocket.OpenPageAsync(site.Port, $"/?{i}", null, null, 0);
                await socket.SendAsync(new { type = "join", name = $"N{i}" });
                await socket.NextAsync(); // in, or told that it is a lot of coming and going
                if (i % 2 == 0)
                {
                    await socket.SendFrameAsync(Opcode.Close, []); // half of them say goodbye
                    await socket.CloseCodeAsync();
                }
            }));
        }

        await Retry.UntilAsync(() => Task.FromResult(site.Server.SocketCount), count => count == 0);
        Assert.Empty(site.Server.Pages);
        await Retry.UntilAsync(() => Task.FromResult(Handles()), count => count <= handles);
    }

    // Those of sockets: files of the runtime are opened when they are first needed.
    private static int Handles() => !OperatingSystem.IsLinux() ? 0
        : Directory.GetFiles("/proc/self/fd").Count(handle => new FileInfo(handle).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}

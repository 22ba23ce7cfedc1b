using System.Diagnostics;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>The history of the command itself, while its process is killed, doubled, starved or crippled.</summary>
public sealed class HistoryProcessTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;

    private string State => _root + "-state";

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        if (Directory.Exists(State))
        {
            Directory.Delete(State, recursive: true);
        }
    }

    [Fact]
    public async Task Killed_while_people_talk_it_has_every_acknowledged_message_once()
    {
        var acknowledged = new Dictionary<string, long>();
        var keys = new Dictionary<string, string>();
        var epochs = new HashSet<string>();
        for (var round = 1; round <= 3; round++)
        {
            await using var tool = Start();
            var port = await tool.PortAsync();
            var talkers = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => TalkAsync(port, $"{(char)('A' + i)}{round}", round == 2)));
            await tool.SignalAsync("KILL"); // some have more on the way
            foreach (var (epoch, secret, acks) in await Task.WhenAll(talkers.Select(talker => talker.Others)))
            {
                epochs.Add(epoch);
                foreach (var (said, seq) in acks)
                {
                    acknowledged.Add(said, seq);
                    keys.Add(said, secret);
                }
            }

            await tool.EndAsync();
        }

        await using var last = Start();
        var lastPort = await last.PortAsync();
        using var reader = await RoomClient.JoinAsync(lastPort, "Reader");
        epochs.Add(reader.Epoch);
        Assert.Single(epochs);
        Assert.InRange(acknowledged.Count, 18, 3 * 6 * 10);
        var kept = await AllAsync(reader);
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(seq => (long)seq), kept.Select(message => message.GetProperty("seq").GetInt64()));
        Assert.All(acknowledged, ack => Assert.Equal(ack.Value, Assert.Single(kept, message => message.GetProperty("body").GetString() == ack.Key).GetProperty("seq").GetInt64()));

        // The same cid of the same person is the same message still.
        var (cid, key) = keys.First();
        using var talker = await RoomClient.JoinAsync(lastPort, "Again", key);
        Assert.Equal(acknowledged[cid], (await talker.SaidAsync(cid, cid)).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Stopped_and_started_it_is_the_same_room()
    {
        string epoch;
        await using (var tool = Start())
        {
            using var ann = await RoomClient.JoinAsync(await tool.PortAsync(), "Ann");
            await ann.SaidAsync("k1", "m1");
            epoch = ann.Epoch;
            await tool.SignalAsync("TERM");
            Assert.Equal((0, ""), await tool.EndAsync());
        }

        Assert.Single(Directory.GetFiles(Path.Combine(State, "liveserve"))); // tidy: nothing stands beside it
        await using var again = Start();
        using var bob = await RoomClient.JoinAsync(await again.PortAsync(), "Bob", null, new { epoch, after = 0 });
        Assert.True(bob.Self.GetProperty("recovered").GetBoolean());
        Assert.Equal(1, (await bob.SeqsAsync(1)).Single());
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_people_talk_on()
    {
        string file;
        await using (var tool = Start())
        {
            using var ann = await RoomClient.JoinAsync(await tool.PortAsync(), "Ann");
            await ann.SaidAsync("k1", "m1");
            await tool.SignalAsync("TERM");
            await tool.EndAsync();
            file = Directory.GetFiles(Path.Combine(State, "liveserve")).Single();
        }

        var garbage = new byte[9000];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(file, garbage);
        await using var again = Start();
        using var bob = await RoomClient.JoinAsync(await again.PortAsync(), "Bob");
        await bob.SaidAsync("k1", "m2");
        Assert.Equal("m2", await bob.BodiesAsync());
        Assert.Equal(garbage, File.ReadAllBytes(Directory.GetFiles(Path.GetDirectoryName(file)!, "*.damaged-*").Single()));
        await again.SignalAsync("TERM");
        var (_, errors) = await again.EndAsync();
        Assert.Contains("The room's history was damaged", errors + string.Join('\n', again.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_on_the_same_folder_says_that_it_uses_memory_and_pages_are_updated_by_both()
    {
        await using var first = Start();
        using var ann = await RoomClient.JoinAsync(await first.PortAsync(), "Ann");
        await ann.SaidAsync("k1", "m1");
        await using var second = Start();
        using var bob = await RoomClient.JoinAsync(await second.PortAsync(), "Bob");
        await bob.SaidAsync("k1", "m2");
        Assert.Equal("m2", await bob.BodiesAsync());
        await ann.SaidAsync("k2", "m3");
        Assert.Equal("m1 m3", await ann.BodiesAsync());
        await second.SignalAsync("TERM");
        var (_, errors) = await second.EndAsync();
        Assert.Contains("in use by another liveserve", errors + string.Join('\n', second.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_refuses_messages_and_nothing_else_and_recovers_by_itself()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // prlimit is Linux's
        }

        // A limit on the size of files stands for the disk: any user can set it, and take it away again.
        await using var tool = Tool.StartProgram("bash", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), _root, "--port", "0"],
            environment: ("XDG_STATE_HOME", State));
        using var ann = await RoomClient.JoinAsync(await tool.PortAsync(), "Ann");
        await ann.SaidAsync("k1", "m1");
        await LimitAsync(tool, "1:unlimited");
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await ann.SendAsync(new { type = "chat", cid = "k2", body = "m2", format = "text" });
            var error = await ann.NextAsync("error");
            Assert.Equal(("storage_failed", "k2"), (error.GetProperty("code").GetString(), error.GetProperty("cid").GetString()));
        }

        await ann.SendAsync(new { type = "hello", v = 1, page = new { url = "/", top = true, visible = true } });
        File.WriteAllText(Path.Combine(_root, "index.html"), "x");
        await ann.NextAsync("updated");
        await LimitAsync(tool, "unlimited:unlimited");
        Assert.Equal(2, (await ann.SaidAsync("k2", "m2")).GetProperty("seq").GetInt64());
        Assert.Equal("m1 m2", await ann.BodiesAsync());
    }

    [Fact]
    public async Task Without_its_native_library_it_starts_and_keeps_messages_in_memory()
    {
        var copy = Directory.CreateDirectory(Path.Combine(State, "copy")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        foreach (var library in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "runtimes"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, library));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, "not a library");
        }

        await using var tool = Tool.StartProgram("dotnet", [Path.Combine(copy, "liveserve.dll"), _root, "--port", "0"], null, ("XDG_STATE_HOME", State));
        using var ann = await RoomClient.JoinAsync(await tool.PortAsync(), "Ann");
        await ann.SaidAsync("k1", "m1");
        Assert.Equal("m1", await ann.BodiesAsync());
        await tool.SignalAsync("TERM");
        var (code, errors) = await tool.EndAsync();
        Assert.Equal(0, code);
        Assert.Single(errors.Split('\n').Concat(tool.Output), line => line.Contains("e_sqlite3", StringComparison.Ordinal));
    }

    private Tool Start() => Tool.StartProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), _root, "--port", "0"], null, ("XDG_STATE_HOME", State));

    private static async Task LimitAsync(Tool tool, string size)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{tool.Id}", $"--fsize={size}"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }

    // Says ten things without waiting; returns when the first ones are acknowledged, and then what else was, until the connection breaks.
    private static async Task<(int Acknowledged, Task<(string Epoch, string Key, Dictionary<string, long> Acknowledged)> Others)> TalkAsync(int port, string name, bool all)
    {
        var person = await RoomClient.JoinAsync(port, name);
        var acknowledged = new Dictionary<string, long>();
        for (var i = 0; i < 10; i++)
        {
            await person.SendAsync(new { type = "chat", cid = $"{name}-{i}", body = $"{name}-{i}", format = "text" });
        }

        while (acknowledged.Count < (all ? 10 : 1))
        {
            await HearAsync();
        }

        return (acknowledged.Count, RestAsync());

        async Task HearAsync()
        {
            var message = await person.NextAsync("chat");
            if (message.TryGetProperty("cid", out var cid))
            {
                acknowledged.Add(cid.GetString()!, message.GetProperty("seq").GetInt64());
            }
        }

        async Task<(string, string, Dictionary<string, long>)> RestAsync()
        {
            try
            {
                while (true)
                {
                    await HearAsync();
                }
            }
            catch (IOException)
            {
                person.Dispose(); // killed
            }

            return (person.Epoch, person.Key, acknowledged);
        }
    }

    private static async Task<List<JsonElement>> AllAsync(RoomClient reader)
    {
        var all = new List<JsonElement>();
        for (var more = true; more;)
        {
            await reader.SendAsync(new { type = "history", after = all.Count == 0 ? 0 : all[^1].GetProperty("seq").GetInt64(), limit = 100 });
            var page = await reader.NextAsync("history");
            all.AddRange(page.GetProperty("messages").EnumerateArray());
            more = page.GetProperty("more").GetBoolean();
        }

        return all;
    }
}

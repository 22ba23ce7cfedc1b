using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>Where the room's history is, and who may have it there.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task A_restart_keeps_people_messages_and_their_order_and_one_cid_stays_one_message()
    {
        await using var site = await TestSite.StartAsync();
        var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        for (var i = 1; i <= 5; i++)
        {
            await ann.SaidAsync($"k{i}", $"m{i}");
        }

        ann.Dispose();
        var port = site.Port;
        await site.StopServerAsync();
        await site.StartServerAsync(port);

        using var again = await RoomClient.JoinAsync(port, "Ann", ann.Key, new { epoch = ann.Epoch, after = 2 });
        Assert.Equal((ann.Epoch, ann.User), (again.Epoch, again.User));
        Assert.True(again.Self.GetProperty("recovered").GetBoolean());
        Assert.Equal(3, again.Self.GetProperty("missed").GetInt32());
        Assert.Equal("3 4 5", string.Join(' ', await again.SeqsAsync(3)));
        Assert.Equal(2, (await again.SaidAsync("k2", "m2")).GetProperty("seq").GetInt64());
        Assert.Equal(6, (await again.SaidAsync("k6", "m6")).GetProperty("seq").GetInt64());
        Assert.Equal("m1 m2 m3 m4 m5 m6", await again.BodiesAsync());
    }

    [Fact]
    public async Task Kept_in_memory_a_restart_begins_a_new_epoch_and_leaves_no_file()
    {
        await using var site = await TestSite.StartAsync(options => options with { History = "memory" });
        var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        await ann.SaidAsync("k1", "m1");
        ann.Dispose();
        var port = site.Port;
        await site.StopServerAsync();
        await site.StartServerAsync(port);

        using var again = await RoomClient.JoinAsync(port, "Ann", ann.Key, new { epoch = ann.Epoch, after = 1 });
        Assert.Equal("epoch", (await again.NextAsync("reset")).GetProperty("reason").GetString());
        Assert.NotEqual(ann.Epoch, again.Epoch);
        Assert.False(Directory.Exists(site.State));
    }

    [Fact]
    public async Task Without_a_history_what_is_said_is_heard_and_cannot_be_read_again()
    {
        await using var site = await TestSite.StartAsync(options => options with { History = "off" });
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        using var bob = await RoomClient.JoinAsync(site.Port, "Bob");
        var said = await ann.SaidAsync("k1", "m1");
        Assert.Equal("m1", (await bob.NextAsync("chat")).GetProperty("body").GetString());
        Assert.Equal(said.GetProperty("seq").GetInt64(), (await ann.SaidAsync("k1", "m1")).GetProperty("seq").GetInt64());
        await bob.SendAsync(new { type = "history", limit = 10 });
        Assert.Equal("history_gone", (await bob.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal("", (await RawHttp.GetAsync(site.Port, "/__liveserve/chat/export?format=jsonl")).Text);
        using var late = await RoomClient.JoinAsync(site.Port, "Eve", null, new { epoch = ann.Epoch, after = 0 });
        Assert.Equal("too_old", (await late.NextAsync("reset")).GetProperty("reason").GetString());
        Assert.False(Directory.Exists(site.State));
    }

    [Fact]
    public async Task Nothing_is_opened_or_written_before_somebody_joins()
    {
        await using var site = await TestSite.StartAsync();
        using var page = await RawSocket.OpenAsync(site.Port);
        Assert.Equal(0, (await page.NextAsync("connected")).GetProperty("room").GetProperty("head").GetInt64());
        Assert.False(Directory.Exists(site.State));
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        Assert.Single(Directory.GetFiles(site.State, "room-*.db"));
    }

    [Fact]
    public async Task Each_folder_has_its_own_however_it_is_spelled_and_only_this_user_reads_it()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        await ann.SaidAsync("k1", "m1");
        await site.StopServerAsync();
        var link = site.Root + "-link";
        Directory.CreateSymbolicLink(link, site.Root);
        try
        {
            await using var linked = await LiveServer.StartAsync(new LiveServeOptions { Root = link, StateFolder = site.State, Port = 0 });
            using var bob = await RoomClient.JoinAsync(linked.Url.Port, "Bob");
            Assert.Equal("m1", await bob.BodiesAsync());
            await using var other = await TestSite.StartAsync(options => options with { StateFolder = site.State });
            using var eve = await RoomClient.JoinAsync(other.Port, "Eve");
            Assert.Equal("", await eve.BodiesAsync());
        }
        finally
        {
            Directory.Delete(link);
            await site.StartServerAsync(port: 0);
        }

        Assert.Equal(2, Directory.GetFiles(site.State, "room-*.db").Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(site.State));
            foreach (var file in Directory.GetFiles(site.State))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Theory]
    [InlineData("{root}/room.db")]
    [InlineData("{root}/deep/er/room.db")]
    [InlineData("{root}-link/room.db")]
    [InlineData("{root}/../{name}/room.db")]
    [InlineData("{mount}/room.db")]
    [InlineData("{watched}/room.db")]
    [InlineData("{file}")]
    public async Task A_history_in_a_place_that_is_served_or_watched_is_refused(string history)
    {
        var parent = Directory.CreateTempSubdirectory("liveserve-").FullName;
        try
        {
            string In(string name) => Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
            var (root, mount, watched, file) = (In("root"), In("mount"), In("watched"), Path.Combine(parent, "one.js"));
            File.WriteAllText(file, "");
            Directory.CreateSymbolicLink(root + "-link", root);
            history = history.Replace("{root}", root, StringComparison.Ordinal).Replace("{name}", "root", StringComparison.Ordinal)
                .Replace("{mount}", mount, StringComparison.Ordinal).Replace("{watched}", watched, StringComparison.Ordinal).Replace("{file}", file, StringComparison.Ordinal);
            var refused = await Assert.ThrowsAsync<LiveServeException>(() => LiveServer.StartAsync(new LiveServeOptions
            {
                Root = root, Port = 0, History = history, WatchPaths = [watched], Mounts = [Mount.Parse($"/m:{mount}", out _)!, Mount.Parse($"/one.js:{file}", out _)!],
            }));
            Assert.Equal(LiveServeFailure.WrongConfiguration, refused.Failure);
            Assert.Contains("would be inside", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_beside_the_site_with_a_name_that_begins_like_it_is_fine()
    {
        var folder = "";
        await using var site = await TestSite.StartAsync(options => options with { History = Path.Combine(folder = options.Root + "-state", "mine.db") });
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        Assert.True(File.Exists(Path.Combine(folder, "mine.db")));
    }

    [Fact]
    public async Task Where_the_state_folder_is_inside_the_site_the_room_says_so_and_keeps_nothing_there()
    {
        await using var site = await TestSite.StartAsync(options => options with { StateFolder = Path.Combine(options.Root, ".local", "state") });
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        await ann.SaidAsync("k1", "m1");
        var warning = (WarningRaised)await site.EventAsync(happened => happened is WarningRaised { Message: var text } && text.Contains("would be inside", StringComparison.Ordinal));
        Assert.Contains("in memory", warning.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(site.Root));
    }

    [Fact]
    public async Task What_looks_like_SQL_is_kept_as_it_was_written()
    {
        await using var site = await TestSite.StartAsync();
        string[] texts = ["'; DROP TABLE message; --", "Robert'); DELETE FROM room;--", "\" OR \"\"=\"", "$1 ?1 @a :a", "%_\\"];
        using var ann = await RoomClient.JoinAsync(site.Port, "O'Hara \"$1");
        foreach (var (text, i) in texts.Select((text, i) => (text, i)))
        {
            await ann.SaidAsync($"k'{i}\"--", text);
            Assert.Equal(i + 1, (await ann.SaidAsync($"k'{i}\"--", text)).GetProperty("seq").GetInt32());
        }

        Assert.Equal(string.Join(' ', texts), await ann.BodiesAsync());
        await ann.SendAsync(new { type = "join", name = "Eve", key = "' OR 1=1 --" });
        Assert.NotEqual(ann.User, (await ann.NextAsync("welcome")).GetProperty("you").GetProperty("user").GetString());
    }
}

using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>Coming back, and reading what was said before.</summary>
public sealed class RoomHistoryTests
{
    [Fact]
    public async Task Who_comes_back_gets_every_missed_message_once()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        var bob = await RoomClient.JoinAsync(site, "Bob");
        await bob.SaidAsync("b1", "before");
        bob.Dispose();
        for (var i = 0; i < 30; i++)
        {
            await ann.SaidAsync($"k{i}", $"m{i}");
            clock.Pass(TimeSpan.FromSeconds(1));
        }

        using var again = await RoomClient.JoinAsync(site, "Bob", bob.Key, new { epoch = bob.Epoch, after = 1 });
        Assert.Equal((true, 30, bob.User), (again.Self.GetProperty("recovered").GetBoolean(), again.Self.GetProperty("missed").GetInt32(), again.User));
        var missed = (await again.UntilNowAsync()).Where(told => told.GetProperty("type").GetString() == "chat").ToList();
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"m{i}"), missed.Select(said => said.GetProperty("body").GetString()));
        Assert.Equal(Enumerable.Range(2, 30), missed.Select(said => said.GetProperty("seq").GetInt32()));
    }

    [Fact]
    public async Task After_a_restart_without_a_kept_history_a_client_starts_over()
    {
        await using var site = await TestSite.StartAsync(options => options with { History = "memory" });
        var ann = await RoomClient.JoinAsync(site, "Ann");
        await ann.SaidAsync("k1", "x");
        await site.StopServerAsync();
        ann.Dispose();
        await site.StartServerAsync(port: 0);
        using var again = await RoomClient.JoinAsync(site, "Ann", ann.Key, new { epoch = ann.Epoch, after = 1 });
        Assert.False(again.Self.GetProperty("recovered").GetBoolean());
        var reset = await again.NextAsync("reset");
        Assert.Equal("epoch", reset.GetProperty("reason").GetString());
        Assert.Equal((again.Epoch, 0), (reset.GetProperty("room").GetProperty("epoch").GetString(), reset.GetProperty("room").GetProperty("head").GetInt32()));
        Assert.NotEqual(ann.Epoch, again.Epoch);
        Assert.Equal(ann.User, again.User); // a person stays who they are
    }

    [Theory]
    [InlineData("other", 0, "epoch")]
    [InlineData("", 0, "epoch")]
    [InlineData(null, 99, "too_old")]
    [InlineData(null, -7, "too_old")]
    [InlineData(null, 9007199254740991, "too_old")]
    public async Task What_cannot_be_resumed_is_reset(string? epoch, long after, string reason)
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var socket = await RoomClient.JoinAsync(site, "Bob", resume: new { epoch = epoch ?? ann.Epoch, after });
        Assert.False(socket.Self.GetProperty("recovered").GetBoolean());
        Assert.Equal(reason, (await socket.NextAsync("reset")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task History_is_paged_backwards_and_forwards()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        for (var i = 1; i <= 8; i++)
        {
            await ann.SaidAsync($"k{i}", $"m{i}");
        }

        Assert.Equal(("6 7 8", true), await HistoryAsync(ann, new { type = "history", limit = 3 }));
        Assert.Equal(("3 4 5", true), await HistoryAsync(ann, new { type = "history", before = 6, limit = 3 }));
        Assert.Equal(("1 2", false), await HistoryAsync(ann, new { type = "history", before = 3, limit = 3 }));
        Assert.Equal(("4 5", true), await HistoryAsync(ann, new { type = "history", after = 3, limit = 2 }));
        Assert.Equal(("6 7 8", true), await HistoryAsync(ann, new { type = "history", before = 9007199254740991, limit = 3 }));
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        Assert.Equal(("", false), await HistoryAsync(bob, new { type = "history", after = 8, limit = 2 }));
        await bob.SendAsync(new { type = "history", limit = 1 });
        Assert.False((await bob.NextAsync("history")).GetProperty("messages")[0].TryGetProperty("cid", out _)); // it is Ann's
    }

    [Fact]
    public async Task Edited_and_deleted_is_what_history_shows()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        var (first, second) = (await ann.SaidAsync("k1", "helo"), await ann.SaidAsync("k2", "secret"));
        await ann.SendAsync(new { type = "edit", cid = "k3", target = first.GetProperty("id").GetString(), body = "hello" });
        await ann.SendAsync(new { type = "delete", cid = "k4", target = second.GetProperty("id").GetString() });
        Assert.Equal((3, "hello"), await bob.NextAsync("edited") is var edited ? (edited.GetProperty("seq").GetInt32(), edited.GetProperty("body").GetString()) : default);
        Assert.Equal((4, second.GetProperty("id").GetString()), await bob.NextAsync("deleted") is var deleted ? (deleted.GetProperty("seq").GetInt32(), deleted.GetProperty("target").GetString()) : default);
        await bob.SendAsync(new { type = "history", limit = 10 });
        var messages = (await bob.NextAsync("history")).GetProperty("messages");
        Assert.Equal(("hello", ""), (messages[0].GetProperty("body").GetString(), messages[1].GetProperty("body").GetString()));
        Assert.True(messages[0].TryGetProperty("edited", out _) && messages[1].TryGetProperty("deleted", out _));
        using var late = await RoomClient.JoinAsync(site, "Late", resume: new { epoch = bob.Epoch, after = 0 });
        Assert.DoesNotContain(await late.UntilNowAsync(), told => told.GetRawText().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Off_keeps_and_offers_nothing()
    {
        await using var site = await TestSite.StartAsync(options => options with { History = "off" });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        await ann.SaidAsync("k1", "x");
        Assert.Equal(1, (await ann.SaidAsync("k1", "x")).GetProperty("seq").GetInt32());
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await bob.SendAsync(new { type = "history", limit = 10 });
        Assert.Equal("history_gone", (await bob.NextAsync("error")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_clock_set_back_changes_no_order()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        var first = await ann.SaidAsync("k1", "first");
        clock.Wall -= TimeSpan.FromHours(1);
        var second = await ann.SaidAsync("k2", "second");
        Assert.Equal(TimeSpan.FromHours(-1), second.GetProperty("at").GetDateTimeOffset() - first.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(("1 2", false), await HistoryAsync(ann, new { type = "history", limit = 10 }));
        Assert.Equal(TimeSpan.Zero, first.GetProperty("at").GetDateTimeOffset().Offset); // UTC
    }

    private static async Task<(string Seqs, bool More)> HistoryAsync(RoomClient client, object request)
    {
        await client.SendAsync(request);
        var page = await client.NextAsync("history");
        return (string.Join(' ', page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt64())), page.GetProperty("more").GetBoolean());
    }
}

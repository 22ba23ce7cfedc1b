using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>The room, on raw sockets.</summary>
public sealed class RoomTests
{
    [Fact]
    public async Task The_senders_copy_is_the_acknowledgement_and_everybody_gets_one_order()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        using var bob = await JoinAsync(site, "Bob");
        await ann.SkipToAsync("presence");
        await ann.SendAsync(new { type = "chat", cid = "k1", body = "hi" });
        var own = await ann.SkipToAsync("chat");
        var other = await bob.SkipToAsync("chat");
        Assert.Equal("k1", own.GetProperty("cid").GetString());
        Assert.False(other.TryGetProperty("cid", out _));
        Assert.Equal(own.GetProperty("seq").GetInt64(), other.GetProperty("seq").GetInt64());
        Assert.Equal("Ann", other.GetProperty("from").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_same_cid_again_is_the_same_message()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        var acknowledgements = new HashSet<long>();
        for (var i = 0; i < 3; i++)
        {
            await ann.SendAsync(new { type = "chat", cid = "k1", body = "hi" });
            acknowledgements.Add((await ann.SkipToAsync("chat")).GetProperty("seq").GetInt64());
        }

        Assert.Equal([1], acknowledgements);
        using var bob = await JoinAsync(site, "Bob");
        await bob.SendAsync(new { type = "chat", cid = "k1", body = "ho" });
        Assert.Equal(2, (await bob.SkipToAsync("chat")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Who_comes_back_gets_every_missed_message_once()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        var bob = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        var epoch = (await bob.NextAsync("connected")).GetProperty("room").GetProperty("epoch").GetString();
        await bob.SendAsync(new { type = "join", name = "Bob" });
        var key = (await bob.SkipToAsync("welcome")).GetProperty("key").GetString();
        bob.Dispose();
        for (var i = 0; i < 5; i++)
        {
            await ann.SendAsync(new { type = "chat", cid = $"k{i}", body = $"m{i}" });
            await ann.SkipToAsync("chat");
        }

        using var again = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        await again.NextAsync("connected");
        await again.SendAsync(new { type = "join", name = "Bob", key, resume = new { epoch, after = 2 } });
        var welcome = await again.SkipToAsync("welcome");
        Assert.True(welcome.GetProperty("recovered").GetBoolean());
        Assert.Equal(3, welcome.GetProperty("missed").GetInt32());
        Assert.Equal("u2", welcome.GetProperty("you").GetProperty("user").GetString());
        foreach (var body in new[] { "m2", "m3", "m4" })
        {
            Assert.Equal(body, (await again.SkipToAsync("chat")).GetProperty("body").GetString());
        }
    }

    [Theory]
    [InlineData("other", 0, "epoch")]
    [InlineData(null, 99, "too_old")]
    [InlineData(null, -7, "too_old")]
    public async Task What_cannot_be_resumed_is_reset(string? epoch, long after, string reason)
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        epoch ??= (await socket.NextAsync("connected")).GetProperty("room").GetProperty("epoch").GetString();
        await socket.SendAsync(new { type = "join", name = "Ann", resume = new { epoch, after } });
        Assert.False((await socket.SkipToAsync("welcome")).GetProperty("recovered").GetBoolean());
        Assert.Equal(reason, (await socket.SkipToAsync("reset")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task History_is_paged_backwards_and_forwards()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        for (var i = 1; i <= 8; i++)
        {
            await ann.SendAsync(new { type = "chat", cid = $"k{i}", body = $"m{i}" });
            await ann.SkipToAsync("chat");
        }

        Assert.Equal(("6 7 8", true), await HistoryAsync(ann, new { type = "history", limit = 3 }));
        Assert.Equal(("3 4 5", true), await HistoryAsync(ann, new { type = "history", before = 6, limit = 3 }));
        Assert.Equal(("1 2", false), await HistoryAsync(ann, new { type = "history", before = 3, limit = 3 }));
        Assert.Equal(("4 5", true), await HistoryAsync(ann, new { type = "history", after = 3, limit = 2 }));
        Assert.Equal(("", false), await HistoryAsync(ann, new { type = "history", after = 8, limit = 2 }));
    }

    [Theory]
    [InlineData("""{"type":"history","limit":0}""", "too_long")]
    [InlineData("""{"type":"history","limit":101}""", "too_long")]
    [InlineData("""{"type":"history","before":1,"after":1,"limit":1}""", "too_long")]
    [InlineData("""{"type":"chat","cid":"k","body":"  "}""", "empty")]
    [InlineData("""{"type":"rename","cid":"k","name":"server"}""", "name_reserved")]
    public async Task Mistakes_have_names(string message, string code)
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        await ann.SendTextAsync(message);
        Assert.Equal(code, (await ann.SkipToAsync("error")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Too_much_at_once_is_told_how_long_to_wait_and_saves_still_come()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        for (var i = 0; i < 12; i++)
        {
            await ann.SendAsync(new { type = "chat", cid = $"k{i}", body = "x" });
        }

        var error = await ann.SkipToAsync("error");
        Assert.Equal("rate_limited", error.GetProperty("code").GetString());
        Assert.InRange(error.GetProperty("retryMs").GetInt32(), 1, 500);
        await ann.SendAsync(new { type = "hello", v = 1, page = new { url = "/", top = true, visible = true } });
        site.Write("index.html", "x");
        await ann.SkipToAsync("updated");
    }

    [Fact]
    public async Task Presence_counts_people_and_not_tabs()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await JoinAsync(site, "Ann");
        var bob = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        await bob.SendAsync(new { type = "join", name = "Bob", page = "/a" });
        var welcome = await bob.SkipToAsync("welcome");
        Assert.Equal(2, welcome.GetProperty("people").GetArrayLength());
        Assert.Equal("Bob", (await ann.SkipToAsync("presence")).GetProperty("join")[0].GetProperty("name").GetString());

        using var tab = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        await tab.SendAsync(new { type = "join", name = "Bob", key = welcome.GetProperty("key").GetString(), page = "/b" });
        Assert.Equal(2, (await ann.SkipToAsync("presence")).GetProperty("change")[0].GetProperty("tabs").GetInt32());
        bob.Dispose();
        Assert.Equal(1, (await ann.SkipToAsync("presence")).GetProperty("change")[0].GetProperty("tabs").GetInt32());
    }

    [Fact]
    public async Task Without_a_room_it_is_said()
    {
        await using var site = await TestSite.StartAsync(options => options with { Chat = false });
        using var socket = await RawSocket.OpenAsync(site.Port);
        Assert.False((await socket.NextAsync("connected")).TryGetProperty("room", out _));
        await socket.SendAsync(new { type = "join", name = "Ann" });
        Assert.Equal("not_joined", (await socket.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/__liveserve/chat")).Status);
    }

    private static async Task<RawSocket> JoinAsync(TestSite site, string name)
    {
        var socket = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        await socket.NextAsync("connected");
        await socket.SendAsync(new { type = "join", name });
        await socket.SkipToAsync("welcome");
        return socket;
    }

    private static async Task<(string Seqs, bool More)> HistoryAsync(RawSocket socket, object request)
    {
        await socket.SendAsync(request);
        JsonElement page = await socket.SkipToAsync("history");
        return (string.Join(' ', page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt64())), page.GetProperty("more").GetBoolean());
    }
}

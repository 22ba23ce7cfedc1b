using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>What is malformed, too large or out of place is answered by name; it never costs the socket, nor anybody else anything.</summary>
public sealed class RoomMistakeTests
{
    [Theory]
    [InlineData("""{"type":"chat","cid":"a","body":"x"}""")]
    [InlineData("""{"type":"edit","cid":"a","target":"x","body":"x"}""")]
    [InlineData("""{"type":"delete","cid":"a","target":"x"}""")]
    [InlineData("""{"type":"rename","cid":"a","name":"x"}""")]
    [InlineData("""{"type":"typing","on":true}""")]
    [InlineData("""{"type":"page","url":"/"}""")]
    [InlineData("""{"type":"history","limit":10}""")]
    [InlineData("""{"type":"host","cid":"a","action":"clear"}""")]
    public async Task Before_joining_nothing_of_the_room_is_done(string message)
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        await socket.SendTextAsync(message);
        Assert.Equal("not_joined", (await socket.NextAsync("error")).GetProperty("code").GetString());
        await socket.SendTextAsync("""{"type":"ping","t":5}""");
        await socket.NextAsync("pong");
    }

    [Theory]
    [InlineData("not json", "bad_json")]
    [InlineData("", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","name":"teacher","body":"y"}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"\ud800"}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"x"} {"type":"ping"}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":["x"]}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","pin":{"selector":"a","box":[1,2,3]}}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","pin":{"selector":"a","box":[1,2,3,1e999]}}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","pin":{"selector":"a"}}""", "missing_field")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","ref":{"line":1}}""", "missing_field")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","ref":{"file":"../../secret.txt","line":1}}""", "unknown_target")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","ref":{"file":"\\\\host\\share\\x","line":1}}""", "unknown_target")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","ref":{"file":"-flag"}}""", "unknown_target")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","replyTo":"none-1"}""", "unknown_target")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","replyTo":"__proto__"}""", "unknown_target")]
    [InlineData("""{"type":"chat","cid":"","body":"x"}""", "missing_field")]
    [InlineData("""{"type":"chat","cid":"a b","body":"x"}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"k","body":"  "}""", "empty")]
    [InlineData("""{"type":"chat","cid":"k","body":"\u0000\u200b"}""", "empty")]
    [InlineData("""{"type":"edit","cid":"k","target":"none-1","body":"x"}""", "unknown_target")]
    [InlineData("""{"type":"delete","cid":"k"}""", "missing_field")]
    [InlineData("""{"type":"history","limit":0}""", "too_long")]
    [InlineData("""{"type":"history","limit":101}""", "too_long")]
    [InlineData("""{"type":"history","limit":-1}""", "too_long")]
    [InlineData("""{"type":"history","limit":4294967301}""", "too_long")]
    [InlineData("""{"type":"history","before":1,"after":1,"limit":1}""", "too_long")]
    [InlineData("""{"type":"rename","cid":"k","name":"server"}""", "name_reserved")]
    [InlineData("""{"type":"rename","cid":"k","name":"admin\u202e"}""", "bad_name")]
    [InlineData("""{"type":"join","name":"x","resume":{"epoch":"e","after":"text"}}""", "bad_json")]
    public async Task Mistakes_have_names_and_nobody_else_sees_them(string message, string code)
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await ann.Socket.SendTextAsync(message);
        Assert.Equal(code, (await ann.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(1, (await ann.SaidAsync("later", "still here")).GetProperty("seq").GetInt64());
        Assert.DoesNotContain(await bob.UntilNowAsync(), told => told.GetRawText().Contains("teacher", StringComparison.Ordinal) || told.GetProperty("type").GetString() is "error" or "edited" or "deleted");
    }

    [Fact]
    public async Task After_fifty_mistakes_the_same_socket_still_hears_of_saves()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>1"));
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        for (var i = 0; i < 50; i++)
        {
            await ann.Socket.SendTextAsync($$"""{"type":"chat","cid":"k{{i}}","body":{{(i % 2 == 0 ? "7" : "\"\"")}}}""");
        }

        await ann.SendAsync(new { type = "hello", v = 1, page = new { url = "/", top = true, visible = true } });
        await ann.UntilNowAsync();
        site.Write("index.html", "<p>2");
        await ann.NextAsync("updated");
        Assert.Equal(1, (await ann.SaidAsync("k", "not muted")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task A_binary_frame_is_no_message_whatever_it_holds()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        await ann.Socket.SendFrameAsync(Opcode.Binary, """{"type":"chat","cid":"k1","body":"x"}"""u8.ToArray());
        Assert.Equal("bad_frame", (await ann.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(1, (await ann.SaidAsync("k1", "y")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Sizes_are_judged_where_the_limits_are_said_to_be()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        var families = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 655));
        Assert.Equal(families + "123456789", (await ann.SaidAsync("k1", families + "123456789")).GetProperty("body").GetString()); // 16,384 bytes
        Assert.Equal(4000, (await ann.SaidAsync("k2", new string('x', 4000))).GetProperty("body").GetString()!.Length);
        foreach (var body in new[] { families + "1234567890", new string('x', 4001) })
        {
            await ann.SayAsync("k3", body);
            var error = await ann.NextAsync("error");
            Assert.Equal(("too_long", "body", "k3"), (error.GetProperty("code").GetString(), error.GetProperty("field").GetString(), error.GetProperty("cid").GetString()));
        }

        await ann.Socket.SendTextAsync($$"""{"type":"chat","cid":"k4","body":"{{new string('x', 128 * 1024)}}"}""");
        Assert.Equal("too_large", (await ann.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(3, (await ann.SaidAsync("k5", "still here")).GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Two_megabytes_and_a_million_fragments_end_their_own_socket_only()
    {
        await using var site = await TestSite.StartAsync();
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        using var large = await RoomClient.JoinAsync(site, "Large");
        await large.Socket.SendFrameAsync(Opcode.Text, new byte[2 * 1024 * 1024]);
        Assert.Equal(1009, await large.Socket.CloseCodeAsync());

        using var many = await RoomClient.JoinAsync(site, "Many");
        var crumbs = Enumerable.Repeat(RawSocket.Masked(Opcode.Continuation, "a"u8.ToArray(), final: false), 40_000).SelectMany(frame => frame).ToArray();
        await many.Socket.SendFrameAsync(Opcode.Text, "a"u8.ToArray(), final: false);
        await many.Socket.SendBytesAsync(crumbs);
        Assert.Equal(1009, await many.Socket.CloseCodeAsync());
        Assert.Equal(1, (await bob.SaidAsync("k1", "x")).GetProperty("seq").GetInt64());
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
        Assert.Null(site.Server.HostLink);
    }
}

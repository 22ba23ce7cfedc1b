using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>Names, identity, presence.</summary>
public sealed class RoomPeopleTests
{
    [Theory]
    [InlineData("\u3164", "bad_name")]
    [InlineData("A\u200Dnn", "bad_name")]
    [InlineData("admin\u202E", "bad_name")]
    [InlineData("\u001b]0;title\u0007", "bad_name")]
    [InlineData("\u0455ystem", "name_reserved")]
    [InlineData("ｓｅｒｖｅｒ", "name_reserved")]
    public async Task A_name_that_misleads_does_not_come_in(string name, string code)
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        await socket.SendAsync(new { type = "join", name });
        var error = await socket.NextAsync("error");
        Assert.Equal((code, "name"), (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()));
        await socket.SendAsync(new { type = "join", name = "Ann" });
        await socket.NextAsync("welcome");
    }

    [Fact]
    public async Task Names_that_look_alike_show_tags_that_differ()
    {
        await using var site = await TestSite.StartAsync();
        string[] names = ["Ann", "ann", "\u0410nn", "Ａｎｎ"];
        var people = new List<RoomClient>();
        foreach (var name in names)
        {
            people.Add(await RoomClient.JoinAsync(site, name));
        }

        var seen = people[^1].Self.GetProperty("people").EnumerateArray().ToList();
        Assert.All(seen, person => Assert.True(person.GetProperty("showTag").GetBoolean()));
        Assert.Equal(4, seen.Select(person => person.GetProperty("tag").GetString()).Distinct().Count());
        await people[0].SayAsync("k1", "who am I?");
        Assert.True((await people[1].NextAsync("chat")).GetProperty("from").GetProperty("showTag").GetBoolean());
        people.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task A_rename_is_a_line_with_both_names_and_what_was_said_keeps_its_own()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await ann.SaidAsync("k1", "x");
        for (var i = 1; i <= 6; i++)
        {
            await ann.SendAsync(new { type = "rename", cid = $"n{i}", name = $"Anna the {i}." });
        }

        var refused = await ann.NextAsync("error");
        Assert.Equal(("rate_limited", "n6"), (refused.GetProperty("code").GetString(), refused.GetProperty("cid").GetString()));
        Assert.InRange(refused.GetProperty("retryMs").GetInt32(), 500_000, 600_000);
        var line = await bob.LineAsync("rename");
        Assert.Equal(("Ann", "Anna the 1."), (line.GetProperty("was").GetString(), line.GetProperty("name").GetString()));
        await bob.SendAsync(new { type = "history", limit = 10 });
        Assert.Equal("Ann", (await bob.NextAsync("history")).GetProperty("messages")[0].GetProperty("from").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Who_joins_again_before_the_welcome_has_come_is_one_person()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Guest 1");
        await ann.Socket.SendTextAsync("""{"type":"join","name":"Ann"}""");
        var welcome = await ann.NextAsync("welcome");
        Assert.Equal(ann.User, welcome.GetProperty("you").GetProperty("user").GetString());
        Assert.Equal("Ann", welcome.GetProperty("people").EnumerateArray().Single().GetProperty("name").GetString());
    }

    [Fact]
    public async Task Another_persons_id_is_no_key_and_a_key_is_never_told_to_others()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await bob.Socket.SendAsync(new { type = "chat", cid = "k1", body = "I am Ann", user = ann.User, from = new { user = ann.User, name = "Ann" } });
        Assert.Equal(bob.User, (await ann.NextAsync("chat")).GetProperty("from").GetProperty("user").GetString());
        using var thief = await RoomClient.JoinAsync(site, "Ann", key: ann.User);
        Assert.NotEqual(ann.User, thief.User);
        await ann.SaidAsync("k2", "x");
        Assert.DoesNotContain(await bob.UntilNowAsync(), told => told.GetRawText().Contains(ann.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_tabs_are_one_person_on_two_pages_and_both_hear_everything_once()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob", page: "/a?secret=1");
        using var tab = await RoomClient.JoinAsync(site, "Bob", bob.Key, page: "/b");
        var person = tab.Self.GetProperty("people").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Bob");
        Assert.Equal((2, """["/a","/b"]"""), (person.GetProperty("tabs").GetInt32(), person.GetProperty("pages").GetRawText()));
        await bob.SayAsync("k1", "x");
        Assert.Equal("k1", (await tab.NextAsync("chat")).GetProperty("cid").GetString());
        Assert.Single((await bob.UntilNowAsync()), told => told.GetProperty("type").GetString() == "chat");
    }

    [Fact]
    public async Task Who_comes_back_within_the_grace_was_never_gone_and_then_is()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        var bob = await RoomClient.JoinAsync(site, "Bob");
        await bob.UntilNowAsync(); // the room has set its alarm
        clock.Pass(TimeSpan.FromSeconds(1));
        await Seen(ann, "join");
        await EndAsync(site, bob);
        clock.Pass(TimeSpan.FromSeconds(9));
        bob = await RoomClient.JoinAsync(site, "Bob", bob.Key);
        await bob.UntilNowAsync();
        clock.Pass(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(await ann.UntilNowAsync(), told => told.GetProperty("type").GetString() == "presence");
        await EndAsync(site, bob);
        clock.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(bob.User, (await Seen(ann, "leave")).GetProperty("user").GetString());
    }

    [Fact]
    public async Task Idle_after_five_minutes_out_of_sight()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await bob.UntilNowAsync(); // the room has set its alarm
        clock.Pass(TimeSpan.FromSeconds(1));
        await Seen(ann, "join");
        await bob.SendAsync(new { type = "page", url = "/x", visible = false });
        await bob.UntilNowAsync();
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("active", (await Seen(ann, "change")).GetProperty("state").GetString());
        clock.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal("idle", (await Seen(ann, "change")).GetProperty("state").GetString());
        await bob.SendAsync(new { type = "page", url = "/x", visible = true });
        Assert.Equal("active", (await Seen(ann, "change")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Typing_ends_with_silence_and_is_in_no_history()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await ann.SendAsync(new { type = "typing", on = true });
        Assert.Equal((ann.User, true), await TypingAsync(bob));
        await ann.UntilNowAsync(); // the room has set its alarm
        clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((ann.User, false), await TypingAsync(bob));
        await bob.SendAsync(new { type = "history", limit = 10 });
        Assert.Equal(0, (await bob.NextAsync("history")).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_crowd_that_comes_at_once_is_a_few_frames_for_each()
    {
        await using var site = await TestSite.StartAsync();
        using var first = await RoomClient.JoinAsync(site, "First");
        var crowd = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => RoomClient.JoinAsync(site, $"Person {i}")));
        var (frames, seen) = (0, new HashSet<string>());
        while (seen.Count < 101)
        {
            var presence = await first.NextAsync("presence");
            frames++;
            seen.UnionWith(presence.GetProperty("join").EnumerateArray().Select(person => person.GetProperty("user").GetString()!));
        }

        Assert.InRange(frames, 1, 15); // one a second, however slow the machine is
        Assert.Contains(crowd[50].User, seen);
        foreach (var one in crowd)
        {
            one.Dispose();
        }
    }

    // The server has noticed that the socket is over.
    private static async Task EndAsync(TestSite site, RoomClient client)
    {
        var before = site.Server.SocketCount;
        client.Dispose();
        await Retry.UntilAsync(() => Task.FromResult(site.Server.SocketCount), count => count == before - 1);
    }

    private static async Task<(string?, bool)> TypingAsync(RoomClient client) =>
        await client.NextAsync("typing") is var typing ? (typing.GetProperty("user").GetString(), typing.GetProperty("on").GetBoolean()) : default;

    // The next presence that tells of others in this way.
    private static async Task<JsonElement> Seen(RoomClient client, string how)
    {
        while (true)
        {
            if ((await client.NextAsync("presence")).TryGetProperty(how, out var people)
                && people.EnumerateArray().FirstOrDefault(person => person.GetProperty("user").GetString() != client.User) is { ValueKind: JsonValueKind.Object } other)
            {
                return other;
            }
        }
    }
}

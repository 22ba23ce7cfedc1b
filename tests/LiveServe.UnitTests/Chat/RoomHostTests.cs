using System.Text.Json;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

/// <summary>What the host may, and nobody else.</summary>
public sealed class RoomHostTests
{
    private readonly TestRoom _room = new();

    [Theory]
    [InlineData("clear")]
    [InlineData("mute")]
    [InlineData("kick")]
    [InlineData("slow")]
    [InlineData("readonly")]
    [InlineData("anything")]
    public void Without_the_key_everything_is_forbidden_on_this_machine_too(string action)
    {
        var (bob, local) = (_room.Join("Bob"), _room.Open(local: true));
        _room.Say(bob, "k1");
        _room.Do(local, new Join("Local", null, null, null, "not-the-key"));
        Assert.False(local.Told[0].GetProperty("you").GetProperty("host").GetBoolean());
        var refused = Assert.Single(local.Take("error"));
        Assert.Equal(("forbidden", "hostKey"), (Text(refused, "code"), Text(refused, "field")));
        _room.Do(local, new HostCommand("h1", action, bob.User, true, 1000));
        refused = Assert.Single(local.Take("error"));
        Assert.Equal(("forbidden", "h1"), (Text(refused, "code"), Text(refused, "cid")));
        Assert.Equal(1, _room.Room.State.Head);
        Assert.Null(bob.ClosedWith);
    }

    [Fact]
    public void The_key_makes_all_tabs_of_a_browser_the_host_and_everybody_sees_who_it_is()
    {
        var (bob, host) = (_room.Join("Bob"), _room.Join("Teach", host: true));
        Assert.True(host.Self.GetProperty("you").GetProperty("host").GetBoolean());
        var tab = _room.Join("Teach", host.Key);
        Assert.True(tab.Self.GetProperty("you").GetProperty("host").GetBoolean());
        _room.Pass(2000);
        var seen = bob.Take("presence").SelectMany(told => told.EnumerateObject().Where(part => part.Name != "type").SelectMany(part => part.Value.EnumerateArray())).Last(one => Text(one, "name") == "Teach");
        Assert.Equal((true, true), (seen.GetProperty("host").GetBoolean(), seen.GetProperty("showTag").GetBoolean()));
    }

    [Fact]
    public void Clearing_begins_a_new_epoch_for_everybody()
    {
        var (bob, host) = (_room.Join("Bob"), _room.Join("Teach", host: true));
        _room.Say(bob, "k1");
        var before = _room.Room.State.Epoch;
        Do(host, "clear");
        var told = bob.Told.Single(message => Text(message, "type") == "reset");
        Assert.Equal("epoch", Text(told, "reason"));
        Assert.Equal((_room.Room.State.Epoch, 0), (Text(told.GetProperty("room"), "epoch"), told.GetProperty("room").GetProperty("head").GetInt32()));
        Assert.NotEqual(before, _room.Room.State.Epoch);
        _room.Do(bob, new HistoryRequest(null, null, 10));
        Assert.Empty(bob.Take("history")[0].GetProperty("messages").EnumerateArray());
        _room.Say(bob, "k1", "again");
        Assert.Equal(("again", 1), (Text(bob.Told[^1], "body"), bob.Told[^1].GetProperty("seq").GetInt32()));
    }

    [Fact]
    public void Who_is_muted_neither_writes_nor_types_nor_renames_until_it_ends()
    {
        var (bob, host) = (_room.Join("Bob"), _room.Join("Teach", host: true));
        var tab = _room.Join("Bob", bob.Key);
        Do(host, "mute", bob.User);
        host.Take("");
        _room.Say(tab, "k1");
        Assert.Equal("muted", tab.Error());
        _room.Do(bob, new Rename("n1", "Rob"));
        Assert.Equal("muted", bob.Error());
        _room.Do(bob, new TypingNotice(true));
        _room.Room.Problem(bob, "a.js", "read this", _room.Now);
        Assert.DoesNotContain(host.Told, told => Text(told, "type") is "typing" or "chat" || Text(told, "kind") == "problem");
        _room.Room.Leave(bob, _room.Now);
        _room.Room.Leave(tab, _room.Now);
        _room.Pass(3_600_000);
        bob = _room.Join("Bob", bob.Key);
        _room.Say(bob, "k2");
        Assert.Equal("muted", bob.Error()); // coming back does not lift it
        Do(host, "mute", bob.User, on: false);
        _room.Say(bob, "k3");
        Assert.Single(bob.Take("chat"));
    }

    [Fact]
    public void Who_is_sent_out_is_gone_at_once_with_all_tabs_and_for_ten_minutes()
    {
        var (bob, host) = (_room.Join("Bob"), _room.Join("Teach", host: true));
        var tab = _room.Join("Bob", bob.Key);
        _room.Pass(5000);
        host.Take("presence");
        Do(host, "kick", bob.User);
        Assert.Equal((4103, 4103), (bob.ClosedWith, tab.ClosedWith));
        Assert.Equal(bob.User, Text(host.Take("presence")[0].GetProperty("leave")[0], "user"));
        var again = _room.Open();
        _room.Do(again, new Join("Bob", bob.Key, null, null, null));
        var refused = Assert.Single(again.Take("error"));
        Assert.Equal(("forbidden", 600_000), (Text(refused, "code"), refused.GetProperty("retryMs").GetInt32()));
        _room.Pass(600_000);
        _room.Do(again, new Join("Bob", bob.Key, null, null, null));
        Assert.Equal("welcome", Text(again.Told[0], "type"));
    }

    [Fact]
    public void Slow_mode_is_for_everybody_but_the_host_and_whoever_comes_is_told()
    {
        var (bob, host) = (_room.Join("Bob"), _room.Join("Teach", host: true));
        Do(host, "slow", ms: 5000);
        Assert.Equal("""{"readOnly":false,"slowMs":5000}""", bob.Take("event")[^1].GetProperty("rules").GetRawText());
        Assert.Equal(5000, _room.Join("Cem").Self.GetProperty("rules").GetProperty("slowMs").GetInt32());
        for (var i = 0; i < 3; i++)
        {
            _room.Say(host, $"h{i}");
            _room.Say(bob, $"k{i}");
            _room.Pass(1000);
        }

        var refused = bob.Told.Where(told => Text(told, "type") == "error").ToList();
        Assert.Equal([4000, 3000], refused.Select(error => error.GetProperty("retryMs").GetInt32()));
        Assert.Equal(4, bob.Take("chat").Count);
        Do(host, "slow");
        _room.Say(bob, "k9");
        Assert.Null(bob.Error());
    }

    [Fact]
    public void Read_only_is_for_everybody_but_the_host()
    {
        var (bob, host) = (_room.Join("Bob"), _room.Join("Teach", host: true));
        Do(host, "readonly");
        Assert.True(bob.Take("event")[^1].GetProperty("rules").GetProperty("readOnly").GetBoolean());
        _room.Say(bob, "k1");
        Assert.Equal("read_only", bob.Error());
        _room.Say(host, "h1");
        Assert.Single(bob.Take("chat"));
        Do(host, "readonly", on: false);
        _room.Say(bob, "k2");
        Assert.Null(bob.Error());
    }

    [Theory]
    [InlineData("mute", "nobody", 0, "unknown_target")]
    [InlineData("kick", null, 0, "unknown_target")]
    [InlineData("kick", "self", 0, "forbidden")]
    [InlineData("mute", "self", 0, "forbidden")]
    [InlineData("slow", null, -1, "too_long")]
    [InlineData("slow", null, 600_001, "too_long")]
    [InlineData("explode", null, 0, "bad_type")]
    [InlineData("__proto__", null, 0, "bad_type")]
    public void Mistakes_of_the_host_have_names(string action, string? user, long ms, string code)
    {
        var host = _room.Join("Teach", host: true);
        Do(host, action, user == "self" ? host.User : user, ms: ms);
        Assert.Equal(code, host.Error());
    }

    [Fact]
    public void The_fold_of_saves_is_told_to_who_is_there_and_has_no_number()
    {
        var ann = _room.Join("Ann");
        _room.Pass(5000);
        ann.Take("presence");
        for (var i = 0; i < 50; i++)
        {
            _room.Room.Saved([$"f{i}.css"], _room.Now);
            _room.Pass(20);
        }

        _room.Pass(5000);
        Assert.Equal([(0, "f0.css"), (48, "f49.css")], ann.Take("event").Select(line => (line.TryGetProperty("count", out var count) ? count.GetInt32() : 0, Text(line, "path"))));
        Assert.Equal(0, _room.Room.State.Head);
    }

    [Fact]
    public void A_page_on_another_machine_that_is_not_in_the_room_tells_the_room_nothing()
    {
        var ann = _room.Join("Ann");
        _room.Pass(5000);
        ann.Take("presence");
        _room.Room.Problem(_room.Open(), "a.js", "read this", _room.Now);
        Assert.Empty(ann.Told);
        _room.Room.Problem(_room.Open(local: true), "a.js", "boom", _room.Now);
        Assert.Equal(("problem", "a.js", "boom"), (Text(ann.Told[0], "kind"), Text(ann.Told[0], "path"), Text(ann.Told[0], "text")));
    }

    private void Do(FakeClient host, string action, string? user = null, bool on = true, long ms = 0) => _room.Do(host, new HostCommand("h", action, user, on, ms));

    private static string? Text(JsonElement message, string field) => message.TryGetProperty(field, out var value) ? value.GetString() : null;
}

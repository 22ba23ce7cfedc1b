using System.Text.Json;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

/// <summary>Who is here, on which page, under which name.</summary>
public sealed class RoomPeopleTests
{
    private readonly TestRoom _room = new();

    [Fact]
    public void A_reload_within_the_grace_is_seen_by_nobody()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob", page: "/a"));
        _room.Pass(5000);
        ann.Take("presence");
        _room.Room.Leave(bob, _room.Now);
        _room.Pass(9_000);
        _room.Join("Bob", bob.Key, "/a");
        _room.Pass(60_000);
        Assert.Empty(ann.Told);
    }

    [Fact]
    public void After_the_grace_the_person_is_gone()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        _room.Pass(5000);
        ann.Take("presence");
        _room.Room.Leave(bob, _room.Now);
        _room.Pass(9_999);
        Assert.Empty(ann.Told);
        _room.Pass(1);
        Assert.Equal(bob.User, Assert.Single(ann.Told, message => Text(message, "type") == "presence").GetProperty("leave")[0].GetProperty("user").GetString());
        var line = Assert.Single(ann.Take("event"));
        Assert.Equal(("leave", "Bob"), (Text(line, "kind"), Text(line, "text")));
    }

    [Fact]
    public void Two_tabs_are_one_person_on_two_pages_and_what_one_sends_both_get()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob", page: "/a?token=secret"));
        var tab = _room.Join("Bob", bob.Key, "/b#part");
        _room.Pass(2000);
        var person = Persons(ann).Single(one => Text(one, "name") == "Bob");
        Assert.Equal((2, """["/a","/b#part"]"""), (person.GetProperty("tabs").GetInt32(), person.GetProperty("pages").GetRawText()));
        _room.Say(tab, "k1");
        Assert.Equal("k1", Text(Assert.Single(bob.Take("chat")), "cid"));
        Assert.Equal("k1", Text(Assert.Single(tab.Take("chat")), "cid"));
        _room.Room.Leave(bob, _room.Now);
        _room.Pass(20_000);
        person = Assert.Single(ann.Take("presence")).GetProperty("change")[0];
        Assert.Equal((1, """["/b#part"]"""), (person.GetProperty("tabs").GetInt32(), person.GetProperty("pages").GetRawText()));
    }

    [Fact]
    public void Who_goes_to_another_page_is_told_within_a_second_and_at_most_once_a_second()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        _room.Pass(5000);
        ann.Take("presence");
        for (var i = 0; i < 50; i++)
        {
            _room.Do(bob, new PageShown($"/p{i}", Visible: true));
            _room.Pass(20);
        }

        Assert.InRange(ann.Told.Count, 1, 2);
        _room.Pass(1000);
        Assert.Equal("""["/p49"]""", ann.Take("presence")[^1].GetProperty("change")[0].GetProperty("pages").GetRawText());
    }

    [Fact]
    public void Idle_after_five_minutes_out_of_sight_and_active_when_seen_again()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        var tab = _room.Join("Bob", bob.Key);
        _room.Pass(5000);
        _room.Do(bob, new PageShown(null, Visible: false));
        _room.Pass(2000);
        _room.Do(tab, new PageShown(null, Visible: false));
        _room.Pass(299_000);
        ann.Take("presence");
        _room.Pass(1000);
        Assert.Equal("idle", Text(Assert.Single(ann.Take("presence")).GetProperty("change")[0], "state"));
        _room.Pass(60_000);
        Assert.Empty(ann.Told);
        _room.Do(bob, new PageShown(null, Visible: true));
        Assert.Equal("active", Text(Assert.Single(ann.Take("presence")).GetProperty("change")[0], "state"));
    }

    [Fact]
    public void What_a_client_hears_of_a_crowd_grows_with_the_crowd_and_not_with_its_square()
    {
        var (few, many) = (Crowd(25), Crowd(100));
        Assert.InRange(many.Frames, 1, 4);
        Assert.InRange((double)many.Bytes / few.Bytes, 1, 6); // four times the people
    }

    [Fact]
    public void Who_could_not_take_a_change_gets_the_whole_later()
    {
        var (ann, slow) = (_room.Join("Ann"), _room.Join("Slow"));
        _room.Pass(5000);
        slow.Take("presence");
        slow.IsFarBehind = true;
        var bob = _room.Join("Bob");
        _room.Pass(3000);
        Assert.Empty(slow.Told);
        slow.IsFarBehind = false;
        _room.Pass(1000);
        var full = Assert.Single(slow.Take("presence")).GetProperty("full");
        Assert.Equal([ann.User, slow.User, bob.User], full.EnumerateArray().Select(one => Text(one, "user")));
        _room.Pass(5000);
        Assert.Empty(slow.Told);
    }

    [Fact]
    public void Names_that_look_alike_show_their_tags_and_the_tags_differ()
    {
        string[] names = ["Ann", "ann", "\u0410nn", "Ａｎｎ"];
        var all = names.Select(name => _room.Join(name)).ToList();
        var bob = _room.Join("Bob");
        _room.Pass(5000);
        var people = Persons(_room.Join("Cem"), fresh: false);
        Assert.Equal(4, people.Count(one => one.TryGetProperty("showTag", out var show) && show.GetBoolean()));
        Assert.Equal(6, people.Select(one => Text(one, "tag")).Distinct().Count());
        Assert.Contains(all[0].Take("presence"), told => told.GetRawText().Contains("showTag", StringComparison.Ordinal)); // the first of them hears of it later
        _room.Say(all[0], "k1");
        Assert.True(bob.Take("chat")[0].GetProperty("from").GetProperty("showTag").GetBoolean());
        _room.Say(bob, "k1");
        Assert.False(bob.Take("chat")[0].GetProperty("from").TryGetProperty("showTag", out _));
    }

    [Fact]
    public void A_name_that_somebody_has_left_behind_is_still_not_another_persons()
    {
        var ann = _room.Join("Ann");
        _room.Say(ann, "k1");
        _room.Room.Leave(ann, _room.Now);
        _room.Pass(60_000);
        var other = _room.Join("ANN");
        Assert.True(other.Self.GetProperty("you").GetProperty("showTag").GetBoolean());
    }

    [Fact]
    public void A_rename_shows_the_old_name_and_the_sixth_in_ten_minutes_is_refused()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        _room.Say(ann, "k1");
        for (var i = 1; i <= 6; i++)
        {
            _room.Do(ann, new Rename($"n{i}", $"Ann the {i}."));
        }

        var error = Assert.Single(ann.Take("error"));
        Assert.Equal(("rate_limited", "n6", 600_000), (Text(error, "code"), Text(error, "cid"), error.GetProperty("retryMs").GetInt32()));
        var renames = bob.Told.Where(told => Text(told, "kind") == "rename").ToList();
        Assert.Equal(5, renames.Count);
        Assert.Equal((ann.User, "Ann", "Ann the 1.", "Ann → Ann the 1."), (Text(renames[0], "user"), Text(renames[0], "was"), Text(renames[0], "name"), Text(renames[0], "text")));
        _room.Do(bob, new HistoryRequest(null, null, 10));
        Assert.Equal("Ann", Text(bob.Take("history")[0].GetProperty("messages")[0].GetProperty("from"), "name")); // said under that name
        _room.Pass(600_000);
        _room.Do(ann, new Rename("n7", "Anna"));
        Assert.Null(ann.Error());
    }

    [Fact]
    public void Coming_in_again_is_no_way_round_the_limit_of_names()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        for (var i = 0; i < 20; i++)
        {
            _room.Do(ann, new Join($"Ann {i}", ann.Key, null, null, null));
        }

        Assert.Equal(5, bob.Take("event").Count(told => Text(told, "kind") == "rename"));
    }

    [Fact]
    public void Typing_is_told_once_in_three_seconds_and_ends_by_silence_or_a_message()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        _room.Pass(5000);
        bob.Take("presence");
        for (var i = 0; i < 10; i++)
        {
            _room.Do(ann, new TypingNotice(true));
        }

        Assert.True(Assert.Single(bob.Take("typing")).GetProperty("on").GetBoolean());
        Assert.Empty(ann.Take("typing"));
        _room.Pass(5999);
        Assert.Empty(bob.Told);
        _room.Pass(1);
        Assert.False(Assert.Single(bob.Take("typing")).GetProperty("on").GetBoolean());
        _room.Do(ann, new TypingNotice(true));
        _room.Do(ann, new TypingNotice(false));
        _room.Do(ann, new TypingNotice(false));
        Assert.Equal([true, false], bob.Take("typing").Select(told => told.GetProperty("on").GetBoolean()));
        _room.Pass(3000);
        _room.Do(ann, new TypingNotice(true));
        _room.Say(ann, "k1");
        bob.Take("chat");
        _room.Pass(60_000);
        Assert.Empty(bob.Told);
        Assert.Equal(1, _room.Room.State.Head); // typing has no number
    }

    [Fact]
    public void Nobody_is_who_they_say_but_who_their_key_says()
    {
        var ann = _room.Join("Ann");
        var bob = _room.Join("Bob");
        var thief = _room.Join("Ann", key: ann.User); // a public id is no secret
        Assert.NotEqual(ann.User, thief.User);
        _room.Say(ann, "k1");
        _room.Pass(20_000);
        Assert.DoesNotContain(bob.Told, told => told.GetRawText().Contains(ann.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("' OR 1=1 --00000000000000000000'")]
    public void A_key_that_is_none_of_ours_is_replaced(string key) => Assert.Matches("^[0-9a-f]{32}$", _room.Join("Ann", key).Key is var used && used != key ? used : "");

    [Fact]
    public void The_same_key_is_the_same_person_after_a_restart_too()
    {
        var ann = _room.Join("Ann");
        Assert.Equal(ann.User, new TestRoom().Join("Ann", ann.Key).User);
    }

    [Fact]
    public void Rooms_fill_up_politely_and_empty_again()
    {
        var all = new List<FakeClient>();
        for (var i = 0; i < 300; i++)
        {
            var client = _room.Open();
            _room.Do(client, new Join($"Person {i % 100}", i < 100 ? null : all[i % 100].Key, null, null, null));
            if (client.Told[0].GetProperty("type").GetString() == "welcome")
            {
                client.Welcome();
            }

            all.Add(client);
        }

        Assert.Equal(256, all.Count(client => client.Self.ValueKind == JsonValueKind.Object));
        Assert.Equal(("busy", 10_000), (Text(all[^1].Told[0], "code"), all[^1].Told[0].GetProperty("retryMs").GetInt32()));
        _room.Room.Leave(all[0], _room.Now);
        all[^1].Take("error");
        _room.Do(all[^1], new Join("Late", null, null, null, null));
        Assert.Equal("welcome", Text(all[^1].Told[0], "type"));
    }

    [Fact]
    public void Sixteen_tabs_and_a_hundred_and_twenty_eight_people()
    {
        var first = _room.Join("Person 0");
        for (var i = 1; i < 16; i++)
        {
            _room.Join("Person 0", first.Key);
        }

        var tab = _room.Open();
        _room.Do(tab, new Join("Person 0", first.Key, null, null, null));
        Assert.Equal("busy", tab.Error());
        for (var i = 1; i < 128; i++)
        {
            _room.Join($"Person {i}");
        }

        _room.Do(tab, new Join("One more", null, null, null, null));
        Assert.Equal("busy", tab.Error());
    }

    [Fact]
    public void Coming_and_going_a_thousand_times_leaves_nobody_behind()
    {
        var ann = _room.Join("Ann");
        for (var i = 0; i < 1000; i++)
        {
            var client = _room.Open();
            _room.Do(client, new Join($"Visitor {i}", null, null, null, null));
            _room.Room.Leave(client, _room.Now);
            _room.Pass(10);
        }

        _room.Pass(20_000);
        Assert.Single(Persons(_room.Join("Ann", ann.Key), fresh: false));
        _room.Pass(1000);
        Assert.Null(_room.Room.Due()); // nothing to wake up for
    }

    private static (int Frames, int Bytes) Crowd(int size)
    {
        var room = new TestRoom();
        var first = room.Join("First");
        var bytes = first.Bytes;
        for (var i = 0; i < size; i++)
        {
            room.Join($"Person number {i}", page: "/index.html");
            room.Pass(1000 / size);
        }

        room.Pass(1000);
        return (first.Told.Count(told => Text(told, "type") == "presence"), first.Bytes - bytes);
    }

    // What somebody has been told of the people so far: at the welcome, or since.
    private static List<JsonElement> Persons(FakeClient client, bool fresh = true) => fresh
        ? [.. client.Take("presence").SelectMany(told => told.EnumerateObject().Where(part => part.Name != "type").SelectMany(part => part.Value.EnumerateArray()))]
        : [.. client.Self.GetProperty("people").EnumerateArray()];

    private static string? Text(JsonElement message, string field) => message.TryGetProperty(field, out var value) ? value.GetString() : null;
}

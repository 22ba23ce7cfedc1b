using System.Text.Json;
using LiveServe.Chat;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

/// <summary>Saying, answering, changing and taking back.</summary>
public sealed class RoomWritingTests
{
    private readonly TestRoom _room = new();

    [Fact]
    public void An_edit_within_five_minutes_has_its_own_number_and_who_did_it()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        var id = Say(ann, "k1", "helo");
        _room.Clock.Time += TimeSpan.FromMinutes(5);
        Do(ann, new Edit("k2", id, "hello\r\n"));
        var own = Assert.Single(ann.Take("edited"));
        var other = Assert.Single(bob.Take("edited"));
        Assert.Equal((2, id, "hello\n", "k2"), (own.GetProperty("seq").GetInt64(), own.GetProperty("target").GetString(), own.GetProperty("body").GetString(), own.GetProperty("cid").GetString()));
        Assert.False(other.TryGetProperty("cid", out _));
        Assert.Equal("Ann", other.GetProperty("by").GetProperty("name").GetString());
        Do(ann, new Edit("k2", id, "again"));
        Assert.Equal("hello\n", Assert.Single(ann.Take("edited")).GetProperty("body").GetString()); // the same cid is the same edit
        Assert.Empty(bob.Take("edited"));
    }

    [Fact]
    public void After_five_minutes_and_of_others_nothing_is_changed_but_by_the_host()
    {
        var (ann, bob, host) = (_room.Join("Ann"), _room.Join("Bob"), _room.Join("Teach", host: true));
        var id = Say(ann, "k1", "x");
        Do(bob, new Edit("b1", id, "mine now"));
        Assert.Equal("forbidden", bob.Error());
        Do(bob, new Delete("b2", id));
        Assert.Equal("forbidden", bob.Error());
        _room.Clock.Time += TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1);
        Do(ann, new Edit("a2", id, "late"));
        Assert.Equal("forbidden", ann.Error());
        Do(ann, new Delete("a3", id));
        Assert.Equal("forbidden", ann.Error());
        Do(host, new Edit("h1", id, "[removed]"));
        Do(host, new Delete("h2", id));
        Assert.Equal("Teach", Assert.Single(ann.Take("deleted")).GetProperty("by").GetProperty("name").GetString());
    }

    [Fact]
    public void What_is_deleted_is_answered_but_not_changed_any_more()
    {
        var ann = _room.Join("Ann");
        var id = Say(ann, "k1", "secret");
        Do(ann, new Delete("k2", id));
        Assert.Single(ann.Take("deleted"));
        Do(ann, new Edit("k3", id, "x"));
        Assert.Equal("unknown_target", ann.Error());
        Do(ann, new Delete("k4", id));
        Assert.Equal("unknown_target", ann.Error());
        Do(ann, new Say("k5", "about that", "text", null, id, null, null, null));
        Assert.Equal(id, Assert.Single(ann.Take("chat")).GetProperty("replyTo").GetString());
        Do(ann, new HistoryRequest(null, null, 10));
        var page = Assert.Single(ann.Take("history")).GetProperty("messages");
        Assert.Equal("", page[0].GetProperty("body").GetString());
        Assert.True(page[0].TryGetProperty("deleted", out _));
        Assert.DoesNotContain("secret", page.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-1")]
    [InlineData("")]
    [InlineData("__proto__")]
    public void An_answer_to_nothing_is_refused(string target)
    {
        var ann = _room.Join("Ann");
        Do(ann, new Say("k1", "x", "text", null, target, null, null, null));
        var error = Assert.Single(ann.Take("error"));
        Assert.Equal(("unknown_target", "replyTo", "k1"), (Text(error, "code"), Text(error, "field"), Text(error, "cid")));
    }

    [Fact]
    public void Code_keeps_its_language_and_a_place_is_checked()
    {
        var ann = _room.Join("Ann");
        Do(ann, new Say("k1", "\tif (a) {\r\n\t}\n", "code", "c#", null, new("css/site.css", 14, 2), new("#a", "text", [1, 2, 3, 4]), "/a?b=secret#c"));
        var said = Assert.Single(ann.Take("chat"));
        Assert.Equal(("\tif (a) {\n\t}\n", "code", "c#", "/a#c"), (Text(said, "body"), Text(said, "format"), Text(said, "lang"), Text(said, "page")));
        Assert.Equal("""{"file":"css/site.css","line":14,"col":2}""", said.GetProperty("ref").GetRawText());
        Assert.Equal("""{"selector":"#a","text":"text","box":[1,2,3,4]}""", said.GetProperty("pin").GetRawText());
        Do(ann, new Say("k2", "x", "text", null, null, new("../../secret.txt", 1, null), null, null));
        Assert.Equal("unknown_target", ann.Error());
    }

    [Fact]
    public void One_cid_is_one_message_for_one_person()
    {
        var (ann, bob) = (_room.Join("Ann"), _room.Join("Bob"));
        for (var i = 0; i < 30; i++)
        {
            _room.Say(ann, "k1"); // more often than the limit: said already is free
        }

        _room.Say(bob, "k1");
        Assert.Equal([.. Enumerable.Repeat(1L, 30), 2], ann.Take("chat").Select(said => said.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public void What_cannot_be_kept_is_seen_by_nobody_and_the_room_goes_on()
    {
        var log = new FullDisk();
        var room = new TestRoom(log);
        var (ann, bob) = (room.Join("Ann"), room.Join("Bob"));
        log.IsFull = true;
        room.Say(ann, "k1", "lost");
        var error = Assert.Single(ann.Take("error"));
        Assert.Equal(("storage_failed", "k1", 10_000), (Text(error, "code"), Text(error, "cid"), error.GetProperty("retryMs").GetInt32()));
        Assert.Empty(bob.Take("chat"));
        log.IsFull = false;
        room.Say(ann, "k1", "kept");
        Assert.Equal(1, Assert.Single(bob.Take("chat")).GetProperty("seq").GetInt64());
        Assert.Equal("k1", Text(Assert.Single(ann.Take("chat")), "cid"));
    }

    [Fact]
    public void A_clock_that_is_set_back_changes_no_order()
    {
        var ann = _room.Join("Ann");
        Say(ann, "k1", "first");
        _room.Clock.Time -= TimeSpan.FromHours(1);
        Say(ann, "k2", "second");
        Do(ann, new HistoryRequest(null, null, 10));
        Assert.Equal(["first", "second"], Assert.Single(ann.Take("history")).GetProperty("messages").EnumerateArray().Select(said => Text(said, "body")));
    }

    [Fact]
    public void What_is_missed_comes_whole_or_not_at_all()
    {
        var (ann, epoch) = (_room.Join("Ann"), _room.Room.State.Epoch);
        var bob = _room.Join("Bob");
        _room.Room.Leave(bob, _room.Now);
        for (var i = 0; i < 30; i++)
        {
            _room.Say(ann, $"k{i}");
            _room.Pass(1000);
        }

        Assert.Equal((true, 30), Resume(bob.Key, new(epoch, 0), out var told));
        Assert.Equal(Enumerable.Range(1, 30), told.Select(said => said.GetProperty("seq").GetInt32()));
        Assert.Equal((true, 0), Resume(bob.Key, new(epoch, 30), out _));
        Assert.Equal((false, 0), Resume(bob.Key, new(epoch, 31), out told));
        Assert.Equal("too_old", Text(Assert.Single(told), "reason"));
        Assert.Equal((false, 0), Resume(bob.Key, new(epoch, -1), out told));
        Assert.Equal("too_old", Text(Assert.Single(told), "reason"));
        Assert.Equal((false, 0), Resume(bob.Key, new("other", 0), out told));
        Assert.Equal(("epoch", epoch, 30), (Text(told[0], "reason"), Text(told[0].GetProperty("room"), "epoch"), told[0].GetProperty("room").GetProperty("head").GetInt32()));
    }

    [Fact]
    public void Too_much_to_be_sent_at_once_is_a_reset_and_a_page_is_cut_to_what_a_queue_holds()
    {
        var (ann, epoch) = (_room.Join("Ann"), _room.Room.State.Epoch);
        for (var i = 0; i < 201; i++)
        {
            _room.Say(ann, $"k{i}");
            _room.Pass(1000);
        }

        Assert.Equal((true, 200), Resume(null, new(epoch, 1), out _));
        Assert.Equal((false, 0), Resume(null, new(epoch, 0), out var told));
        Assert.Equal("overflow", Text(Assert.Single(told), "reason"));
        for (var i = 0; i < 40; i++)
        {
            Do(ann, new Say($"c{i}", new string('x', 32 * 1024), "code", null, null, null, null, null));
            _room.Pass(1000);
        }

        Assert.Equal((false, 0), Resume(null, new(epoch, 201), out told));
        Assert.Equal("overflow", Text(Assert.Single(told), "reason"));
        ann.Take("chat");
        Do(ann, new HistoryRequest(null, null, 40));
        var page = Assert.Single(ann.Take("history"));
        var seqs = page.GetProperty("messages").EnumerateArray().Select(said => said.GetProperty("seq").GetInt32()).ToList();
        Assert.Equal(241, seqs[^1]);
        Assert.InRange(seqs.Count, 10, 16);
        Assert.True(page.GetProperty("more").GetBoolean());
        Do(ann, new HistoryRequest(null, 201, 40));
        Assert.Equal(202, Assert.Single(ann.Take("history")).GetProperty("messages")[0].GetProperty("seq").GetInt32());
    }

    [Fact]
    public void Without_a_history_nothing_said_before_is_offered()
    {
        var room = new TestRoom(new NoHistory());
        var ann = room.Join("Ann");
        room.Say(ann, "k1");
        room.Say(ann, "k1");
        Assert.Equal([1, 1], ann.Take("chat").Select(said => said.GetProperty("seq").GetInt32()));
        room.Do(ann, new HistoryRequest(null, null, 10));
        Assert.Equal("history_gone", ann.Error());
        room.Do(ann, new HistoryRequest(null, 0, 10));
        Assert.Equal("history_gone", ann.Error());
        room.Do(ann, new Edit("k2", $"{room.Room.State.Epoch}-1", "y"));
        Assert.Single(ann.Take("edited"));
    }

    [Fact]
    public void Reading_is_limited()
    {
        var ann = _room.Join("Ann");
        for (var i = 0; i < 6; i++)
        {
            Do(ann, new HistoryRequest(null, null, 10));
        }

        var error = Assert.Single(ann.Told, message => Text(message, "type") == "error");
        Assert.Equal(("rate_limited", 200), (Text(error, "code"), error.GetProperty("retryMs").GetInt32()));
    }

    private (bool Recovered, int Missed) Resume(string? key, ResumePoint point, out List<JsonElement> told)
    {
        var client = _room.Open();
        Do(client, new Join("Bob", key, point, null, null));
        var welcome = client.Told[0];
        told = [.. client.Told.Skip(1).Where(message => Text(message, "type") is "chat" or "reset")];
        _room.Room.Leave(client, _room.Now);
        _room.Pass(1000);
        return (welcome.GetProperty("recovered").GetBoolean(), welcome.GetProperty("missed").GetInt32());
    }

    private string Say(FakeClient client, string cid, string body)
    {
        _room.Say(client, cid, body);
        return Text(Assert.Single(client.Take("chat")), "id")!;
    }

    private void Do(FakeClient client, RoomRequest request) => _room.Do(client, request);

    private static string? Text(JsonElement message, string field) => message.TryGetProperty(field, out var value) ? value.GetString() : null;

    /// <summary>A log whose disk can be full.</summary>
    private sealed class FullDisk : IRoomLog
    {
        private readonly MemoryRoomLog _log = new();

        public bool IsFull { get; set; }

        public string Epoch => _log.Epoch;

        public long Head => _log.Head;

        public long Oldest => _log.Oldest;

        public void Append(RoomMessage message)
        {
            if (IsFull)
            {
                throw new RoomLogException("The disk is full.");
            }

            _log.Append(message);
        }

        public IReadOnlyList<RoomMessage>? Since(long after) => _log.Since(after);

        public IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more) => _log.Before(before, limit, out more);

        public IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more) => _log.After(after, limit, out more);

        public ChatMessage? Find(string id) => _log.Find(id);

        public RoomMessage? Find(string user, string cid) => _log.Find(user, cid);

        public Author? Person(string key) => _log.Person(key);

        public void Remember(string key, Author person) => _log.Remember(key, person);

        public void Clear() => _log.Clear();

        public void Dispose() => _log.Dispose();
    }
}

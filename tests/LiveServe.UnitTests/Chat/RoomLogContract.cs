using LiveServe.Chat;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

/// <summary>What the room relies on, whatever keeps its messages. A log's own tests derive from this.</summary>
public abstract class RoomLogContract
{
    private protected static readonly Author Ann = new("u1", "Ann", "7Q");
    private protected static readonly Author Bob = new("u2", "Bob", "K3");
    private protected static readonly DateTimeOffset Start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An empty log that keeps at least <paramref name="most"/> entries and at most a twentieth more, and none that is older than the newest by over 30 days.</summary>
    private protected abstract IRoomLog Create(int most);

    [Fact]
    public void A_new_log_is_empty_and_names_its_epoch()
    {
        using var log = Create(100);
        Assert.Equal(0, log.Head);
        Assert.Matches("^[!-~]{4,64}$", log.Epoch);
        Assert.Empty(log.Since(0)!);
        Assert.Empty(log.Before(long.MaxValue, 10, out var older)!);
        Assert.Empty(log.After(0, 10, out var newer)!);
        Assert.False(older || newer);
    }

    [Fact]
    public void A_message_is_found_by_its_id_and_by_its_senders_cid_whole()
    {
        using var log = Create(100);
        var whole = Chat(log, 1, Ann, "k1", "a \u0000\u2028 'quoted\"; DROP TABLE messages; --\ud83d\ude00") with
        {
            Format = "code", Lang = "c#", ReplyTo = $"{log.Epoch}-0", Ref = new("css/site.css", 14, null), Page = "/a#b",
            Pin = new("#a > b", "text", [1, 2.5, 3, 4]),
        };
        log.Append(whole);
        Same(whole, log.Find(whole.Id));
        Same(whole, log.Find("u1", "k1"));
        Same(whole, Assert.Single(log.Since(0)!));
        Same(whole, Assert.Single(log.Before(2, 10, out _)!));
        Same(whole, Assert.Single(log.After(0, 10, out _)!));
        Assert.Equal(1, log.Head);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("other-1")]
    [InlineData("{0}-")]
    [InlineData("{0}-0")]
    [InlineData("{0}-2")]
    [InlineData("{0}--1")]
    [InlineData("{0}-01")]
    [InlineData("{0}- 1")]
    [InlineData("{0}-1 ")]
    [InlineData("{0}-99999999999999999999")]
    [InlineData("{0}-1'--")]
    public void Another_id_finds_nothing(string id)
    {
        using var log = Create(100);
        log.Append(Chat(log, 1, Ann, "k1", "x"));
        Assert.Null(log.Find(id.Replace("{0}", log.Epoch, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cid_belongs_to_one_person_and_is_compared_exactly()
    {
        using var log = Create(100);
        log.Append(Chat(log, 1, Ann, "k1", "of Ann"));
        log.Append(Chat(log, 2, Bob, "k1", "of Bob"));
        Assert.Equal(1, log.Find("u1", "k1")!.Seq);
        Assert.Equal(2, log.Find("u2", "k1")!.Seq);
        Assert.Null(log.Find("u1", "K1"));
        Assert.Null(log.Find("U1", "k1"));
        Assert.Null(log.Find("u3", "k1"));
    }

    [Fact]
    public void An_edit_changes_what_is_read_and_has_a_number_of_its_own()
    {
        using var log = Create(100);
        var said = Chat(log, 1, Ann, "k1", "helo");
        log.Append(said);
        var edit = new EditedMessage(2, said.Id, "hello", Ann, Start.AddMinutes(1), "k2");
        log.Append(edit);
        var now = said with { Body = "hello", Edited = edit.At };
        Same(now, log.Find(said.Id));
        Same(now, Assert.Single(log.Before(long.MaxValue, 10, out _)!));
        Same(edit, log.Find("u1", "k2"));
        Same(edit, Assert.Single(log.Since(1)!));
        Assert.Equal([1L, 2], log.Since(0)!.Select(entry => entry.Seq));
        Assert.Null(log.Find($"{log.Epoch}-2")); // an edit is no message
    }

    [Fact]
    public void What_is_deleted_is_gone_and_its_mark_stays()
    {
        using var log = Create(100);
        var said = Chat(log, 1, Ann, "k1", "a secret");
        log.Append(said);
        log.Append(new EditedMessage(2, said.Id, "another secret", Ann, Start, "k2"));
        log.Append(new DeletedMessage(3, said.Id, Bob, Start.AddMinutes(2), "k3"));
        var mark = log.Find(said.Id)!;
        Assert.Equal(("", Start.AddMinutes(2)), (mark.Body, mark.Deleted));
        Assert.Equal(Ann, mark.From);
        Same(mark, Assert.Single(log.After(0, 10, out _)!));
        Assert.Equal([1L, 2, 3], log.Since(0)!.Select(entry => entry.Seq));
        Assert.IsType<DeletedMessage>(log.Find("u2", "k3"));
        RoomMessage[] all = [.. log.Since(0)!, log.Find("u1", "k1")!, log.Find("u1", "k2")!];
        Assert.All(all, entry => Assert.DoesNotContain("secret", Json(entry), StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_go_both_ways_and_pass_over_what_is_no_message()
    {
        using var log = Create(100);
        for (var seq = 1; seq <= 9; seq++)
        {
            log.Append(seq == 4 ? new EditedMessage(4, $"{log.Epoch}-1", "b", Ann, Start, "k4") : Chat(log, seq, Ann, $"k{seq}", "b"));
        }

        Assert.Equal(("7 8 9", true), Page(log.Before(long.MaxValue, 3, out var more), more));
        Assert.Equal(("3 5 6", true), Page(log.Before(7, 3, out more), more));
        Assert.Equal(("1 2", false), Page(log.Before(3, 3, out more), more));
        Assert.Equal(("1 2 3", false), Page(log.Before(4, 3, out more), more));
        Assert.Equal(("", false), Page(log.Before(1, 3, out more), more));
        Assert.Equal(("", false), Page(log.Before(-5, 3, out more), more));
        Assert.Equal(("1 2 3", true), Page(log.After(0, 3, out more), more));
        Assert.Equal(("5 6", true), Page(log.After(3, 2, out more), more));
        Assert.Equal(("8 9", false), Page(log.After(7, 2, out more), more));
        Assert.Equal(("", false), Page(log.After(9, 2, out more), more));
        Assert.Equal(("", false), Page(log.After(long.MaxValue - 1, 2, out more), more));
    }

    [Fact]
    public void What_was_dropped_is_said_to_be_gone_and_never_a_silent_gap()
    {
        using var log = Create(100);
        for (var seq = 1; seq <= 250; seq++)
        {
            log.Append(Chat(log, seq, Ann, $"k{seq}", "b"));
        }

        var kept = log.After(log.Head - 100, 1000, out _)!;
        Assert.Equal(100, kept.Count);
        Assert.Null(log.Since(0));
        Assert.Null(log.Since(144));
        Assert.Equal(100, log.Since(150)!.Count);
        Assert.Null(log.After(0, 10, out _));
        Assert.Null(log.Before(140, 10, out _));
        Assert.InRange(log.Before(long.MaxValue, 1000, out var more)!.Count, 100, 105);
        Assert.False(more);
        Assert.Null(log.Find($"{log.Epoch}-1"));
        Assert.Null(log.Find("u1", "k1"));
        Assert.NotNull(log.Find("u1", "k250"));
    }

    [Fact]
    public void After_thirty_days_it_is_dropped()
    {
        using var log = Create(100);
        log.Append(Chat(log, 1, Ann, "k1", "old") with { At = Start.AddDays(-31) });
        log.Append(Chat(log, 2, Ann, "k2", "new"));
        Assert.Null(log.Find($"{log.Epoch}-1"));
        Assert.Null(log.Since(0));
        Assert.Equal(2, Assert.Single(log.Since(1)!).Seq);
    }

    [Fact]
    public void A_change_of_what_was_dropped_changes_nothing_else()
    {
        using var log = Create(100);
        var old = Chat(log, 1, Ann, "k1", "old") with { At = Start.AddDays(-31) };
        log.Append(old);
        log.Append(Chat(log, 2, Ann, "k2", "new"));
        log.Append(new EditedMessage(3, old.Id, "changed", Ann, Start, "k3"));
        log.Append(new DeletedMessage(4, old.Id, Ann, Start, "k4"));
        Assert.Equal("new", Assert.Single(log.Before(long.MaxValue, 10, out _)!).Body);
        Assert.Equal(4, log.Head);
    }

    [Fact]
    public void A_clock_that_goes_back_changes_no_order_and_drops_nothing()
    {
        using var log = Create(100);
        log.Append(Chat(log, 1, Ann, "k1", "first") with { At = Start });
        log.Append(Chat(log, 2, Ann, "k2", "second") with { At = Start.AddHours(-1) });
        Assert.Equal(("1 2", false), Page(log.After(0, 10, out var more), more));
    }

    [Fact]
    public void People_are_known_by_their_secret_and_keep_their_newest_name()
    {
        using var log = Create(100);
        log.Remember("secret", Ann);
        log.Remember("Secret", Bob);
        Assert.Equal(Ann, log.Person("secret"));
        log.Remember("secret", Ann with { Name = "Anna" });
        Assert.Equal(Ann with { Name = "Anna" }, log.Person("secret"));
        Assert.Equal(Bob, log.Person("Secret"));
        Assert.Null(log.Person(""));
        Assert.Null(log.Person("' OR 1=1 --"));
    }

    [Fact]
    public void Clearing_begins_a_new_epoch_and_keeps_the_people()
    {
        using var log = Create(100);
        var before = log.Epoch;
        var said = Chat(log, 1, Ann, "k1", "x");
        log.Append(said);
        log.Remember("secret", Ann);
        log.Clear();
        Assert.NotEqual(before, log.Epoch);
        Assert.Equal(0, log.Head);
        Assert.Empty(log.Since(0)!);
        Assert.Null(log.Find(said.Id));
        Assert.Null(log.Find("u1", "k1"));
        Assert.Equal(Ann, log.Person("secret"));
        log.Append(Chat(log, 1, Ann, "k1", "y"));
        Assert.Equal("y", Assert.Single(log.Before(long.MaxValue, 10, out _)!).Body);
    }

    private protected static ChatMessage Chat(IRoomLog log, long seq, Author from, string cid, string body) =>
        new(seq, $"{log.Epoch}-{seq}", from, body, "text", null, null, null, null, null, Start, cid);

    private protected static void Same(RoomMessage expected, RoomMessage? actual) => Assert.Equal(Json(expected), Json(actual!));

    private static string Json(RoomMessage message) => System.Text.Encoding.UTF8.GetString(Wire.Serialize(message));

    private static (string, bool) Page(IReadOnlyList<ChatMessage>? page, bool more) => (string.Join(' ', page!.Select(message => message.Seq)), more);
}

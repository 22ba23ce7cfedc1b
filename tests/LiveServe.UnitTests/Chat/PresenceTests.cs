using System.Text;
using LiveServe.Chat;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

/// <summary>Who is here, and lines that stand for many.</summary>
public sealed class PresenceTests
{
    [Fact]
    public void A_difference_names_who_came_went_and_changed()
    {
        var (ann, bob, cem) = (Person("u1", "Ann", "/a"), Person("u2", "Bob"), Person("u3", "Cem"));
        var diff = PresenceDiff.Between(People(ann, bob), People(ann with { Pages = ["/b"] }, cem))!;
        Assert.Equal("u3", Assert.Single(diff.Join!).User);
        Assert.Equal(("u2", 0, "idle"), (Assert.Single(diff.Leave!).User, diff.Leave![0].Tabs, diff.Leave[0].State));
        Assert.Equal(["/b"], Assert.Single(diff.Change!).Pages);
        Assert.Null(diff.Full);
    }

    [Fact]
    public void Equal_lists_make_no_difference()
    {
        Assert.Null(PresenceDiff.Between(People(Person("u1", "Ann", "/a", "/b")), People(Person("u1", "Ann", "/a", "/b"))));
        Assert.Null(PresenceDiff.Between(People(), People()));
        var reordered = PresenceDiff.Between(People(Person("u1", "Ann", "/a", "/b")), People(Person("u1", "Ann", "/b", "/a")));
        Assert.Null(Encoding.UTF8.GetString(Wire.Serialize(reordered!)) is var json && json.Contains("join", StringComparison.Ordinal) ? json : null);
    }

    [Fact]
    public void The_first_line_goes_at_once_and_a_seconds_worth_as_one()
    {
        var fold = new EventFold("saved");
        Assert.Null(fold.Due);
        Assert.Null(fold.Take(0, default));
        fold.Add("a.css", null, 1, 0);
        Assert.Equal(("a.css", null), Said(fold.Take(0, default)));
        for (var i = 0; i < 50; i++)
        {
            fold.Add($"f{i}.css", null, 1, 10 + i);
            Assert.Null(fold.Take(10 + i, default));
        }

        Assert.Equal(1000, fold.Due);
        Assert.Equal(("f49.css", 49), Said(fold.Take(1000, default)));
        Assert.Null(fold.Due);
        Assert.Null(fold.Take(5000, default));
        fold.Add("b.css", null, 1, 5000);
        Assert.Equal(("b.css", null), Said(fold.Take(5000, default)));
    }

    [Fact]
    public void A_batch_is_one_line_with_its_count()
    {
        var fold = new EventFold("saved");
        fold.Add("a.css", null, 20, 0);
        Assert.Equal(("a.css", 19), Said(fold.Take(0, default)));
    }

    private static (string?, int?) Said(RoomEvent? line) => (line!.Path, line.Count);

    private static Person Person(string user, string name, params string[] pages) => new(user, name, "7Q", 1, pages, "active");

    private static Dictionary<string, Person> People(params Person[] people) => people.ToDictionary(person => person.User);
}

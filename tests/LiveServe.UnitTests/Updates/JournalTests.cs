using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Updates;

public sealed class JournalTests
{
    [Fact]
    public void A_page_gets_exactly_what_came_after_its_number_each_file_once()
    {
        var journal = new Journal();
        journal.Add([Change("a"), Change("b")]);
        journal.Add([Change("b", ChangeKind.Removed)]);
        journal.Add([Change("c")]);

        Assert.Equal([Change("b", ChangeKind.Removed), Change("c")], journal.Since(1)!);
        Assert.Equal([Change("c")], journal.Since(2)!);
        Assert.Empty(journal.Since(3)!);
        Assert.Equal(3, journal.Since(0)!.Count);
    }

    [Fact]
    public void A_number_that_never_was_is_said_to_be_unknown()
    {
        var journal = new Journal();
        journal.Add([Change("a")]);
        Assert.Null(journal.Since(2));
        Assert.Null(journal.Since(-1));
    }

    [Fact]
    public void What_is_forgotten_is_said_to_be_forgotten()
    {
        var journal = new Journal();
        for (var i = 0; i < 3; i++)
        {
            journal.Add([.. Enumerable.Range(0, 9000).Select(n => Change($"{n}"))]);
        }

        Assert.Null(journal.Since(0));
        Assert.Equal(9000, journal.Since(1)!.Count);
    }

    private static FileChange Change(string path, ChangeKind kind = ChangeKind.Modified) => new(path, kind, default);
}

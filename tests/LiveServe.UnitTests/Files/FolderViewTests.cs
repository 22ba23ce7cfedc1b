using LiveServe.Files;

namespace LiveServe.UnitTests.Files;

public sealed class FolderViewTests
{
    [Theory]
    [InlineData("page10 page2 page1", "page1 page2 page10")]
    [InlineData("b A a B", "A a B b")]
    [InlineData("x007 x7 x07", "x007 x07 x7")] // equal in number: by letter
    [InlineData("a a1 1a 1", "1 1a a a1")]
    [InlineData("a99999999999999999999999 a100000000000000000000000", "a99999999999999999999999 a100000000000000000000000")]
    [InlineData("é e z", "e z é")]
    public void Names_are_ordered_as_people_do(string names, string expected) =>
        Assert.Equal(expected, string.Join(' ', names.Split(' ').Order(NaturalOrder.Comparer)));

    [Fact]
    public void Folders_come_first_and_links_are_what_they_lead_to()
    {
        var view = FolderView.Of(
            [("z", FileKind.Folder), ("a", FileKind.Regular), ("up", FileKind.Link), ("pipe", FileKind.Special), ("gone", FileKind.Regular)],
            entry => entry.Name switch
            {
                "gone" => null,
                "a" => new FileStat(FileKind.Regular, 1, 5, 1, 1),
                _ => new FileStat(FileKind.Folder, 1, 4096, 1, 1),
            });
        Assert.Equal("up/0 z/0 a5", string.Join(' ', view.Entries.Select(entry => $"{entry.Name}{(entry.IsFolder ? "/" : "")}{entry.Length}")));
    }

    [Fact]
    public void Of_very_many_the_first_are_shown_and_the_others_counted_and_not_looked_at()
    {
        var looked = 0;
        var view = FolderView.Of(Enumerable.Range(0, 20_000).Select(i => ($"{i}", FileKind.Regular)), _ =>
        {
            looked++;
            return new FileStat(FileKind.Regular, 1, 1, 1, 1);
        });
        Assert.Equal((FolderView.Most, 15_000, FolderView.Most), (view.Entries.Count, view.LeftOut, looked));
        Assert.Equal("4999", view.Entries[^1].Name);
    }
}

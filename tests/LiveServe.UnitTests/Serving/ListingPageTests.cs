using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LiveServe.Files;
using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

public sealed class ListingPageTests
{
    private static readonly FolderView Folder = new(
        [new("img", true, 0, 3_000_000_000), new("a.txt", false, 5, 1_000_000_000), new("b.txt", false, 1234, 2_000_000_000), new("c.txt", false, 1, 9_000_000_000)], 0);

    [Theory]
    [InlineData("", "img a.txt b.txt c.txt")]
    [InlineData("?sort=name&order=desc", "img c.txt b.txt a.txt")]
    [InlineData("?sort=size", "img c.txt a.txt b.txt")]
    [InlineData("?sort=size&order=desc", "img b.txt a.txt c.txt")]
    [InlineData("?order=desc&sort=time", "img c.txt b.txt a.txt")]
    [InlineData("?sort=time&x", "img a.txt b.txt c.txt")]
    [InlineData("?sort=colour&order=up", "img a.txt b.txt c.txt")]
    [InlineData("?sort=<script>", "img a.txt b.txt c.txt")]
    public void The_order_stands_in_the_address(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', Names(Render("/", Folder, query))).Replace("/", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("", "Name", "ascending", "?sort=name&order=desc ?sort=size&order=desc ?sort=time&order=desc")]
    [InlineData("?sort=name&order=desc", "Name", "descending", "?sort=name ?sort=size&order=desc ?sort=time&order=desc")]
    [InlineData("?sort=size&order=desc", "Size", "descending", "?sort=name ?sort=size&order=asc ?sort=time&order=desc")]
    [InlineData("?sort=time", "Changed", "ascending", "?sort=name ?sort=size&order=desc ?sort=time&order=desc")]
    public void Columns_sort_by_links_and_say_how_they_are_sorted(string query, string column, string direction, string links)
    {
        var document = Render("/", Folder, query);
        var sorted = Assert.Single(document.QuerySelectorAll("th[aria-sort]"));
        Assert.Equal((column, direction), (sorted.TextContent, sorted.GetAttribute("aria-sort")));
        Assert.Equal(links, string.Join(' ', document.QuerySelectorAll("th a").Select(link => link.GetAttribute("href"))));
        Assert.All(document.QuerySelectorAll("th"), head => Assert.Equal("col", head.GetAttribute("scope")));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>.txt", "./%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E.txt")]
    [InlineData("\"><script>alert(1)</script>", "./%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E")]
    [InlineData("' onmouseover='alert(1)", "./%27%20onmouseover%3D%27alert%281%29")]
    [InlineData("javascript:alert(1)", "./javascript%3Aalert%281%29")]
    [InlineData("&lt;b&gt;", "./%26lt%3Bb%26gt%3B")]
    [InlineData("a b#c?d%e+f", "./a%20b%23c%3Fd%25e%2Bf")]
    [InlineData("été", "./%C3%A9t%C3%A9")]
    [InlineData("\u202Egnp.exe", "./%E2%80%AEgnp.exe")] // turns what follows around; <bdi> keeps it in
    [InlineData("{{x}}${y}", "./%7B%7Bx%7D%7D%24%7By%7D")]
    public void Names_are_data(string name, string href)
    {
        var document = Render("/", new FolderView([new(name, false, 1, 1_000_000_000)], 0), "");
        var link = document.QuerySelector("tbody a")!;
        Assert.Equal((name, href), (link.TextContent, link.GetAttribute("href")));
        Assert.Equal("BDI", link.FirstElementChild!.TagName);
        Assert.Empty(document.QuerySelectorAll("script, img, b"));
        Assert.DoesNotContain(document.QuerySelectorAll("*"), element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    public void A_name_that_no_address_can_hold_is_shown_without_one(string name)
    {
        var document = Render("/", new FolderView([new(name, false, 1, 1)], 0), "");
        Assert.Null(document.QuerySelector("tbody a"));
        Assert.DoesNotContain(document.QuerySelector("tbody bdi")!.TextContent, char.IsControl);
    }

    [Fact]
    public void The_way_up_is_a_trail_of_relative_links()
    {
        var document = Render("/a/<b>/c d/", Folder, "?sort=size&order=desc");
        Assert.Equal("Root:../../../ a:../../ <b>:../ c d:", string.Join(' ', document.QuerySelectorAll("nav li").Select(item => $"{item.TextContent}:{item.QuerySelector("a")?.GetAttribute("href")}")));
        Assert.Equal("page", document.QuerySelector("nav li:last-child span")!.GetAttribute("aria-current"));
        Assert.Equal("../?sort=size&order=desc", document.QuerySelector("tr.up a")!.GetAttribute("href"));
        Assert.Equal("./img/?sort=size&order=desc", document.QuerySelector("tr.folder a")!.GetAttribute("href"));
        Assert.Equal("c d", document.QuerySelector("h1")!.TextContent);
        Assert.Null(Render("/", Folder, "").QuerySelector("tr.up"));
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(9_949, "9.9 kB")]
    [InlineData(9_960, "10 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(5_000_000_000, "5.0 GB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void Sizes_are_for_people(long length, string shown) =>
        Assert.Equal(shown, Render("/", new FolderView([new("a", false, length, long.MaxValue)], 0), "").QuerySelector("tbody td:nth-child(2)")!.TextContent);

    [Fact]
    public void What_is_left_out_is_counted() =>
        Assert.Equal("1 folder, 3 files; 12,345 more are not shown", Render("/", Folder with { LeftOut = 12_345 }, "").QuerySelector("p")!.TextContent);

    private static IEnumerable<string> Names(IDocument document) => document.QuerySelectorAll("tbody bdi").Select(name => name.TextContent);

    private static IDocument Render(string path, FolderView folder, string query) =>
        new HtmlParser().ParseDocument(ListingPage.Render(path, folder, ListingOrder.Of(query)));
}

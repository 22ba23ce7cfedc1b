using LiveServe.Content;
using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

public sealed class UsageGraphTests
{
    private static readonly ContentHash One = ContentHash.Of("1"u8), Two = ContentHash.Of("2"u8);

    private readonly UsageGraph _usage = new();

    [Fact]
    public void What_leads_to_a_file_is_found_at_any_depth_and_through_a_cycle()
    {
        _usage.Asked("/", "/a.js");
        _usage.Asked("/a.js", "/b.js");
        _usage.Names("/b.js", Set("/a.js", "/c.js"));
        Assert.Equal(["/", "/a.js", "/b.js", "/c.js"], _usage.Ancestors(["/c.js"]).Order());
        Assert.Equal(["/a.js", "/b.js", "/c.js"], _usage.Descendants("/a.js").Order());
    }

    [Fact]
    public void What_requests_told_is_forgotten_with_the_version_that_made_them()
    {
        _usage.Sent("/", One);
        _usage.Asked("/", "/old.js");
        _usage.Sent("/", One);
        Assert.Contains("/", _usage.Ancestors(["/old.js"]));
        _usage.Sent("/", Two);
        Assert.DoesNotContain("/", _usage.Ancestors(["/old.js"]));
    }

    [Fact]
    public void What_a_text_names_is_replaced_and_does_not_take_requests_with_it()
    {
        _usage.Asked("/s.css", "/a.png");
        _usage.Names("/s.css", Set("/a.png", "/b.png"));
        _usage.Names("/s.css", Set("/c.png"));
        Assert.Equal(["/s.css"], _usage.SheetsShowing("/a.png"));
        Assert.Empty(_usage.SheetsShowing("/b.png"));
        Assert.Equal(["/s.css"], _usage.SheetsShowing("/c.png"));
    }

    [Theory]
    [InlineData("/page.html")]
    [InlineData("/page")]
    [InlineData("/folder/")]
    public void A_document_is_an_end(string document)
    {
        _usage.Asked("/host", document);
        _usage.Asked(document, "/a.js");
        Assert.Equal([document, "/a.js"], _usage.Ancestors(["/a.js"]).OrderBy(path => path != document));
        Assert.Contains("/host", _usage.Ancestors([document])); // unless it is the one that changed
    }

    [Fact]
    public void Too_much_to_know_is_said()
    {
        for (var i = 0; i < 200_001 && !_usage.IsOverflowed; i++)
        {
            _usage.Asked("/", $"/{i}.js");
        }

        Assert.True(_usage.IsOverflowed);
    }

    private static HashSet<string> Set(params string[] paths) => [.. paths];
}

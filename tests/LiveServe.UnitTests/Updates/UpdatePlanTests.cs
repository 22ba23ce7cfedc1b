using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Updates;

public sealed class UpdatePlanTests
{
    private static readonly ContentHash Old = ContentHash.Of("old"u8);
    private static readonly ContentHash New = ContentHash.Of("new"u8);

    [Theory]
    [InlineData("/", "index.html", "reload index.html")]
    [InlineData("/docs/", "docs/index.html", "reload docs/index.html")]
    [InlineData("/docs", "docs/index.html", "reload docs/index.html")]
    [InlineData("/about", "about.html", "reload about.html")]
    [InlineData("/about.html", "about.html", "reload about.html")]
    [InlineData("/nowhere", "404.html", "reload 404.html")]
    [InlineData("/", "about.html", "")]
    [InlineData("/about", "index.html", "")]
    [InlineData("/", "css/site.css", "css /css/site.css")]
    [InlineData("/", "css/a b#%.css", "css /css/a%20b%23%25.css")]
    [InlineData("/", "js/app.js", "reload js/app.js")]
    [InlineData("/", "never-asked.txt", "")]
    [InlineData("/", "never-asked.css", "")]
    [InlineData("/", "partial.html", "reload partial.html")] // fetched by the page
    public void A_page_does_the_least_that_is_right(string page, string changed, string expected) =>
        Assert.Equal(expected, Plan(page, Old, New, changed));

    [Fact]
    public void A_page_that_already_shows_the_new_source_does_nothing() => Assert.Equal("", Plan("/", New, New, "index.html"));

    [Fact]
    public void A_page_of_ours_is_reloaded_when_its_file_appears() => Assert.Equal("reload new.html", Plan("/new.html", null, New, "new.html"));

    [Fact]
    public void A_page_of_ours_stays_when_there_is_still_nothing_to_show() => Assert.Equal("", Plan("/new", null, null, "new.html"));

    [Fact]
    public void The_action_follows_from_all_paths_and_not_from_the_last()
    {
        Assert.Equal("reload index.html", Plan("/", Old, New, "index.html", "css/site.css"));
        Assert.Equal("reload index.html", Plan("/", Old, New, "css/site.css", "index.html"));
        Assert.Equal("css /css/site.css, css /css/b.css", Plan("/", Old, New, "css/site.css", "about.html", "css/b.css"));
    }

    [Fact]
    public void A_plain_client_gets_everything() =>
        Assert.Equal("reload never-asked.txt", Show(UpdatePlan.For([Change("never-asked.txt")], PageView.Plain, () => null, _ => false, new(true))));

    [Fact]
    public void Without_the_swap_a_style_sheet_is_a_reload() =>
        Assert.Equal("reload css/site.css", Show(UpdatePlan.For([Change("css/site.css")], View("/", Old), () => New, _ => true, new(SwapCss: false))));

    private static string Plan(string page, ContentHash? shows, ContentHash? now, params string[] changed) =>
        Show(UpdatePlan.For([.. changed.Select(Change)], View(page, shows), () => now, path => !path.StartsWith("never", StringComparison.Ordinal), new(true)));

    private static PageView View(string page, ContentHash? doc) =>
        new(RequestTarget.Parse(page, "", out _), doc, new HashSet<string> { "partial.html" });

    private static FileChange Change(string path) => new(path, ChangeKind.Modified, default);

    private static string Show(IReadOnlyList<UpdateItem> items) => string.Join(", ", items.Select(item => item switch
    {
        CssItem css => $"css {css.Url}",
        ReloadItem reload => $"reload {reload.Why}",
        _ => item.ToString(),
    }));
}

using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Updates;

namespace LiveServe.UnitTests.Updates;

/// <summary>The whole table: what a page does about a batch.</summary>
public sealed class UpdatePlanTests
{
    private static readonly Source Old = SourceOf("old");
    private static readonly Source New = SourceOf("new");

    [Theory]
    [InlineData("/", "index.html", "html /")]
    [InlineData("/docs/", "docs/index.html", "html /docs/")]
    [InlineData("/docs", "docs/index.html", "html /docs")]
    [InlineData("/about", "about.html", "html /about")]
    [InlineData("/about.html", "about.html", "html /about.html")]
    [InlineData("/a%20b", "a b.html", "html /a%20b")]
    [InlineData("/nowhere", "404.html", "html /nowhere")]
    [InlineData("/", "about.html", "")]
    [InlineData("/about", "index.html", "")]
    [InlineData("/", "css/site.css", "css /css/site.css")]
    [InlineData("/", "css/theme.css", "css /css/theme.css")] // imported by site.css
    [InlineData("/", "css/other.css", "")] // another page's
    [InlineData("/other", "css/other.css", "css /css/other.css")]
    [InlineData("/", "css/a b#%.css", "")]
    [InlineData("/", "css/module.css", "css /css/module.css, sheet /css/module.css")]
    [InlineData("/", "js/app.js", "reload js/app.js is a script")]
    [InlineData("/", "js/deep.mjs", "reload js/deep.mjs is a script")] // imported by app.js
    [InlineData("/", "js/app.js.map", "")]
    [InlineData("/", "img/photo.png", "asset /img/photo.png")]
    [InlineData("/", "img/bg.png", "asset /img/bg.png, css /css/theme.css")]
    [InlineData("/other", "img/bg.png", "")]
    [InlineData("/", "data.json", "asset /data.json")]
    [InlineData("/", "worker-data.json", "reload worker-data.json was read by a worker")]
    [InlineData("/", "partial.html", "asset /partial.html")] // fetched by the page
    [InlineData("/", "img/in-partial.png", "")] // a document is an end: it belongs to whoever shows it
    [InlineData("/", "never-asked.txt", "")]
    [InlineData("/", "never-asked.css", "")]
    [InlineData("/", "never-asked.js", "")]
    public void A_page_does_the_least_that_is_right(string page, string changed, string expected) =>
        Assert.Equal(expected, Plan(page, Old, New, changed));

    [Fact]
    public void What_the_page_itself_reported_counts_even_when_no_request_told() =>
        Assert.Equal("asset /fonts/a.woff2", Show(UpdatePlan.For(Changes("fonts/a.woff2"), View("/", Old, "/fonts/a.woff2"), () => New, new())));

    [Fact]
    public void What_a_script_imports_and_the_page_has_seen_is_for_the_page_to_judge() =>
        Assert.Equal("asset /worker-data.json", Show(UpdatePlan.For(Changes("worker-data.json"), View("/", Old, "/worker-data.json"), () => New, new())));

    [Fact]
    public void A_page_that_already_shows_the_new_source_does_nothing() => Assert.Equal("", Plan("/", New, New, "index.html"));

    [Fact]
    public void A_page_of_ours_is_reloaded_when_its_file_appears() => Assert.Equal("reload new.html is there now", Plan("/new.html", null, New, "new.html"));

    [Fact]
    public void A_page_whose_file_is_gone_is_reloaded() => Assert.Equal("reload index.html is gone", Plan("/", Old, null, "index.html"));

    [Fact]
    public void A_page_too_large_to_be_held_is_reloaded() =>
        Assert.Equal("reload index.html is empty, or too large to be patched", Plan("/", Old, New with { Bytes = default }, "index.html"));

    [Fact]
    public void A_page_of_ours_stays_when_there_is_still_nothing_to_show() => Assert.Equal("", Plan("/new", null, null, "new.html"));

    [Theory]
    [InlineData("/", "new.txt", true, "reload new.txt is in the folder that is listed")]
    [InlineData("/sub/", "sub/new.txt", true, "reload sub/new.txt is in the folder that is listed")]
    [InlineData("/sub/", "sub/old.txt", false, "reload sub/old.txt is in the folder that is listed")] // its size is shown
    [InlineData("/sub/", "sub/new/x.txt", true, "reload sub/new/x.txt is in the folder that is listed")] // a folder may have come with it
    [InlineData("/sub/", "sub/deep/x.txt", false, "")]
    [InlineData("/sub/", "sub-2/x.txt", true, "")]
    [InlineData("/sub/", "x.txt", true, "")]
    [InlineData("/sub", "sub/x.txt", true, "reload sub/x.txt is in the folder that is listed")] // a page that was missing may be a folder now
    [InlineData("/sub/", "sub/index.html", true, "")] // its own page: judged by whether there is one
    public void A_listing_is_read_again_when_its_folder_is_another(string page, string changed, bool comesOrGoes, string expected)
    {
        ChangedFile[] changes = [.. Changes(changed).Select(change => change with { ComesOrGoes = comesOrGoes })];
        Assert.Equal(expected, Show(UpdatePlan.For(changes, View(page, null), () => null, new())));
        Assert.Equal("", Show(UpdatePlan.For(changes, View(page, null), () => null, new(Listing: false))));
    }

    [Fact]
    public void A_page_is_no_listing() => Assert.Equal("", Plan("/sub/", Old, Old, "sub/new.txt"));

    [Theory]
    [InlineData("/any/route", "app.html", "html /any/route")]
    [InlineData("/", "app.html", "html /")]
    [InlineData("/any/route", "index.html", "")]
    public void An_apps_page_is_every_routes_document(string page, string changed, string expected) =>
        Assert.Equal(expected, Plan(page, Old, New, new PlanOptions(AppPage: "app.html"), changed));

    [Fact]
    public void A_page_of_its_own_does_not_care_for_the_apps() => Assert.Equal("", Plan("/about", Old, Old, new PlanOptions(AppPage: "app.html"), "app.html"));

    [Fact]
    public void A_file_is_named_as_the_page_spells_it()
    {
        var usage = new UsageGraph();
        usage.Asked("/", "/caf\u00E9.css");
        ChangedFile[] changes = [ChangedFile.Of("cafe\u0301.css", usage)];
        Assert.Equal("css /caf%C3%A9.css", Show(UpdatePlan.For(changes, View("/", Old, "/caf\u00E9.css"), () => Old, new())));
    }

    [Theory]
    [InlineData("css/a.css", "/app/css/a.css", "css /app/css/a.css")]
    [InlineData("css/a.css", "/app/css/a.css /css/a.css", "css /css/a.css")]
    [InlineData("css/a.css", "/app/page", "css /app/css/a.css")] // imported by something that it has loaded
    [InlineData("css/a.css", "/elsewhere.css", "")]
    [InlineData("img/a.png", "/app/img/a.9f1c.png", "asset /app/img/a.9f1c.png, css /app/css/a.css")]
    [InlineData("about.html", "/", "reload about.html")] // the page's own document, at another address
    public void A_file_is_named_by_the_address_at_which_the_page_loaded_it(string changed, string resources, string expected)
    {
        var usage = new UsageGraph();
        usage.ServedAs("/css/a.css", "/app/css/a.css");
        usage.ServedAs("/img/a.png", "/app/img/a.9f1c.png");
        usage.ServedAs("/about.html", "/app/about.html");
        usage.Asked("/app/page", "/app/css/a.css");
        usage.Asked("/app/css/a.css", "/app/img/a.9f1c.png");
        Assert.Equal(expected, Show(UpdatePlan.For([ChangedFile.Of(changed, usage)], View("/app/about.html", Old, resources.Split(' ')), () => Old, new())));
    }

    [Theory]
    [InlineData("index.html css/site.css", "css /css/site.css, html /")]
    [InlineData("css/site.css index.html", "css /css/site.css, html /")]
    [InlineData("index.html js/app.js css/site.css", "reload js/app.js is a script")]
    [InlineData("css/site.css about.html img/photo.png", "css /css/site.css, asset /img/photo.png")]
    [InlineData("css/theme.css img/bg.png", "css /css/theme.css, asset /img/bg.png")] // the sheet once
    public void The_action_follows_from_all_paths_and_not_from_the_last(string changed, string expected) =>
        Assert.Equal(expected, Plan("/", Old, New, changed.Split(' ')));

    [Theory]
    [InlineData("never-asked.txt", "reload never-asked.txt")]
    [InlineData("about.html", "reload about.html")]
    [InlineData("img/photo.png", "reload img/photo.png")]
    [InlineData("css/other.css", "css /css/other.css")]
    public void A_plain_client_gets_everything(string changed, string expected) =>
        Assert.Equal(expected, Show(UpdatePlan.For(Changes(changed), PageView.Plain, () => null, new())));

    [Theory]
    [InlineData("never-asked.txt", "reload never-asked.txt")]
    [InlineData("css/other.css", "css /css/other.css")]
    [InlineData("index.html", "html /")]
    public void With_broadcast_so_does_every_page(string changed, string expected) =>
        Assert.Equal(expected, Plan("/", Old, New, new PlanOptions(Broadcast: true), changed));

    [Theory]
    [InlineData("css/site.css", "reload css/site.css, and --reload full")]
    [InlineData("index.html", "reload index.html, and --reload full")]
    [InlineData("img/bg.png", "reload img/bg.png, and --reload full")]
    [InlineData("css/other.css", "")]
    public void Full_always_reloads_and_still_only_the_pages_concerned(string changed, string expected) =>
        Assert.Equal(expected, Plan("/", Old, New, new PlanOptions(ReloadMode.Full), changed));

    [Theory]
    [InlineData("index.html")]
    [InlineData("js/app.js")]
    public void None_leaves_pages_alone(string changed) => Assert.Equal("", Plan("/", Old, New, new PlanOptions(ReloadMode.None), changed));

    [Theory]
    [InlineData("css/site.css", "reload css/site.css, and --no-css-inject")]
    [InlineData("img/bg.png", "asset /img/bg.png")]
    public void Without_the_swap_a_style_sheet_is_a_reload(string changed, string expected) =>
        Assert.Equal(expected, Plan("/", Old, New, new PlanOptions(SwapCss: false), changed));

    [Fact]
    public void When_not_everything_is_known_everything_is_used() =>
        Assert.Equal("asset /never-asked.txt", Show(UpdatePlan.For([new("never-asked.txt", null, [])], View("/", Old), () => New, new())));

    private static string Plan(string page, Source? shows, Source? now, params string[] changed) => Plan(page, shows, now, new PlanOptions(), changed);

    private static string Plan(string page, Source? shows, Source? now, PlanOptions options, params string[] changed) =>
        Show(UpdatePlan.For(Changes(changed), View(page, shows), () => now, options));

    // What requests have told, of a small site.
    private static ChangedFile[] Changes(params string[] paths)
    {
        var usage = new UsageGraph();
        usage.Asked("/", "/css/site.css");
        usage.Names("/css/site.css", new HashSet<string> { "/css/theme.css" });
        usage.Asked("/css/theme.css", "/img/bg.png");
        usage.Asked("/other", "/css/other.css");
        usage.Asked("/js/app.js", "/css/module.css");
        usage.ImportedAsModule("/css/module.css");
        usage.Asked("/", "/js/app.js");
        usage.Names("/js/app.js", new HashSet<string> { "/js/deep.mjs" });
        usage.Asked("/js/app.js", "/js/app.js.map");
        usage.Asked("/js/app.js", "/worker-data.json");
        usage.Asked("/", "/img/photo.png");
        usage.Asked("/", "/data.json");
        usage.Asked("/", "/partial.html");
        usage.Asked("/partial.html", "/img/in-partial.png");
        return [.. paths.Select(path => ChangedFile.Of(path, usage))];
    }

    private static PageView View(string page, Source? doc, params string[] resources) =>
        new(RequestTarget.Parse(page, "", out _), doc?.Hash, resources.ToHashSet());

    private static Source SourceOf(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new Source(ContentHash.Of(bytes), "text/html; charset=utf-8", bytes);
    }

    private static string Show(IReadOnlyList<UpdateItem> items) => string.Join(", ", items.Select(item => item switch
    {
        CssItem css => $"css {css.Url}",
        SheetItem sheet => $"sheet {sheet.Url}",
        AssetItem asset => $"asset {asset.Url}",
        HtmlItem html when html.From != html.To => $"html {html.Url}",
        ReloadItem reload => $"reload {reload.Why}",
        _ => item.ToString(),
    }));
}

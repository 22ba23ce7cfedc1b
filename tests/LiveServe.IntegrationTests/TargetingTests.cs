using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Which page hears of which file, on the wire.</summary>
public sealed class TargetingTests
{
    [Fact]
    public async Task A_file_that_no_open_page_uses_is_told_to_nobody_and_said_in_the_terminal()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("notes.txt", "old"));
        using var page = await PageAsync(site, "/");
        site.Write("notes.txt", "new");
        var sent = (UpdateSent)await site.EventAsync(happened => happened is UpdateSent);
        Assert.Equal((0, 0, "notes.txt"), (sent.Pages, sent.Items.Count, sent.Files.Single()));
        await NothingAsync(page, site);
    }

    [Theory]
    [InlineData("document")]
    [InlineData("iframe")]
    public async Task A_document_does_not_belong_to_the_page_that_led_to_it(string destination)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("inner.html", "old"));
        using var page = await PageAsync(site, "/");
        await AskAsync(site, "/", "/inner.html", $"Sec-Fetch-Dest: {destination}");
        site.Write("inner.html", "new");
        await NothingAsync(page, site);
    }

    [Fact]
    public async Task A_file_that_was_missing_is_told_to_the_page_that_wanted_it_and_to_no_other()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("other.html", "old"));
        using var wanted = await PageAsync(site, "/");
        using var other = await PageAsync(site, "/other.html");
        await AskAsync(site, "/", "/late.js");
        site.Write("late.js", "new");
        Assert.Equal("""{"kind":"reload","why":"late.js is a script"}""", (await ItemsAsync(wanted)).Single());
        await NothingAsync(other, site);
    }

    [Fact]
    public async Task A_file_that_was_missed_while_its_folder_was_exchanged_is_told_although_it_is_what_it_was()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("data/a.json", "1"));
        using var page = await PageAsync(site, "/");
        var (folder, away) = (Path.Combine(site.Root, "data"), Path.Combine(site.Root, "data.away"));
        Directory.Move(folder, away);
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/data/a.json", "Referer: http://localhost/")).Status);
        Directory.Move(away, folder);
        Assert.Equal("""{"kind":"asset","url":"/data/a.json"}""", (await ItemsAsync(page)).Single());
    }

    [Fact]
    public async Task What_a_worker_asked_for_concerns_the_page_that_started_it()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("w.js", "old"), ("lib.js", "old"));
        using var page = await PageAsync(site, "/");
        await AskAsync(site, "/", "/w.js", "Sec-Fetch-Dest: worker");
        await AskAsync(site, "/w.js", "/lib.js", "Sec-Fetch-Dest: script");
        site.Write("lib.js", "new");
        Assert.Equal("""{"kind":"reload","why":"lib.js is a script"}""", (await ItemsAsync(page)).Single());
    }

    [Fact]
    public async Task A_script_that_was_taken_out_of_a_page_is_not_its_own_any_more()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<script src=a.js>"), ("a.js", "old"));
        await AskAsync(site, null, "/");
        await AskAsync(site, "/", "/a.js");
        using var plain = await RawSocket.OpenAsync(site.Port);
        site.Write("index.html", "no script");
        await plain.SkipToAsync("updated");
        await AskAsync(site, null, "/");
        using var page = await PageAsync(site, "/", "no script");
        site.Write("a.js", "new");
        await plain.SkipToAsync("updated");
        await NothingAsync(page, site);
    }

    [Fact]
    public async Task A_picture_that_a_sheet_shows_comes_with_that_sheet_and_its_new_version()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("css/site.css", "@import 'theme.css'"), ("css/theme.css", "p { background: url(bg.svg) }"), ("css/bg.svg", "<svg/>"));
        using var page = await PageAsync(site, "/");
        await AskAsync(site, "/", "/css/site.css");
        await AskAsync(site, "/css/site.css", "/css/theme.css");
        await AskAsync(site, "/css/theme.css", "/css/bg.svg");
        site.Write("css/bg.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        var updated = await page.NextAsync("updated");
        var version = updated.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds();
        Assert.Equal(
            ["""{"kind":"asset","url":"/css/bg.svg"}""", $$"""{"kind":"css","url":"/css/theme.css","text":"p { background: url(bg.svg?t={{version}}) }"}"""],
            updated.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
        Assert.Equal($"@import 'theme.css?t={version}'", (await RawHttp.GetAsync(site.Port, "/css/site.css?t=1")).Text);
    }

    [Fact]
    public async Task After_a_restart_what_a_page_uses_is_read_from_the_files()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("w.js", "importScripts('lib.js')"), ("lib.js", "old"), ("other.js", "old"));
        await site.StopServerAsync();
        FileTick.Wait(site.Root);
        var before = DateTimeOffset.UtcNow;
        FileTick.Wait(site.Root);
        site.Write("other.js", "new");
        site.Write("lib.js", "new");
        await site.StartServerAsync(port: 0);
        var doc = Content.ContentHash.Of("old"u8).ToString();
        using var page = await RawSocket.OpenPageAsync(site.Port, "/", doc, "an earlier process", seq: 5, before.ToString("O"), "/w.js");
        Assert.Equal("""{"kind":"reload","why":"lib.js is a script"}""", (await ItemsAsync(page)).Single());
        using var other = await RawSocket.OpenPageAsync(site.Port, "/", doc, "an earlier process", seq: 5, before.ToString("O"), "/none.js");
        await other.SendAsync(new { type = "ping", t = 1 });
        await other.NextAsync("pong");
    }

    [Fact]
    public async Task After_a_restart_a_sheet_names_what_changed_meanwhile_by_a_version_because_pages_still_hold_the_old_one()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("a.css", "p { background: url(p.svg) } q { background: url(q.svg) }"), ("p.svg", "old"), ("q.svg", "old"));
        await site.StopServerAsync();
        FileTick.Wait(site.Root);
        var before = DateTimeOffset.UtcNow;
        FileTick.Wait(site.Root);
        site.Write("p.svg", "new");
        FileTick.Wait(site.Root); // else it may be told once more, as saved while we started
        await site.StartServerAsync(port: 0);
        var doc = Content.ContentHash.Of("old"u8).ToString();
        using var page = await RawSocket.OpenPageAsync(site.Port, "/", doc, "an earlier process", seq: 5, before.ToString("O"), "/a.css", "/p.svg", "/q.svg");
        Assert.Contains("""{"kind":"asset","url":"/p.svg"}""", await ItemsAsync(page));
        // q.svg as well: it may have changed before the page was last told anything, and the page still hold its first version.
        Assert.Matches(@"^p \{ background: url\(p\.svg\?t=\d+\) } q \{ background: url\(q\.svg\?t=\d+\) }$", (await RawHttp.GetAsync(site.Port, "/a.css?t=1")).Text);
        site.Write("a.css", "p { background: url(q.svg) }");
        var updated = await page.NextAsync("updated");
        Assert.Matches(@"url\(q\.svg\?t=\d+\)", updated.GetProperty("items")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task With_broadcast_every_page_hears_of_everything()
    {
        await using var site = await TestSite.StartAsync(options => options with { Broadcast = true }, ("index.html", "old"), ("notes.txt", "old"));
        using var page = await PageAsync(site, "/");
        site.Write("notes.txt", "new");
        Assert.Equal("""{"kind":"reload","why":"notes.txt"}""", (await ItemsAsync(page)).Single());
    }

    [Fact]
    public async Task With_reload_none_pages_are_left_alone_and_plain_clients_hear_of_the_save()
    {
        await using var site = await TestSite.StartAsync(options => options with { Reload = ReloadMode.None }, ("index.html", "old"));
        using var page = await PageAsync(site, "/");
        using var plain = await RawSocket.OpenAsync(site.Port);
        site.Write("index.html", "new");
        var updated = await plain.SkipToAsync("updated");
        Assert.Equal(("index.html", 0), (updated.GetProperty("files")[0].GetString(), updated.GetProperty("items").GetArrayLength()));
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong");
    }

    [Fact]
    public async Task Both_sources_of_a_patch_can_be_had_by_their_hash_and_are_not_pages()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>\u00e9 old"));
        await AskAsync(site, null, "/");
        using var page = await PageAsync(site, "/", "<p>\u00e9 old");
        site.Write("index.html", "<p>\u00e9 new");
        var item = JsonDocument.Parse((await ItemsAsync(page)).Single()).RootElement;
        foreach (var (name, text) in new[] { ("from", "<p>\u00e9 old"), ("to", "<p>\u00e9 new") })
        {
            var answer = await RawHttp.GetAsync(site.Port, $"/__liveserve/source/{item.GetProperty(name).GetString()}");
            Assert.Equal((200, "text/plain; charset=utf-8", text), (answer.Status, answer.Headers["Content-Type"], answer.Text));
        }

        Assert.Equal("<p>\u00e9 new", item.GetProperty("text").GetString());
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/__liveserve/source/0123456789abcdef0123456789abcdef")).Status);
        Assert.Equal(404, (await RawHttp.GetAsync(site.Port, "/__liveserve/source/etc%2fpasswd")).Status);
    }

    [Theory]
    [InlineData("http://evil.example/")] // a request that claims to come from elsewhere tells nothing about our pages
    [InlineData("not an address")]
    [InlineData("")]
    public async Task A_referer_that_is_not_ours_is_no_user(string referer)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("a.js", "old"));
        using var page = await PageAsync(site, "/");
        await RawHttp.GetAsync(site.Port, "/a.js", $"Referer: {referer}");
        site.Write("a.js", "new");
        await NothingAsync(page, site);
    }

    private static async Task<RawSocket> PageAsync(TestSite site, string url, string source = "old")
    {
        var hash = Content.ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(source)).ToString();
        var page = await RawSocket.OpenPageAsync(site.Port, url, hash, null, seq: 0);
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong"); // the hello before it has been taken in
        return page;
    }

    private static Task<RawAnswer> AskAsync(TestSite site, string? from, string path, string? header = null)
    {
        string[] headers = [.. from is null ? [] : (string[])[$"Referer: http://localhost{from}"], .. header is null ? [] : (string[])[header], "Accept: text/html"];
        return RawHttp.GetAsync(site.Port, path, headers);
    }

    private static async Task<IEnumerable<string>> ItemsAsync(RawSocket page) =>
        (await page.NextAsync("updated")).GetProperty("items").EnumerateArray().Select(item => item.GetRawText());

    // A plain client hears of every batch: when it has heard, the page would have, too.
    private static async Task NothingAsync(RawSocket page, TestSite site)
    {
        using var plain = await RawSocket.OpenAsync(site.Port);
        await plain.NextAsync("connected");
        site.Write("marker.txt", Guid.NewGuid().ToString());
        while ((await plain.SkipToAsync("updated")).GetProperty("files").EnumerateArray().All(file => file.GetString() != "marker.txt"))
        {
        }

        await page.SendAsync(new { type = "ping", t = 1 });
        Assert.Equal("pong", (await page.NextAsync()).GetProperty("type").GetString());
    }
}

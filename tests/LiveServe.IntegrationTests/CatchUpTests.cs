using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Who hears of which save, on the wire: nobody misses one, nobody is told twice.</summary>
public sealed class CatchUpTests
{
    [Fact]
    public async Task A_plain_client_hears_of_every_save()
    {
        await using var site = await TestSite.StartAsync(null, ("a.html", "old"), ("a.css", "old"));
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        site.Write("a.html", "new");
        var updated = await socket.NextAsync("updated");
        Assert.Equal(1, updated.GetProperty("seq").GetInt64());
        Assert.Equal("a.html", updated.GetProperty("files")[0].GetString());
        Assert.Equal("reload", updated.GetProperty("items")[0].GetProperty("kind").GetString());
        site.Write("a.css", "new");
        updated = await socket.NextAsync("updated");
        Assert.Equal("css", updated.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal("/a.css", updated.GetProperty("items")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_checkout_of_500_files_is_one_message_of_50_names_and_a_count()
    {
        await using var site = await TestSite.StartAsync();
        await site.StopServerAsync();
        await GitAsync(site, "init", "-q", "-b", "old");
        foreach (var branch in new[] { "new", "old" })
        {
            for (var i = 0; i < 500; i++)
            {
                site.Write($"f{i}.css", branch);
            }

            await GitAsync(site, "checkout", "-q", "--orphan", branch);
            await GitAsync(site, "add", ".");
            await GitAsync(site, "-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-q", "-m", branch);
        }

        FileTick.Wait(site.Root);
        await site.StartServerAsync(port: 0);
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        await GitAsync(site, "checkout", "-q", "new");
        var updated = await socket.NextAsync("updated");
        Assert.Equal(50, updated.GetProperty("files").GetArrayLength());
        Assert.Equal(450, updated.GetProperty("more").GetInt32());
        Assert.Equal(500, updated.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_page_that_slept_gets_what_it_missed_in_one_message_and_then_nothing_twice()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("a.css", "old"), ("b.css", "old"));
        await RawHttp.GetAsync(site.Port, "/");
        foreach (var path in new[] { "/a.css", "/b.css" })
        {
            await RawHttp.GetAsync(site.Port, path, $"Referer: http://localhost/");
        }

        using var watcher = await RawSocket.OpenAsync(site.Port);
        var boot = (await watcher.NextAsync("connected")).GetProperty("boot").GetString();
        site.Write("a.css", "new");
        await watcher.NextAsync("updated");
        site.Write("b.css", "new");
        await watcher.NextAsync("updated");

        var doc = Content.ContentHash.Of("old"u8).ToString();
        using var slept = await RawSocket.OpenPageAsync(site.Port, "/", doc, boot, seq: 0);
        var missed = await slept.NextAsync("updated");
        Assert.Equal(2, missed.GetProperty("seq").GetInt64());
        Assert.Equal(["/a.css", "/b.css"], missed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("url").GetString()));

        using var awake = await RawSocket.OpenPageAsync(site.Port, "/", doc, boot, seq: 2);
        await awake.SendAsync(new { type = "ping", t = 1 });
        await awake.NextAsync("pong"); // nothing came before it
    }

    [Fact]
    public async Task A_page_that_was_loaded_after_the_save_is_not_told_to_load_again()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"));
        using var watcher = await RawSocket.OpenAsync(site.Port);
        var boot = (await watcher.NextAsync("connected")).GetProperty("boot").GetString();
        site.Write("index.html", "new");
        await watcher.NextAsync("updated");
        using var page = await RawSocket.OpenPageAsync(site.Port, "/", Content.ContentHash.Of("new"u8).ToString(), boot, seq: 0);
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong");
        var old = Content.ContentHash.Of("old"u8).ToString();
        using var stale = await RawSocket.OpenPageAsync(site.Port, "/", old, boot, seq: 0);
        var item = (await stale.NextAsync("updated")).GetProperty("items")[0];
        Assert.Equal(("html", old, "new"), (item.GetProperty("kind").GetString(), item.GetProperty("from").GetString(), item.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task After_a_restart_a_page_gets_what_changed_since_it_last_heard_of_us_and_nothing_else()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("a.css", "old"), ("b.js", "old"));
        await site.StopServerAsync();
        FileTick.Wait(site.Root);
        var before = DateTimeOffset.UtcNow;
        FileTick.Wait(site.Root);
        site.Write("a.css", "new");
        FileTick.Wait(site.Root);
        var after = DateTimeOffset.UtcNow;
        await site.StartServerAsync(port: 0);

        var doc = Content.ContentHash.Of("old"u8).ToString();
        using var missed = await RawSocket.OpenPageAsync(site.Port, "/", doc, "an earlier process", seq: 5, before.ToString("O"), "/a.css", "/b.js");
        var items = (await missed.NextAsync("updated")).GetProperty("items");
        Assert.Equal("/a.css", Assert.Single(items.EnumerateArray()).GetProperty("url").GetString());

        using var knew = await RawSocket.OpenPageAsync(site.Port, "/", doc, "an earlier process", seq: 5, after.ToString("O"), "/a.css", "/b.js");
        await knew.SendAsync(new { type = "ping", t = 1 });
        await knew.NextAsync("pong");
    }

    private static async Task GitAsync(TestSite site, params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = site.Root })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
    }
}

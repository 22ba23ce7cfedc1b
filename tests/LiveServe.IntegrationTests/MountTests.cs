using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>Folders and files from elsewhere: served, watched, and closed where the root is closed.</summary>
public sealed class MountTests : IDisposable
{
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("liveserve-").FullName;

    public void Dispose() => Directory.Delete(_elsewhere, recursive: true);

    [Fact]
    public async Task A_folder_and_a_file_are_served_at_their_addresses_and_nothing_beside_them()
    {
        Write("lib/a.css", "mounted");
        Write("lib/.env", "secret");
        Write("lib/sub/index.html", "<p>sub");
        Write("one.js", "one");
        Write("two.js", "two");
        await using var site = await StartAsync(["/lib:lib", "/vendor/one.js:one.js"], ("lib/a.css", "root's"), ("lib/b.css", "root's"), ("index.html", "<p>hi"));
        foreach (var (path, status, text) in new[]
        {
            ("/lib/a.css", 200, "mounted"), ("/vendor/one.js", 200, "one"), ("/lib/sub/", 200, "<p>sub"), ("/lib/b.css", 404, null), ("/lib/.env", 404, null),
            ("/vendor/two.js", 404, null), ("/vendor/one.js/two.js", 404, null), ("/lib/../two.js", 400, null), ("/lib/%2e%2e/two.js", 400, null), ("/libx", 404, null),
        })
        {
            var answer = await RawHttp.GetAsync(site.Port, path);
            Assert.True(answer.Status == status && (text is null || answer.Text == text), $"{path}: {answer.Status} {answer.Text}");
        }

        Assert.Equal(308, (await RawHttp.GetAsync(site.Port, "/lib")).Status);
        var listing = (await RawHttp.GetAsync(site.Port, "/vendor/")).Status; // a folder that is only in an address
        Assert.Equal(404, listing);
    }

    [Fact]
    public async Task A_save_in_a_mount_is_told_under_its_address_and_beside_a_mounted_file_nothing_is()
    {
        Write("lib/a.css", "old");
        Write("one.js", "old");
        Write("two.js", "old");
        await using var site = await StartAsync(["/lib:lib", "/vendor/one.js:one.js"], ("index.html", "<p>hi"));
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        Write("two.js", "new");
        Write("lib/a.css", "new");
        Assert.Equal("lib/a.css", await FileAsync(socket));
        Write("one.js", "new");
        Assert.Equal("vendor/one.js", await FileAsync(socket));
    }

    [Fact]
    public async Task What_is_watched_outside_of_the_site_has_every_page_loaded_again()
    {
        Write("templates/a.cshtml", "old");
        await using var site = await TestSite.StartAsync(options => options with { WatchPaths = [At("templates")] }, ("index.html", "<p>hi"));
        await RawHttp.GetAsync(site.Port, "/");
        using var page = await RawSocket.OpenPageAsync(site.Port, "/", Content.ContentHash.Of("<p>hi"u8).ToString(), null, 0);
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong");
        Write("templates/a.cshtml", "new");
        var updated = await page.NextAsync("updated");
        Assert.EndsWith("templates/a.cshtml is watched, too", updated.GetProperty("items")[0].GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ignored_folder_that_is_named_is_watched_and_one_that_is_watched_anyway_is_told_once()
    {
        var root = "";
        await using var site = await TestSite.StartAsync(
            options =>
            {
                root = options.Root;
                Directory.CreateDirectory(Path.Combine(root, "node_modules/mine"));
                Directory.CreateDirectory(Path.Combine(root, "src"));
                return options with { WatchPaths = [Path.Combine(root, "node_modules/mine"), Path.Combine(root, "src")] };
            },
            ("index.html", "<p>hi"));
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        site.Write("node_modules/mine/a.css", "new");
        Assert.Equal("node_modules/mine/a.css", await FileAsync(socket));
        site.Write("src/b.css", "new");
        Assert.Equal("src/b.css", await FileAsync(socket));
        site.Write("index.html", "<p>ho");
        Assert.Equal("index.html", await FileAsync(socket)); // and not src/b.css again
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_is_not_there_is_said_at_the_start(bool mount)
    {
        var failure = await Assert.ThrowsAsync<LiveServeException>(() => TestSite.StartAsync(options => mount
            ? options with { Mounts = [Mount.Parse("/a:/no/such/place", out _)!] }
            : options with { WatchPaths = ["/no/such/place"] }));
        Assert.Equal(LiveServeFailure.WrongConfiguration, failure.Failure);
        Assert.Contains("/no/such/place", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string?> FileAsync(RawSocket socket) => (await socket.NextAsync("updated")).GetProperty("files").EnumerateArray().Select(file => file.GetString()).Single();

    private string At(string file) => Path.Combine(_elsewhere, file);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(file))!);
        File.WriteAllText(At(file), text);
    }

    private Task<TestSite> StartAsync(string[] mounts, params (string Path, string Text)[] files) => TestSite.StartAsync(
        options => options with { Mounts = [.. mounts.Select(mount => mount.Split(':')).Select(parts => Mount.Parse($"{parts[0]}:{At(parts[1])}", out _)!)] }, files);
}

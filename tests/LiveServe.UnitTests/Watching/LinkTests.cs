namespace LiveServe.UnitTests.Watching;

/// <summary>A page that uses a link must hear of what the link leads to, under the link's own name. Links need no rights on Linux and macOS.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Sources => ConformanceTests.Sources;

    public static TheoryData<string> ExactSources => ConformanceTests.ExactSources;

    [Theory, MemberData(nameof(Sources))]
    public async Task A_linked_file_changes_when_its_target_does(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("a.css", "theme/dark.css"), files: ("theme/dark.css", "old"));
        folder.Write("theme/dark.css", "new");
        Assert.Equal(["Modified a.css", "Modified theme/dark.css"], await BothAsync(folder, "a.css", "theme/dark.css"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_link_made_while_watching_is_followed(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("theme/dark.css", "old"));
        folder.Link("a.css", "theme/dark.css");
        Assert.Equal(["Added a.css"], await folder.UntilAsync("a.css"));
        folder.Write("theme/dark.css", "new");
        Assert.Equal(["Modified a.css", "Modified theme/dark.css"], await BothAsync(folder, "a.css", "theme/dark.css"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_link_into_an_ignored_folder_is_followed_and_nothing_else_there_is_heard(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("lib.js", "node_modules/x/lib.js"), files: [("node_modules/x/lib.js", "old"), ("node_modules/y/lib.js", "y")]);
        folder.Write("node_modules/y/lib.js", "other");
        folder.Write("node_modules/x/beside.js", "other");
        folder.Write("node_modules/x/lib.js", "new");
        Assert.Equal(["Modified lib.js"], await folder.UntilAsync("lib.js"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_target_that_is_replaced_by_a_rename_is_a_change_and_is_still_followed(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("lib.js", "node_modules/x/lib.js"), files: ("node_modules/x/lib.js", "old"));
        foreach (var text in new[] { "new", "newer" })
        {
            folder.Write("node_modules/x/lib.js.tmp", text);
            File.Move(folder.At("node_modules/x/lib.js.tmp"), folder.At("node_modules/x/lib.js"), overwrite: true);
            Assert.Equal(["Modified lib.js"], await folder.UntilAsync("lib.js"));
        }

        folder.Write("node_modules/x/lib.js", "in place");
        Assert.Equal(["Modified lib.js"], await folder.UntilAsync("lib.js"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_chain_of_links_is_followed_at_each_of_its_ends(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(
            source, f => { f.Link("a.css", ".git/b.css"); f.Link(".git/b.css", "c/../c.css"); Directory.CreateDirectory(f.At(".git/c")); }, files: [(".git/c.css", "c"), (".git/d.css", "d")]);
        folder.Write(".git/c.css", "c2");
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        File.CreateSymbolicLink(folder.At(".git/tmp"), "d.css");
        File.Move(folder.At(".git/tmp"), folder.At(".git/b.css"), overwrite: true);
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        folder.Write(".git/d.css", "d2");
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        folder.Write(".git/c.css", "c3");
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_link_that_is_turned_to_another_target_is_a_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("a.css", ".git/one"), files: [(".git/one", "1"), (".git/two", "2")]);
        await Program.RunAsync("ln", "-sfn", ".git/two", folder.At("a.css"));
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        folder.Write(".git/two", "22");
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        folder.Write(".git/one", "11");
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_dangling_link_heals_when_its_target_appears_however_deep(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("a.js", "node_modules/p/dist/a.js"));
        folder.Write("node_modules/p/dist/a.js", "1");
        Assert.Equal(["Added a.js"], await folder.UntilAsync("a.js"));
        Directory.Delete(folder.At("node_modules"), recursive: true);
        Assert.Equal(["Removed a.js"], await folder.UntilAsync("a.js"));
        folder.Write("node_modules/p/dist/a.js", "2");
        Assert.Equal(["Added a.js"], await folder.UntilAsync("a.js"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_linked_folder_is_watched_under_its_own_name(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("vendor", "node_modules/x"), files: [("node_modules/x/sub/a.js", "1"), ("node_modules/x/node_modules/b.js", "1")]);
        folder.Write("node_modules/x/node_modules/b.js", "2");
        folder.Write("node_modules/x/sub/a.js", "2");
        Assert.Equal(["Modified vendor/sub/a.js"], await folder.UntilAsync("vendor/sub/a.js"));
        folder.Write("node_modules/x/more/c.js", "1");
        Assert.Equal(["Added vendor/more/c.js"], await folder.UntilAsync("vendor/more/c.js"));
        File.Delete(folder.At("vendor"));
        Assert.Equal(["Removed vendor/more/c.js", "Removed vendor/sub/a.js"], await folder.UntilAsync("vendor/sub/a.js"));
        folder.Write("node_modules/x/sub/a.js", "3");
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_linked_folder_that_is_turned_to_another_release_changes_what_differs(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(
            source, f => f.Link("current", ".git/1"), files: [(".git/1/same.css", "s"), (".git/1/a.css", "1"), (".git/2/same.css", "s"), (".git/2/a.css", "2")]);
        await Program.RunAsync("ln", "-sfn", ".git/2", folder.At("current"));
        Assert.Equal(["Modified current/a.css"], await folder.UntilAsync("current/a.css"));
        folder.Write(".git/2/a.css", "22");
        Assert.Equal(["Modified current/a.css"], await folder.UntilAsync("current/a.css"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_link_out_of_the_root_is_watched_only_where_links_may_leave_it(string source)
    {
        foreach (var followLinks in new[] { false, true })
        {
            var outside = Directory.CreateTempSubdirectory("liveserve-");
            var target = Path.Combine(outside.FullName, "shared.css");
            await File.WriteAllTextAsync(target, "old", TestContext.Current.CancellationToken);
            await using var folder = await WatchedFolder.StartAsync(source, f => { f.Link("a.css", target); f.Link("all", outside.FullName); }, options => options with { FollowLinks = followLinks });
            await File.WriteAllTextAsync(target, "new", TestContext.Current.CancellationToken);
            string[] heard = followLinks ? ["Modified a.css", "Modified all/shared.css"] : [];
            Assert.Equal(heard, followLinks ? await BothAsync(folder, "a.css", "all/shared.css") : await folder.SettledAsync());
            outside.Delete(recursive: true);
        }
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_link_that_is_turned_out_of_the_root_is_gone_as_it_is_for_the_server(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("a.css", "b.css"), files: ("b.css", "b"));
        await Program.RunAsync("ln", "-sfn", "/etc/hostname", folder.At("a.css"));
        Assert.Equal(["Removed a.css"], await folder.UntilAsync("a.css"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Links_in_circles_end(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(
            source,
            f =>
            {
                f.Link("self", ".");
                f.Link("up", "..");
                f.Link("one/two", "../two");
                f.Link("two/one", "../one");
                f.Link("x", "y");
                f.Link("y", "x");
            },
            options => options with { FollowLinks = true },
            ("one/a.css", "1"), ("two/b.css", "1"));
        folder.Write("one/a.css", "2");
        Assert.Equal(["Modified one/a.css", "Modified two/one/a.css"], await BothAsync(folder, "one/a.css", "two/one/a.css"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Fact]
    public async Task A_link_into_a_pruned_folder_costs_one_watch_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts inotify's watches");
        (string, string)[] files = [.. Enumerable.Range(0, 50).Select(i => ($"node_modules/p{i}/sub/a.js", "x"))];
        await using var folder = await WatchedFolder.StartAsync("inotify", f => f.Link("lib.js", "node_modules/p7/sub/a.js"), files: files);
        var watched = InotifyWatches.InodesOfThisProcess();
        Assert.Contains(InotifyWatches.InodeOf(folder.At("node_modules/p7/sub")), watched);
        Assert.DoesNotContain(InotifyWatches.InodeOf(folder.At("node_modules")), watched);
        Assert.DoesNotContain(InotifyWatches.InodeOf(folder.At("node_modules/p7")), watched);
        Assert.DoesNotContain(InotifyWatches.InodeOf(folder.At("node_modules/p8/sub")), watched);
    }

    // Two names of one file may come in one batch or in two.
    private static async Task<IEnumerable<string>> BothAsync(WatchedFolder folder, params string[] paths)
    {
        var changes = new List<string>();
        while (!paths.All(path => changes.Any(change => change.EndsWith($" {path}", StringComparison.Ordinal))))
        {
            changes.AddRange(await folder.UntilNextAsync());
        }

        return changes.Order(StringComparer.Ordinal);
    }
}

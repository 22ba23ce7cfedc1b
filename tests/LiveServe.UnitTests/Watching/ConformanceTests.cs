namespace LiveServe.UnitTests.Watching;

/// <summary>What every source of changes must hear, on a real file system, however a save is made. One list of promises, so it is longer than other files.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Sources => OperatingSystem.IsLinux() ? new("inotify", "polling", "system") : new("polling", "system");

    public static TheoryData<string> ExactSources => OperatingSystem.IsLinux() ? new("inotify", "polling") : new("polling");

    [Theory, MemberData(nameof(Sources))]
    public async Task A_save_in_place_is_one_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        folder.Write("a.html", "new");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_save_that_changes_no_byte_is_no_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        folder.Write("a.html", "new");
        await folder.UntilAsync("a.html");
        folder.Write("a.html", "new");
        File.SetLastWriteTimeUtc(folder.At("a.html"), DateTime.UtcNow.AddHours(1));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task An_edit_of_the_same_size_in_the_same_moment_is_a_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        folder.Write("a.html", "ab");
        await folder.UntilAsync("a.html");
        folder.Write("a.html", "cd");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Temporary_file_and_rename_is_one_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        folder.Write("a.html.tmp", "new");
        File.Move(folder.At("a.html.tmp"), folder.At("a.html"), overwrite: true);
        Assert.Equal(["Modified a.html"], (await folder.UntilAsync("a.html")).Concat(await folder.SettledAsync()).Where(c => !c.Contains(".tmp", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Two_temporary_files_and_renames_at_once_are_one_batch_of_two(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"), ("b.html", "old"));
        foreach (var name in new[] { "a.html", "b.html" })
        {
            folder.Write(name + ".tmp", "new");
            File.Move(folder.At(name + ".tmp"), folder.At(name), overwrite: true);
        }

        Assert.Equal([["Modified a.html", "Modified b.html"]], await folder.BatchesUntilAsync("b.html"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_root_that_is_a_link_is_watched(string source)
    {
        var link = Path.Combine(Path.GetTempPath(), $"liveserve-link-{Guid.NewGuid():n}");
        await using var folder = await WatchedFolder.StartAsync(source, root => Directory.CreateSymbolicLink(link, root).FullName, ("a.html", "old"), ("sub/b.html", "old"));
        folder.Write("sub/b.html", "new");
        Assert.Equal(["Modified sub/b.html"], await folder.UntilAsync("sub/b.html"));
        folder.Write("a.html", "new");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Directory.Delete(link);
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Vims_backup_dance_is_one_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        folder.Write("4913", "");
        File.Delete(folder.At("4913"));
        File.Move(folder.At("a.html"), folder.At("a.html~"));
        folder.Write("a.html", "new");
        File.Delete(folder.At("a.html~"));
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Sed_in_place_is_one_change(string source)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sed");
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        await Program.RunAsync("sed", "-i", "s/old/new/", folder.At("a.html"));
        Assert.Equal(["Modified a.html"], (await folder.UntilAsync("a.html")).Where(change => !change.Contains("sed", StringComparison.Ordinal)));
        Assert.DoesNotContain("Modified a.html", await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Removed_and_made_anew_at_once_is_one_save(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        File.Delete(folder.At("a.html"));
        folder.Write("a.html", "new");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_removed_file_is_removed(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"), ("b.html", "b"));
        File.Delete(folder.At("a.html"));
        Assert.Equal(["Removed a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Files_in_new_folders_are_found_however_deep_and_however_soon(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source);
        for (var i = 0; i < 30; i++)
        {
            folder.Write($"n{i}/a/b/c/f.css", "x");
        }

        var seen = new HashSet<string>();
        while (seen.Count < 30)
        {
            seen.UnionWith(await folder.UntilNextAsync());
        }

        Assert.All(seen, change => Assert.StartsWith("Added n", change, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_tree_that_is_moved_in_is_found_and_watched(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source);
        var outside = Directory.CreateTempSubdirectory("liveserve-").FullName;
        Directory.CreateDirectory(Path.Combine(outside, "t/x"));
        File.WriteAllText(Path.Combine(outside, "t/x/a.css"), "1");
        Directory.Move(Path.Combine(outside, "t"), folder.At("t"));
        Assert.Contains("Added t/x/a.css", await folder.UntilAsync("t/x/a.css"));
        folder.Write("t/x/a.css", "2");
        Assert.Contains("Modified t/x/a.css", await folder.UntilAsync("t/x/a.css"));
        Directory.Delete(outside, recursive: true);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_renamed_folder_is_gone_here_and_new_there_and_still_watched(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("old/a.css", "1"));
        Directory.Move(folder.At("old"), folder.At("new"));
        var changes = new HashSet<string>();
        while (!changes.IsSupersetOf(["Added new/a.css", "Removed old/a.css"]))
        {
            changes.UnionWith(await folder.UntilNextAsync());
        }

        folder.Write("new/a.css", "2");
        Assert.Contains("Modified new/a.css", await folder.UntilAsync("new/a.css"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_checkout_of_500_files_is_one_batch(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, [(".git/HEAD", ""), .. Enumerable.Range(0, 500).Select(i => ($"d{i % 10}/f{i}.css", "old"))]);
        folder.Write(".git/index.lock", ""); // as git does: it holds its index from the first file to the last
        for (var i = 0; i < 500; i++)
        {
            folder.Write($"d{i % 10}/f{i}.css", "new");
        }

        File.Delete(folder.At(".git/index.lock"));

        var batches = await folder.BatchesUntilAsync("d9/f499.css");
        Assert.Equal(500, Assert.Single(batches).Count);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task What_is_ignored_is_not_heard(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("node_modules/x/a.js", "1"), (".git/config", "1"), (".gitignore", "*.log\nout/\n"));
        folder.Write("node_modules/x/a.js", "2");
        folder.Write("node_modules/y/z/b.js", "2");
        folder.Write(".git/config", "2");
        folder.Write("a.log", "2");
        folder.Write("out/a", "2");
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_changed_gitignore_counts_at_once(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, (".gitignore", "out/\n"), ("out/a.css", "1"));
        folder.Write(".gitignore", "");
        await folder.UntilAsync("out/a.css");
        folder.Write("out/a.css", "2");
        Assert.Contains("Modified out/a.css", await folder.UntilAsync("out/a.css"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task The_root_may_go_and_come_back(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"), ("sub/b.html", "b"));
        Directory.Delete(folder.Root, recursive: true);
        await folder.UntilAsync("sub/b.html");
        folder.Write("a.html", "back");
        await folder.UntilAsync("a.html");
        folder.Write("a.html", "again");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Contains(folder.Warnings, warning => warning.Contains("is gone", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task The_root_may_be_moved_away_and_back(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        Directory.Move(folder.Root, folder.Root + "-away");
        await folder.UntilAsync("a.html");
        Directory.Move(folder.Root + "-away", folder.Root);
        Assert.Equal(["Added a.html"], await folder.UntilAsync("a.html"));
        folder.Write("a.html", "again");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Loops_pipes_and_closed_files_lie_around_without_harm(string source)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes and links are made with a shell's tools");
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        File.CreateSymbolicLink(folder.At("loop"), folder.Root);
        File.CreateSymbolicLink(folder.At("self"), folder.At("self"));
        File.CreateSymbolicLink(folder.At("dangling"), folder.At("nowhere"));
        await Program.RunAsync("mkfifo", folder.At("pipe"));
        folder.Write("closed.html", "x");
        await Program.RunAsync("chmod", "000", folder.At("closed.html"));
        folder.Write("a.html", "new");
        await folder.UntilAsync("a.html");
        Assert.DoesNotContain(await folder.SettledAsync(), change => change.Contains("pipe", StringComparison.Ordinal) || change.Contains("loop/", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Odd_names_are_names(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source);
        string[] names = ["a b#%.css", "日本語.css", "new\nline.css", "\u001b[2J.css", "'quote\".css"];
        foreach (var name in names)
        {
            folder.Write(name, "x");
        }

        var seen = new HashSet<string>();
        while (seen.Count < names.Length)
        {
            seen.UnionWith(await folder.UntilNextAsync());
        }

        Assert.Equal(names.Select(name => $"Added {name}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pruned_tree_costs_no_watch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts inotify's watches");
        await using var folder = await WatchedFolder.StartAsync("inotify", [.. Enumerable.Range(0, 200).Select(i => ($"node_modules/p{i}/a.js", "x")), ("src/a.js", "x")]);
        var watched = InotifyWatches.InodesOfThisProcess();
        Assert.Contains(InotifyWatches.InodeOf(folder.At("src")), watched);
        Assert.DoesNotContain(InotifyWatches.InodeOf(folder.At("node_modules")), watched);
        Assert.DoesNotContain(InotifyWatches.InodeOf(folder.At("node_modules/p7")), watched);
    }

    [Fact]
    public async Task Lost_events_end_in_a_rescan_and_not_in_silence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "inotify's queue is what overflows");
        await using var folder = await WatchedFolder.StartAsync("inotify", [.. Enumerable.Range(0, 400).Select(i => ($"f{i}.css", "old"))]);
        for (var round = 0; round < 100; round++)
        {
            for (var i = 0; i < 400; i++)
            {
                File.WriteAllText(folder.At($"f{i}.css"), $"{round}");
            }
        }

        folder.Write("last.css", "x");
        var state = new HashSet<string>(await folder.UntilAsync("last.css"));
        Assert.All(Enumerable.Range(0, 400), i => Assert.Contains($"Modified f{i}.css", state));
    }
}

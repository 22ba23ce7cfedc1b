using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>Whole trees that come, go and change their names, and names that differ in case only.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> ExactSources => ConformanceTests.ExactSources;

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_tree_that_is_moved_out_is_gone_and_not_heard_of_again(string source)
    {
        await using var folder = await StartAsync(source, ("t/x/a.css", "1"), ("t/b.css", "1"));
        var outside = Directory.CreateTempSubdirectory("liveserve-").FullName;
        Directory.Move(folder.At("t"), Path.Combine(outside, "t"));
        Assert.Equal(["Removed t/b.css", "Removed t/x/a.css"], await folder.UntilAsync("t/x/a.css"));
        await File.WriteAllTextAsync(Path.Combine(outside, "t/x/a.css"), "2", TestContext.Current.CancellationToken);
        Assert.Empty(await folder.SettledAsync());
        Directory.Delete(outside, recursive: true);
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_file_renamed_over_another_changes_the_one_and_removes_the_other(string source)
    {
        await using var folder = await StartAsync(source, ("a.css", "a"), ("b.css", "b"));
        File.Move(folder.At("a.css"), folder.At("b.css"), overwrite: true);
        Assert.Equal(["Modified b.css", "Removed a.css"], (await folder.UntilAsync("a.css")).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Two_files_that_change_places_are_two_changes_in_one_batch(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "swaps in one act");
        await using var folder = await StartAsync(source, ("a.css", "a"), ("b.css", "b"));
        NativeFile.Swap(folder.At("a.css"), folder.At("b.css"));
        Assert.Equal([["Modified a.css", "Modified b.css"]], await folder.BatchesUntilAsync("b.css"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Two_folders_that_change_places_are_heard_under_their_new_names(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "swaps in one act");
        await using var folder = await StartAsync(source, ("one/a.css", "1"), ("two/a.css", "2"), ("two/sub/b.css", "2"));
        NativeFile.Swap(folder.At("one"), folder.At("two"));
        Assert.Equal(["Added one/sub/b.css", "Modified one/a.css", "Modified two/a.css", "Removed two/sub/b.css"], await AllAsync(folder, "two/sub/b.css", "one/sub/b.css"));
        folder.Write("one/sub/b.css", "3");
        Assert.Equal(["Modified one/sub/b.css"], await folder.UntilAsync("one/sub/b.css"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_name_that_differs_in_case_only_is_another_file_in_the_same_batch(string source)
    {
        await using var folder = await StartAsync(source, ("a.txt", "1"), ("Css/x.css", "1"));
        File.Move(folder.At("a.txt"), folder.At("A.txt"));
        Assert.Equal([["Added A.txt", "Removed a.txt"]], await folder.BatchesUntilAsync("A.txt"));
        Directory.Move(folder.At("Css"), folder.At("css"));
        Assert.Equal([["Added css/x.css", "Removed Css/x.css"]], await folder.BatchesUntilAsync("css/x.css"));
        folder.Write("css/x.css", "2");
        Assert.Equal(["Modified css/x.css"], await folder.UntilAsync("css/x.css"));
    }

    [Fact]
    public void Where_case_makes_no_difference_the_old_spelling_is_gone_although_it_is_found()
    {
        var (found, listed) = (Directory.CreateTempSubdirectory("liveserve-").FullName, Directory.CreateTempSubdirectory("liveserve-").FullName);
        Directory.CreateDirectory(Path.Combine(found, "css"));
        Directory.CreateDirectory(Path.Combine(listed, "CSS"));
        File.WriteAllText(Path.Combine(found, "css/a.txt"), "x"); // what such a disk answers to the old name
        File.WriteAllText(Path.Combine(listed, "CSS/a.txt"), "x"); // what it lists
        var snapshot = new Snapshot(TreeAt(found));
        var look = snapshot.At("css/a.txt", isComplete: true);
        Assert.Equal(ChangeKind.Added, look.Change?.Kind);
        snapshot.Accept("css/a.txt", look);
        Assert.Null(snapshot.At("css/a.txt", isComplete: true, new Spelling(TreeAt(found))).Change);
        Assert.Equal(ChangeKind.Removed, snapshot.At("css/a.txt", isComplete: true, new Spelling(TreeAt(listed))).Change?.Kind);
        Assert.True(new Spelling(TreeAt(listed)).IsExact("CSS/a.txt"));
        Directory.Delete(found, recursive: true);
        Directory.Delete(listed, recursive: true);
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_folder_in_the_place_of_a_file_and_back_is_what_it_is(string source)
    {
        await using var folder = await StartAsync(source, ("a", "1"));
        File.Delete(folder.At("a"));
        folder.Write("a/b.css", "1");
        Assert.Equal(["Added a/b.css", "Removed a"], await AllAsync(folder, "a", "a/b.css"));
        Directory.Delete(folder.At("a"), recursive: true);
        folder.Write("a", "2");
        Assert.Equal(["Added a", "Removed a/b.css"], await AllAsync(folder, "a", "a/b.css"));
    }

    [Fact]
    public async Task An_installation_of_3000_packages_is_not_heard_at_all()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "counts what the kernel's word leads to");
        var hints = new List<ChangeHint>();
        await using var folder = await WatchedFolder.StartAsync(
            "inotify", _ => { }, options => options with { Source = tree => new TappedSource(new InotifySource(tree, (_, _) => { }), hints.Add) }, ("a.html", "1"));
        for (var i = 0; i < 3000; i++)
        {
            folder.Write($"node_modules/p{i}/index.js", "x");
        }

        File.Delete(folder.At("node_modules/p1/index.js"));
        Directory.Delete(folder.At("node_modules"), recursive: true);
        Assert.Empty(await folder.SettledAsync());
        Assert.All(hints, hint => Assert.StartsWith("zz-sentinel", hint.Path, StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> AllAsync(WatchedFolder folder, params string[] paths)
    {
        var changes = new List<string>();
        while (!paths.All(path => changes.Any(change => change.EndsWith($" {path}", StringComparison.Ordinal))))
        {
            changes.AddRange(await folder.UntilNextAsync());
        }

        return changes.Order(StringComparer.Ordinal);
    }

    private static Task<WatchedFolder> StartAsync(string source, params (string, string)[] files) =>
        WatchedFolder.StartAsync(source, _ => { }, options => options with { Clock = new SlowClock(4) }, files);

    private static FileTree TreeAt(string root) => new(root, new IgnoreRules(root, [], useGitignore: false), followLinks: false);
}

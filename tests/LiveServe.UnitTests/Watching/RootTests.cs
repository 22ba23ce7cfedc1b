namespace LiveServe.UnitTests.Watching;

/// <summary>The root, and the folders that it stands in, may go, come back, and be others than they were.</summary>
public sealed class RootTests
{
    public static TheoryData<string> ExactSources => ConformanceTests.ExactSources;

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_folder_above_the_root_may_be_renamed_and_renamed_back(string source)
    {
        await using var folder = await AtAsync(source, "work/project/site");
        foreach (var (name, away) in new[] { ("work", "play"), ("work/project", "work/other") })
        {
            Directory.Move(folder.At(name), folder.At(away));
            Assert.Equal(["Removed a.html"], await folder.UntilAsync("a.html"));
            Directory.Move(folder.At(away), folder.At(name));
            Assert.Equal(["Added a.html"], await folder.UntilAsync("a.html"));
        }

        folder.Write("work/project/site/a.html", "again");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Equal(2, folder.Warnings.Count(warning => warning.Contains("is gone", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task All_that_the_root_stands_in_may_be_removed_and_made_anew(string source)
    {
        await using var folder = await AtAsync(source, "work/project/site");
        Directory.Delete(folder.At("work"), recursive: true);
        Assert.Equal(["Removed a.html"], await folder.UntilAsync("a.html"));
        folder.Write("work/project/site/a.html", "anew");
        Assert.Equal(["Added a.html"], await folder.UntilAsync("a.html"));
        folder.Write("work/project/site/a.html", "again");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Another_tree_in_the_place_of_the_root_changes_what_differs(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "renames in one act");
        await using var folder = await AtAsync(source, "work/site", ("work/site/same.css", "s"), ("next/site/a.html", "next"), ("next/site/same.css", "s"));
        NativeFile.Swap(folder.At("work"), folder.At("next"));
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        folder.Write("next/site/a.html", "of the old tree");
        folder.Write("work/site/a.html", "of the new tree");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_link_above_the_root_may_be_turned_to_another_release(string source)
    {
        (string, string)[] files = [("1/site/a.html", "one"), ("2/site/a.html", "two")];
        await using var folder = await WatchedFolder.StartAsync(source, f => f.Link("current", "1"), options => options with { Root = Path.Combine(options.Root, "current/site") }, files);
        await Program.RunInAsync(folder.Root, "ln", "-sfn", "2", "current");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        folder.Write("2/site/a.html", "two, again");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_file_in_the_place_of_the_root_is_no_root(string source)
    {
        await using var folder = await AtAsync(source, "work/site");
        Directory.Move(folder.At("work/site"), folder.At("away"));
        folder.Write("work/site", "a file");
        Assert.Equal(["Removed a.html"], await folder.UntilAsync("a.html"));
        File.Delete(folder.At("work/site"));
        Directory.Move(folder.At("away"), folder.At("work/site"));
        Assert.Equal(["Added a.html"], await folder.UntilAsync("a.html"));
    }

    // The watcher waits four times as long for a file that is gone: what a test does in one go is one thing for it, too.
    private static Task<WatchedFolder> AtAsync(string source, string root, params (string, string)[] files) =>
        WatchedFolder.StartAsync(source, folder => folder.Write($"{root}/a.html", "old"), options => options with { Root = Path.Combine(options.Root, root), Clock = new SlowClock(4) }, files);
}

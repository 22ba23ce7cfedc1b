namespace LiveServe.UnitTests.Watching;

/// <summary>Names that no editor makes and every archive may hold.</summary>
public sealed class OddNamesTests
{
    public static TheoryData<string> ExactSources => ConformanceTests.ExactSources;

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Names_of_255_bytes_are_names(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source);
        var name = new string('n', 251) + ".css";
        folder.Write($"{name}.d"[4..] + "/" + name, "1");
        Assert.Equal([$"Added {name[4..]}.d/{name}"], await folder.UntilAsync($"{name[4..]}.d/{name}"));
        folder.Write($"{name[4..]}.d/{name}", "2");
        Assert.Equal([$"Modified {name[4..]}.d/{name}"], await folder.UntilAsync($"{name[4..]}.d/{name}"));
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Names_that_are_no_text_harm_nobody(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere names are text");
        await using var folder = await WatchedFolder.StartAsync(source, f => Shell(f, "mkdir -p ok $'d\\xff' && echo 1 > $'d\\xff/a.css' && echo 1 > $'b\\xc3\\x28.css'"), files: ("a.html", "old"));
        Shell(folder, "echo 2 > $'b\\xc3\\x28.css'; mkdir $'e\\xfe'; echo 1 > $'e\\xfe/a.css'; echo 1 > $'ok/f\\xff\\xff.css'; mv $'d\\xff' $'d2\\xff'; rm -r $'e\\xfe'");
        folder.Write("a.html", "new");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Assert.Empty(await folder.SettledAsync());
        Assert.Empty(folder.Warnings);
        Shell(folder, "rm -r *"); // .NET cannot
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Folders_deeper_than_a_path_may_be_long_harm_nobody(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere they cannot be made");
        const string Deep = "n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 30); do mkdir $n && cd $n || exit 1; done; echo 1 > deep.css";
        await using var folder = await WatchedFolder.StartAsync(source, f => Shell(f, Deep), files: ("a.html", "old"));
        Shell(folder, $"mkdir late && cd late && {Deep}");
        folder.Write("late/b.css", "1");
        folder.Write("a.html", "new");
        var changes = (await folder.UntilAsync("a.html")).Concat(await folder.SettledAsync()).ToList();
        Assert.Contains("Modified a.html", changes);
        Assert.Contains("Added late/b.css", changes);
        Assert.DoesNotContain(changes, change => change.EndsWith("deep.css", StringComparison.Ordinal));
        Assert.Empty(folder.Warnings);
        Shell(folder, "rm -r *");
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_folder_and_a_file_that_are_closed_and_opened_again_are_heard(string source)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such rights");
        await using var folder = await WatchedFolder.StartAsync(
            source,
            f => Shell(f, "chmod 000 closed closed.css"),
            files: [("closed/a.css", "1"), ("closed.css", "1"), ("a.html", "old")]);
        folder.Write("a.html", "new");
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
        Shell(folder, "chmod 700 closed closed.css");
        folder.Write("closed.css", "2");
        Assert.Contains("Modified closed.css", await folder.UntilAsync("closed.css"));
        folder.Write("closed/b.css", "1");
        Assert.Contains("Added closed/b.css", await folder.UntilAsync("closed/b.css"));
        folder.Write("closed/a.css", "2");
        Assert.Contains("Modified closed/a.css", await folder.UntilAsync("closed/a.css"));
        Assert.Empty(folder.Warnings);
    }

    private static void Shell(WatchedFolder folder, string script) => Task.Run(() => Program.RunInAsync(folder.Root, "bash", "-c", script)).GetAwaiter().GetResult();
}

namespace LiveServe.UnitTests.Watching;

/// <summary>A real repository, and the real git.</summary>
public sealed class GitTests
{
    public static TheoryData<string> ExactSources => ConformanceTests.ExactSources;

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_checkout_of_500_files_is_one_batch_and_so_is_the_way_back(string source)
    {
        await using var folder = await StartAsync(source, async git =>
        {
            WriteAll(git.Folder, "on main");
            await git.CommitAsync("main");
            await git.RunAsync("checkout", "-q", "-b", "other");
            WriteAll(git.Folder, "on the other branch");
            await git.CommitAsync("other");
            await git.RunAsync("checkout", "-q", "main");
        });
        foreach (var branch in new[] { "other", "main" })
        {
            await new Git(folder).RunAsync("checkout", "-q", branch);
            var batches = await folder.BatchesUntilAsync("d9/f499.css");
            Assert.Equal(500, Assert.Single(batches).Count);
        }

        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_stash_and_its_return_are_heard(string source)
    {
        await using var folder = await StartAsync(source, async git =>
        {
            git.Folder.Write("a.css", "committed");
            await git.CommitAsync("main");
            git.Folder.Write("a.css", "edited");
        });
        await new Git(folder).RunAsync("stash", "-q");
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        await new Git(folder).RunAsync("stash", "pop", "-q");
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
        Assert.Empty(await folder.SettledAsync());
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task A_rebase_ends_in_what_the_branch_is_then(string source)
    {
        await using var folder = await StartAsync(source, async git =>
        {
            git.Folder.Write("base.css", "1");
            await git.CommitAsync("base");
            await git.RunAsync("checkout", "-q", "-b", "topic");
            foreach (var i in new[] { 1, 2, 3 })
            {
                git.Folder.Write($"topic{i}.css", "topic");
                await git.CommitAsync($"topic {i}");
            }

            await git.RunAsync("checkout", "-q", "main");
            git.Folder.Write("base.css", "2");
            await git.CommitAsync("base again");
            await git.RunAsync("checkout", "-q", "topic");
        });
        await new Git(folder).RunAsync("rebase", "-q", "main");
        var changes = (await folder.UntilAsync("base.css")).Concat(await folder.SettledAsync()).ToList();
        Assert.Contains("Modified base.css", changes);
        Assert.All([1, 2, 3], i => Assert.NotEqual($"Removed topic{i}.css", changes.LastOrDefault(change => change.EndsWith($"topic{i}.css", StringComparison.Ordinal))));
        Assert.All(changes, change => Assert.Matches("^[A-Z][a-z]+ (base|topic[123])\\.css$", change));
    }

    private static void WriteAll(WatchedFolder folder, string text)
    {
        for (var i = 0; i < 500; i++)
        {
            folder.Write($"d{i % 10}/f{i}.css", text);
        }
    }

    private static Task<WatchedFolder> StartAsync(string source, Func<Git, Task> prepare) => WatchedFolder.StartAsync(
        source,
        folder => Task.Run(async () =>
        {
            var git = new Git(folder);
            await git.RunAsync("init", "-q", "-b", "main");
            await prepare(git);
        }).GetAwaiter().GetResult(),
        options => options with { Clock = new SlowClock(4) });

    private sealed record Git(WatchedFolder Folder)
    {
        public async Task CommitAsync(string message)
        {
            await RunAsync("add", "-A");
            await RunAsync("commit", "-q", "-m", message);
        }

        public Task RunAsync(params string[] arguments) =>
            Program.RunInAsync(Folder.Root, "git", ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgSign=false", .. arguments]);
    }
}

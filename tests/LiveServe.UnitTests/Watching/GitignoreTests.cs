using System.Diagnostics;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

public sealed class GitignoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "x/y/a.log", true)]
    [InlineData("/a.log", "x/a.log", false)]
    [InlineData("x/*.log", "x/a.log", true)]
    [InlineData("x/*.log", "y/x/a.log", false)]
    [InlineData("**/x/*.log", "y/x/a.log", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("build/", "build", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[!a-c].txt", "b.txt", false)]
    [InlineData("[]].txt", "].txt", true)]
    [InlineData("\\#x", "#x", true)]
    [InlineData("\\!x", "!x", true)]
    [InlineData("#x", "#x", false)]
    [InlineData("x\\ ", "x ", true)]
    [InlineData("x  ", "x", true)]
    [InlineData("?.txt", "ab.txt", false)]
    [InlineData("*", "a/b", true)]
    [InlineData("a[", "a[", false)]
    [InlineData("[[:digit:]].txt", "7.txt", true)]
    [InlineData("[[:digit:]].txt", "x.txt", false)]
    [InlineData("[![:alpha:]_].txt", "7.txt", true)]
    [InlineData("[\\]].txt", "].txt", true)]
    [InlineData("x\\", "x\\", false)]
    [InlineData("x\\\\ ", "x\\", true)]
    public void One_rule(string rule, string path, bool ignored) =>
        Assert.Equal(ignored, GitignoreFile.Parse([rule]).Judge(path, isFolder: false) == true);

    [Fact]
    public void The_last_rule_that_matches_decides()
    {
        var file = GitignoreFile.Parse(["*.log", "!keep.log", "x/keep.log"]);
        Assert.Equal(false, file.Judge("keep.log", false));
        Assert.Equal(true, file.Judge("x/keep.log", false));
        Assert.Null(file.Judge("a.txt", false));
    }

    [Fact]
    public async Task We_ignore_what_git_ignores()
    {
        await GitAsync("init", "-q");
        string[] patterns = ["*.log", "!keep.log", "/dist", "tmp/", "a/**/z", "**/cache", "doc/*.txt", "!doc/readme.txt", "[xy]?", "deep/er/", "sp ace", "b*r", "[[:upper:]][[:digit:]]"];
        File.WriteAllLines(Path.Combine(_root, ".gitignore"), patterns);
        Directory.CreateDirectory(Path.Combine(_root, "sub"));
        File.WriteAllLines(Path.Combine(_root, "sub", ".gitignore"), ["!*.log", "local", "/only"]);
        string[] names = ["a", "z", "x1", "keep.log", "a.log", "dist", "tmp", "cache", "doc", "readme.txt", "note.txt", "deep", "er", "sp ace", "bar", "b", "local", "only", "sub", "A1", "a1"];
        var random = new Random(20261125);
        var paths = Enumerable.Range(0, 400).Select(_ =>
            string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => names[random.Next(names.Length)]))).Distinct().ToList();

        var rules = new IgnoreRules(_root, [], useGitignore: true);
        var git = (await GitAsync(["check-ignore", "--no-index", .. paths])).Split('\n').ToHashSet();
        Assert.NotEmpty(git);
        Assert.Equal(paths.Where(git.Contains).Order(), paths.Where(rules.IgnoresFile).Order());
    }

    [Fact]
    public void Tools_folders_editors_files_and_the_users_globs_are_not_watched()
    {
        var rules = new IgnoreRules(_root, ["*.bak", "out", "gen/**"], useGitignore: true);
        Assert.True(rules.PrunesFolder("node_modules"));
        Assert.True(rules.PrunesFolder("a/.git"));
        Assert.True(rules.PrunesFolder("a/node_modules/b"));
        Assert.True(rules.PrunesFolder("out"));
        Assert.True(rules.PrunesFolder("gen"));
        Assert.False(rules.PrunesFolder("outer"));
        Assert.False(rules.PrunesFolder("a"));
        foreach (var file in new[] { "a~", ".a.swp", ".a.swx", ".#a", "#a#", "x/4913", "a.bak", "out/x", "gen/a/b", "x.bak/b" })
        {
            Assert.True(rules.IgnoresFile(file), file);
        }

        foreach (var file in new[] { "a", "a.html", "x/a.css", "swp", "4913.html", ".gitignore" })
        {
            Assert.False(rules.IgnoresFile(file), file);
        }
    }

    [Fact]
    public async Task A_further_work_tree_is_a_repository_too_and_a_lock_left_behind_holds_nothing()
    {
        await GitAsync("init", "-q", "main");
        await GitAsync("-C", "main", "-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-q", "--allow-empty", "-m", "x");
        await GitAsync("-C", "main", "worktree", "add", "-q", "../tree");
        Directory.CreateDirectory(Path.Combine(_root, "tree", "site"));
        File.WriteAllText(Path.Combine(_root, "tree", ".gitignore"), "*.log\n");
        Assert.True(new IgnoreRules(Path.Combine(_root, "tree", "site"), [], true).IgnoresFile("a.log"));

        var git = GitFolder.Above(Path.Combine(_root, "tree", "site"))!;
        Assert.False(git.IsAtWork(DateTime.UtcNow));
        File.WriteAllText(git.IndexLock, "");
        Assert.True(git.IsAtWork(DateTime.UtcNow));
        Assert.False(git.IsAtWork(DateTime.UtcNow.AddSeconds(6)));
    }

    [Fact]
    public async Task Rules_above_the_root_count_unless_they_ignore_the_root_itself()
    {
        await GitAsync("init", "-q");
        File.WriteAllLines(Path.Combine(_root, ".gitignore"), ["dist", "*.log"]);
        Directory.CreateDirectory(Path.Combine(_root, "site"));
        Directory.CreateDirectory(Path.Combine(_root, "dist"));
        Assert.True(new IgnoreRules(Path.Combine(_root, "site"), [], true).IgnoresFile("a.log"));
        Assert.False(new IgnoreRules(Path.Combine(_root, "dist"), [], true).IgnoresFile("index.html"));
        Assert.False(new IgnoreRules(Path.Combine(_root, "site"), [], useGitignore: false).IgnoresFile("a.log"));
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _root, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output;
    }
}

using System.Diagnostics;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>Saves at any distance from each other: what was told last of a file is what is in it.</summary>
public sealed class ManySavesTests
{
    private const int Saves = 300, Files = 20, LongestGap = 20;

    [Fact]
    public async Task A_save_between_the_start_and_the_first_look_is_told_although_only_its_new_bytes_were_ever_seen()
    {
        // Every file is learnt long before the wait is over: what is learnt must not pass for what was there.
        await using var folder = await WatchedFolder.StartAsync("inotify", _ => { }, options => options with
        {
            FixedWait = TimeSpan.FromMilliseconds(300),
            Source = tree =>
            {
                File.WriteAllText(Path.Combine(tree.Root, "a.html"), "new");
                return new InotifySource(tree, (_, _) => { });
            },
        }, ("a.html", "old"), ("b.html", "old"));
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Theory, MemberData(nameof(ConformanceTests.Sources), MemberType = typeof(ConformanceTests))]
    public async Task The_last_word_on_every_file_is_its_last_content(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, [.. Enumerable.Range(0, Files).Select(i => ($"f{i}.css", "old"))]);
        var random = new Random(20);
        var told = new Dictionary<string, (ChangeKind Kind, ContentHash Hash)>();
        var saving = Task.Run(() =>
        {
            for (var i = 0; i < Saves; i++)
            {
                Save(folder, $"f{random.Next(Files)}.css", $"save {i}", byRename: random.Next(2) == 0);
                Pause(folder, random.Next(LongestGap));
            }

            folder.Write("last.css", "x");
        });
        while (!told.ContainsKey("last.css"))
        {
            foreach (var change in (await folder.NextAsync()).Changes)
            {
                told[change.Path] = (change.Kind, change.Hash);
            }
        }

        await saving;
        Assert.Equal(Files + 1, told.Keys.Count(path => !path.EndsWith(".tmp", StringComparison.Ordinal)));
        foreach (var (path, (kind, hash)) in told.Where(pair => !pair.Key.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            using var file = OpenFile.At(folder.At(path))!;
            Assert.NotEqual(ChangeKind.Removed, kind);
            Assert.Equal(FileBytes.Hash(file), hash);
        }
    }

    [Fact]
    public async Task Two_saves_10_ms_apart_end_in_the_second()
    {
        await using var folder = await WatchedFolder.StartAsync("inotify", ("a.css", "old"));
        folder.Write("a.css", "first");
        FileTick.Wait(folder.Root);
        folder.Write("a.css", "second");
        ContentHash last = default;
        using var file = OpenFile.At(folder.At("a.css"))!;
        while (last != FileBytes.Hash(file))
        {
            last = Assert.Single((await folder.NextAsync()).Changes).Hash;
        }

        Assert.Empty(await folder.SettledAsync());
    }

    private static void Save(WatchedFolder folder, string path, string text, bool byRename)
    {
        folder.Write(byRename ? path + ".tmp" : path, text);
        if (byRename)
        {
            File.Move(folder.At(path + ".tmp"), folder.At(path), overwrite: true);
        }
    }

    // By doing something else that takes as long.
    private static void Pause(WatchedFolder folder, int milliseconds)
    {
        for (var since = Stopwatch.StartNew(); since.ElapsedMilliseconds < milliseconds;)
        {
            folder.Write(".#busy", "x");
        }
    }
}

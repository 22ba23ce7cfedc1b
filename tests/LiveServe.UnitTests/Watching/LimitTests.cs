using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>What happens at the kernel's limits, and at ours: nothing is lost for good, and memory does not grow.</summary>
public sealed class LimitTests
{
    private const int NoSpace = -28;

    [Fact]
    public async Task A_full_kernel_queue_ends_in_the_right_state_and_in_few_batches()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it is inotify's queue");
        using var gate = new ManualResetEventSlim(initialState: true);
        var rescans = 0;
        void Tap(ChangeHint hint)
        {
            rescans += hint.Kind == HintKind.Rescan ? 1 : 0;
            gate.Wait();
        }

        await using var folder = await WatchedFolder.StartAsync(
            "inotify", _ => { }, options => options with { Source = tree => new TappedSource(new InotifySource(tree, (_, _) => { }), Tap) },
            [.. Enumerable.Range(0, 200).Select(i => ($"d{i % 10}/f{i}.css", "old"))]);
        gate.Reset(); // the thread that reads the kernel's queue stops at the next hint
        var longest = Inotify.Limit("max_queued_events") ?? 16384;
        for (var i = 0; i < Math.Max(20_000, longest); i++) // each save is three events
        {
            folder.Write($"d{i % 10}/f{i % 200}.css", $"{i / 200}");
        }

        File.Delete(folder.At("d0/f0.css"));
        folder.Write("new/deep/folder/n.css", "n");
        gate.Set();
        var batches = await folder.BatchesUntilAsync("new/deep/folder/n.css");
        var changes = batches.SelectMany(batch => batch).Concat(await folder.SettledAsync()).ToHashSet();
        Assert.InRange(rescans, 1, 10);
        Assert.InRange(batches.Count, 1, 4);
        Assert.Contains("Removed d0/f0.css", changes);
        Assert.All(Enumerable.Range(1, 199), i => Assert.Contains($"Modified d{i % 10}/f{i}.css", changes));
        folder.Write("new/deep/folder/n.css", "watched");
        Assert.Equal(["Modified new/deep/folder/n.css"], await folder.UntilAsync("new/deep/folder/n.css"));
    }

    [Theory, MemberData(nameof(ConformanceTests.ExactSources), MemberType = typeof(ConformanceTests))]
    public async Task A_reader_that_does_not_read_gets_what_it_missed_in_two_batches(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, [.. Enumerable.Range(0, 50).Select(i => ($"f{i}.css", "old"))]);
        for (var i = 0; i < 5000; i++)
        {
            folder.Write($"f{i % 50}.css", $"{i}");
        }

        folder.Write("last.css", "x");
        var batches = await folder.BatchesUntilAsync("last.css");
        Assert.InRange(batches.Count, 1, 3);
        Assert.Equal(51, batches.SelectMany(batch => batch).Distinct().Count());
    }

    [Fact]
    public void Hints_that_nobody_takes_are_bounded_and_end_in_a_rescan()
    {
        var queue = new HintQueue();
        for (var i = 0; i < 60_000; i++)
        {
            queue.Add(new ChangeHint($"f{i}", HintKind.Finished));
        }

        var taken = new List<ChangeHint>();
        while (queue.TryTake(out var hint))
        {
            taken.Add(hint);
        }

        Assert.Equal(HintQueue.Longest + 1, taken.Count);
        Assert.Equal(ChangeHint.Rescan, taken[^1]);
    }

    [Fact]
    public async Task Folders_beyond_the_limit_of_watches_are_polled_and_it_is_said_once_with_the_remedy()
    {
        var calls = new InotifyCalls(Inotify.Create, (inotify, path, what) => path.Contains("/beyond", StringComparison.Ordinal) ? NoSpace : Inotify.Add(inotify, path, what));
        await using var folder = await WithCallsAsync(calls, ("within/a.css", "1"), ("beyond1/a.css", "1"), ("beyond2/deep/a.css", "1"));
        var warning = Assert.Single(folder.Warnings);
        Assert.Contains($"({Inotify.Limit("max_user_watches")})", warning, StringComparison.Ordinal);
        Assert.Contains("2 of ", warning, StringComparison.Ordinal); // the root and "within"
        Assert.Contains("3 are polled", warning, StringComparison.Ordinal);
        Assert.Contains("sudo sysctl fs.inotify.max_user_watches=", warning, StringComparison.Ordinal);
        foreach (var path in new[] { "beyond1/a.css", "within/a.css", "beyond2/deep/a.css" })
        {
            folder.Write(path, "2");
            Assert.Equal([$"Modified {path}"], await folder.UntilAsync(path));
        }

        folder.Write("beyond3/new.css", "1");
        Assert.Equal(["Added beyond3/new.css"], await folder.UntilAsync("beyond3/new.css"));
        folder.Write("beyond3/new.css", "2");
        Assert.Equal(["Modified beyond3/new.css"], await folder.UntilAsync("beyond3/new.css"));
        Directory.Delete(folder.At("beyond1"), recursive: true);
        Assert.Equal(["Removed beyond1/a.css"], await folder.UntilAsync("beyond1/a.css"));
        Assert.Single(folder.Warnings);
    }

    [Fact]
    public async Task Without_an_instance_the_root_is_polled_and_the_remedy_is_said()
    {
        await using var folder = await WithCallsAsync(new InotifyCalls(() => -1, Inotify.Add), ("a.css", "1"));
        var warning = Assert.Single(folder.Warnings);
        Assert.Contains($"({Inotify.Limit("max_user_instances")})", warning, StringComparison.Ordinal);
        Assert.Contains("sudo sysctl fs.inotify.max_user_instances=", warning, StringComparison.Ordinal);
        folder.Write("a.css", "2");
        Assert.Equal(["Modified a.css"], await folder.UntilAsync("a.css"));
    }

    private static Task<WatchedFolder> WithCallsAsync(InotifyCalls calls, params (string, string)[] files)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "they are Linux's limits");
        WatchedFolder? watched = null;
        return WatchedFolder.StartAsync(
            "inotify", folder => watched = folder, options => options with { Source = tree => ChangeSources.For(new WatchOptions { Root = options.Root }, tree, watched!.Warn, calls) }, files);
    }
}

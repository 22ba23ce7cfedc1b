using LiveServe.IntegrationTests.Harness;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>A folder of its own with a real watcher on it.</summary>
internal sealed class WatchedFolder : IAsyncDisposable
{
    // How long a test waits for what never comes; a machine that is busy with other things is slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<string> _warnings = [];
    private SiteWatcher _watcher = null!;

    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("liveserve-").FullName;

    /// <summary>What was said to the user: a sentence and its remedy.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The files that changed after a moment.</summary>
    public IReadOnlyList<string> ChangedSince(DateTimeOffset time) => _watcher.ChangedSince(time);

    /// <summary>Somebody was told that a file is not there.</summary>
    public void Missed(string path) => _watcher.Missed(path);

    /// <summary>Watches a folder with these files.</summary>
    public static Task<WatchedFolder> StartAsync(string source, params (string Path, string Text)[] files) => StartAsync(source, _ => { }, files: files);

    /// <summary>The same, watched under another path.</summary>
    public static Task<WatchedFolder> StartAsync(string source, Func<string, string> watched, params (string Path, string Text)[] files) =>
        StartAsync(source, _ => { }, options => options with { Root = watched(options.Root) }, files);

    /// <summary>The same, with something done before watching begins, and other options.</summary>
    public static async Task<WatchedFolder> StartAsync(
        string source, Action<WatchedFolder> prepare, Func<WatchOptions, WatchOptions>? with = null, params (string Path, string Text)[] files)
    {
        var folder = new WatchedFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        prepare(folder);
        FileTick.Wait(folder.Root);
        var options = new WatchOptions { Root = folder.Root, Source = tree => folder.SourceOf(source, tree) };
        folder._watcher = new SiteWatcher(with?.Invoke(options) ?? options, folder.Warn);
        folder._watcher.Start();
        await folder._watcher.Armed;
        await folder._watcher.Learnt;
        return folder;
    }

    /// <summary>Takes down what is said to the user.</summary>
    public void Warn(string message, string? remedy) => _warnings.Add($"{message} {remedy}");

    /// <summary>A full path in the folder.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Saves a file in place, and makes the folders it is in.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Makes a link, and the folders it is in.</summary>
    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
    }

    /// <summary>Changes until the one of <paramref name="last"/>, as "kind path", those of one path merged.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string last) => [.. (await BatchesUntilAsync(last)).SelectMany(batch => batch)];

    /// <summary>The same, batch by batch.</summary>
    public async Task<List<List<string>>> BatchesUntilAsync(string last)
    {
        var batches = new List<List<string>>();
        do
        {
            batches.Add([.. (await UntilNextAsync()).Order(StringComparer.Ordinal)]);
        }
        while (!batches[^1].Any(change => change.EndsWith($" {last}", StringComparison.Ordinal)));

        return batches;
    }

    /// <summary>The next batch.</summary>
    public async Task<IReadOnlyList<string>> UntilNextAsync() => [.. (await NextAsync()).Changes.Select(change => $"{change.Kind} {change.Path}")];

    /// <summary>The next batch as it is.</summary>
    public async Task<ChangeBatch> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _watcher.Batches.ReadAsync(patience.Token);
    }

    /// <summary>Writes a last file and gives what came before it: "nothing" is shown by nothing coming first.</summary>
    public async Task<IReadOnlyList<string>> SettledAsync()
    {
        var name = $"zz-sentinel-{Guid.NewGuid():n}";
        Write(name, "x");
        return [.. (await UntilAsync(name)).Where(change => !change.EndsWith(name, StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        await _watcher.DisposeAsync();
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private IChangeSource SourceOf(string source, FileTree tree) => source switch
    {
        "inotify" => new InotifySource(tree, Warn),
        "polling" => new PollingSource(tree, TimeSpan.FromMilliseconds(10), Warn),
        _ => new SystemSource(tree, Warn),
    };
}

using LiveServe.IntegrationTests.Harness;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>A folder of its own with a real watcher on it.</summary>
internal sealed class WatchedFolder : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private readonly List<string> _warnings = [];
    private SiteWatcher _watcher = null!;

    /// <summary>The folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("liveserve-").FullName;

    /// <summary>What was said to the user.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Watches a folder with these files.</summary>
    public static Task<WatchedFolder> StartAsync(string source, params (string Path, string Text)[] files) => StartAsync(source, root => root, files);

    /// <summary>The same, watched under another path.</summary>
    public static async Task<WatchedFolder> StartAsync(string source, Func<string, string> watched, params (string Path, string Text)[] files)
    {
        var folder = new WatchedFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        FileTick.Wait(folder.Root);
        folder._watcher = new SiteWatcher(folder.Options(source, watched(folder.Root)), (message, _) => folder._warnings.Add(message));
        folder._watcher.Start();
        await folder._watcher.Armed;
        return folder;
    }

    /// <summary>A full path in the folder.</summary>
    public string At(string path) => Path.Combine(Root, path);

    /// <summary>Saves a file in place, and makes the folders it is in.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Changes until the one of <paramref name="last"/>, as "kind path", those of one path merged.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(string last) => [.. (await BatchesUntilAsync(last)).SelectMany(batch => batch)];

    /// <summary>The same, batch by batch.</summary>
    public async Task<List<List<string>>> BatchesUntilAsync(string last)
    {
        var batches = new List<List<string>>();
        do
        {
            var batch = await _watcher.Batches.ReadAsync(_patience.Token);
            batches.Add([.. batch.Changes.OrderBy(change => change.Path, StringComparer.Ordinal).Select(change => $"{change.Kind} {change.Path}")]);
        }
        while (!batches[^1].Any(change => change.EndsWith($" {last}", StringComparison.Ordinal)));

        return batches;
    }

    /// <summary>The next batch.</summary>
    public async Task<IReadOnlyList<string>> UntilNextAsync() =>
        [.. (await _watcher.Batches.ReadAsync(_patience.Token)).Changes.Select(change => $"{change.Kind} {change.Path}")];

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

        _patience.Dispose();
    }

    private WatchOptions Options(string source, string root) => new()
    {
        Root = root,
        Source = source switch
        {
            "inotify" => tree => new InotifySource(tree, (message, _) => _warnings.Add(message)),
            "polling" => tree => new PollingSource(tree, TimeSpan.FromMilliseconds(10), (message, _) => _warnings.Add(message)),
            _ => tree => new SystemSource(tree, (message, _) => _warnings.Add(message)),
        },
    };
}

using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe.Hosting;

/// <summary>Watches the templates that an app's pages are made from. Which page a template makes only the app knows: a change reloads all.</summary>
internal sealed class TemplateWatch(string contentRoot, string webRoot, UpdateHub updates, Action<ServerEvent> report) : IAsyncDisposable
{
    private readonly SiteWatcher _watcher = new(
        new WatchOptions { Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(contentRoot)), Ignore = Ignored(contentRoot, webRoot) },
        (message, hint) => report(new WarningRaised(message, hint)));

    private Task _reading = Task.CompletedTask;

    /// <summary>Whether a file is a template.</summary>
    public static bool IsTemplate(string path) =>
        path.EndsWith(".cshtml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".razor", StringComparison.OrdinalIgnoreCase);

    /// <summary>Begins; returns at once.</summary>
    public void Start()
    {
        _watcher.Start();
        _reading = ReadAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watcher.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (var batch in _watcher.Batches.ReadAllAsync())
        {
            var templates = batch.Changes.Select(change => change.Path).Where(IsTemplate).ToList();
            if (templates.Count > 0)
            {
                var pages = updates.ReloadAll(templates[0]);
                report(new UpdateSent(
                    updates.Seq, templates, [new UpdateStep("reload", null, templates[0])], pages, 0, System.Diagnostics.Stopwatch.GetElapsedTime(batch.FirstSeenTimestamp)));
            }
        }
    }

    // What is built is no template; the web root is watched already.
    private static IReadOnlyList<string> Ignored(string contentRoot, string webRoot)
    {
        string[] built = ["**/bin", "**/obj"];
        var relative = webRoot.Length == 0 ? ".." : Path.GetRelativePath(contentRoot, webRoot).Replace('\\', '/');
        return relative.StartsWith('.') || Path.IsPathRooted(relative) ? built : [.. built, relative];
    }
}

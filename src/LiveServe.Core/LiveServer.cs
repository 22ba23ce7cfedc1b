using System.Net;
using System.Threading.Channels;
using LiveServe.Chat;
using LiveServe.Files;
using LiveServe.Protocol;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe;

/// <summary>A running server: it serves a folder, watches it, and tells open pages what changed. Dispose it to stop.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    private readonly KestrelHost _host;
    private readonly SiteWatcher? _watcher;
    private readonly SocketHub _sockets;
    private readonly Task _publishing;

    private LiveServer(LiveServeOptions options, KestrelHost host, SiteWatcher? watcher, SocketHub sockets, Task publishing)
    {
        (Options, _host, _watcher, _sockets, _publishing) = (options, host, watcher, sockets, publishing);
        Url = new UriBuilder("http", NameOf(options.Host), host.Port).Uri;
    }

    /// <summary>The tool's version.</summary>
    public static string Version { get; } = typeof(LiveServer).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>What it was started with.</summary>
    public LiveServeOptions Options { get; }

    /// <summary>Where pages are opened.</summary>
    public Uri Url { get; }

    /// <summary>How many sockets are open.</summary>
    public int SocketCount => _sockets.Count;

    /// <summary>Completes when every folder is watched; pages are served before that, and nothing saved meanwhile is missed.</summary>
    public Task Watching => _watcher?.Armed ?? Task.CompletedTask;

    /// <summary>Starts serving. When it returns, the port answers.</summary>
    /// <exception cref="LiveServeException">The folder or the port cannot be used.</exception>
    public static async Task<LiveServer> StartAsync(LiveServeOptions options)
    {
        var root = new SiteRoot(CheckRoot(options.Root), options.FollowLinks);
        void Warn(string message, string? hint) => options.Report(new WarningRaised(message, hint));

        var boot = Guid.NewGuid().ToString("n")[..16];
        var watcher = options.Watch ? new SiteWatcher(WatchOptionsOf(options, root), Warn) : null;
        var usage = new UsageGraph();
        var versions = new SiteVersions(usage);
        var sources = new SourceStore();
        var appPage = RelativeOf(options.SpaFile);
        var locator = new SiteLocator(root, options.Dotfiles, options.Listing, appPage);
        var scan = new UsageScan(locator, usage, Warn);
        var sheets = new SheetVersions(versions.Of);
        var knowledge = new SiteKnowledge(locator, sources, usage, scan, versions, sheets, watcher);
        var updates = new UpdateHub(boot, knowledge, new PlanOptions(options.Reload, options.SwapCss, options.Broadcast, options.Listing, appPage), sent =>
            options.Report(new UpdateSent(sent.Seq, sent.Files, [.. sent.Items.Select(StepOf)], sent.Pages, sent.PlainClients, sent.Elapsed)));
        var room = options.Chat ? new Room() : null;
        var sockets = new SocketHub(options.MaximumSockets);
        var pages = new PageReports(options.Report, TimeProvider.System);
        var desk = new EditorDesk(locator, options.Report, TimeProvider.System);
        var router = new MessageRouter(updates, room, pages, desk, options);
        var endpoint = new SocketEndpoint(boot, new OriginCheck(options.AllowedOrigins), sockets, updates, room, pages, router, options.Report);
        var extra = options.Headers.Count > 0 ? new ExtraHeaders(options.Headers, options.Inject, Warn) : null;
        var stamp = new PageStamp(options.Inject, boot, () => updates.Seq, options.Chat, options.Chat && options.Launcher,
            Enum.GetName(options.Console)!.ToLowerInvariant(), extra?.HasPolicy == true, extra?.Nonce);
        var files = new SiteFiles(locator, stamp, usage, scan, sources, sheets, Warn, options.Compress);
        var pipeline = new RequestPipeline(
            new HostCheck(options.AllowedHosts), files, sources, endpoint, updates, sockets, options, extra);
        if (options.Cors is { AllowsAnyone: true })
        {
            Warn("With --cors * every website that is open in a browser here can read all files that are served.", "Name the origin that is to read them: --cors http://localhost:3000.");
        }

        watcher?.Start(); // before the port answers: whatever is served is watched, or found changed when it is armed
        try
        {
            var host = await KestrelHost.StartAsync(options, pipeline.Build());
            var publishing = updates.RunAsync(watcher?.Batches ?? Channel.CreateBounded<ChangeBatch>(1).Reader, defect =>
                Warn($"A change could not be published: {defect}", "This is a defect of liveserve. Please report it."));
            return new LiveServer(options, host, watcher, sockets, publishing);
        }
        catch
        {
            sockets.Dispose();
            await (watcher?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Says goodbye to every page and stops; takes two seconds at the most.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync();
            await _publishing;
        }

        await _sockets.CloseAllAsync();
        await _host.StopAsync(TimeSpan.FromMilliseconds(500));
        _host.Dispose();
        _sockets.Dispose();
    }

    private static UpdateStep StepOf(UpdateItem item) => item switch
    {
        CssItem css => new("css", css.Url, null),
        SheetItem sheet => new("sheet", sheet.Url, null),
        AssetItem asset => new("asset", asset.Url, null),
        HtmlItem html => new("html", html.Url, null),
        ReloadItem reload => new("reload", null, reload.Why),
        _ => throw new InvalidOperationException($"{item.GetType().Name} has no name."),
    };

    private static WatchOptions WatchOptionsOf(LiveServeOptions options, SiteRoot root) => new()
    {
        Root = root.FullPath,
        UseGitignore = options.UseGitignore,
        FollowLinks = options.FollowLinks,
        Ignore = options.Ignore,
        FixedWait = options.Wait,
        PollEvery = options.Poll,
    };

    // As people write it: "./index.html" and "/index.html" are the same file.
    private static string? RelativeOf(string? file) =>
        file is null ? null : file.StartsWith("./", StringComparison.Ordinal) ? RelativeOf(file[2..]) : file.TrimStart('/');

    private static string CheckRoot(string root)
    {
        if (File.Exists(root))
        {
            throw new LiveServeException(LiveServeFailure.RootUnusable, $"{root} is a file.", "Name the folder that it is in.");
        }

        if (!Directory.Exists(root))
        {
            throw new LiveServeException(LiveServeFailure.RootUnusable, $"The folder {root} does not exist.", "Check its spelling, or create it.");
        }

        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(root).GetEnumerator();
            entries.MoveNext();
            return root;
        }
        catch (UnauthorizedAccessException)
        {
            throw new LiveServeException(LiveServeFailure.RootUnusable, $"The folder {root} cannot be read.", "Give this user the right to read it.");
        }
    }

    private static string NameOf(IPAddress? host) => host switch
    {
        null => "localhost",
        _ when host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any) => "localhost",
        _ when host.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 => $"[{host}]",
        _ => host.ToString(),
    };
}

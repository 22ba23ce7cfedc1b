using System.Net;
using LiveServe.Certificates;
using LiveServe.Chat;
using LiveServe.Files;
using LiveServe.Protocol;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;

namespace LiveServe;

/// <summary>A running server: it serves a folder, watches it, and tells open pages what changed. Dispose it to stop.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    private readonly KestrelHost _host;
    private readonly SiteWatchers? _watcher;
    private readonly SocketHub _sockets;
    private readonly UpdateHub _updates;
    private readonly ProxyEndpoint? _proxy;
    private readonly Task _publishing;

    private LiveServer(
        LiveServeOptions options, KestrelHost host, SiteWatchers? watcher, SocketHub sockets, UpdateHub updates, ProxyEndpoint? proxy, Task publishing, string? token)
    {
        (Options, _host, _watcher, _sockets, _updates, _proxy, _publishing) = (options, host, watcher, sockets, updates, proxy, publishing);
        Url = new UriBuilder(options.UsesHttps ? "https" : "http", NameOf(options.Host), host.Port).Uri;
        Urls = UrlsOf(token);
    }

    /// <summary>The tool's version.</summary>
    public static string Version { get; } = typeof(LiveServer).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>What it was started with.</summary>
    public LiveServeOptions Options { get; }

    /// <summary>Where pages are opened.</summary>
    public Uri Url { get; }

    /// <summary>
    /// Every address at which pages can be opened: this machine's own first, then those for other machines, the likeliest first. Those carry the token
    /// that pairs in their query, so they are for the eyes of who may come.
    /// </summary>
    public IReadOnlyList<Uri> Urls { get; }

    /// <summary>How many sockets are open.</summary>
    public int SocketCount => _sockets.Count;

    /// <summary>Completes when every folder is watched; pages are served before that, and nothing saved meanwhile is missed.</summary>
    public Task Watching => _watcher?.Armed ?? Task.CompletedTask;

    /// <summary>The addresses of the open pages, each as often as it is open.</summary>
    public IReadOnlyList<string> Pages => _updates.Pages;

    /// <summary>Whether changes wait. What changes meanwhile goes out at once when they no longer do.</summary>
    public bool IsPaused
    {
        get => _updates.IsPaused;
        set => _updates.IsPaused = value;
    }

    /// <summary>Has every open page loaded again.</summary>
    /// <returns>How many were told.</returns>
    public int ReloadPages() => _updates.ReloadAll("you asked for it");

    /// <summary>Starts serving. When it returns, the port answers.</summary>
    /// <exception cref="LiveServeException">The folder or the port cannot be used.</exception>
    public static async Task<LiveServer> StartAsync(LiveServeOptions options)
    {
        var report = options.Report;
        void Warn(string message, string? hint) => report(new WarningRaised(message, hint));

        var root = new SiteRoot(CheckRoot(options), options.FollowLinks);
        options = options with { Proxies = [.. options.Proxies, .. ViteConfig.Rules(root, Warn)] };

        var identity = options.UsesHttps ? IdentityOf(options, Warn) : null;
        var boot = Guid.NewGuid().ToString("n")[..16];
        var mounts = Places.Mounted(options);
        var watcher = Places.Watched(options, root.FullPath.Length > 0 ? root : null, mounts, Warn);
        var usage = new UsageGraph();
        var versions = new SiteVersions(usage);
        var sources = new SourceStore();
        var appPage = RelativeOf(options.SpaFile);
        var locator = new SiteLocator(new SiteFolders(root, mounts), options.Dotfiles, options.Listing, appPage);
        var scan = new UsageScan(locator, usage, Warn);
        var sheets = new SheetVersions(versions.Of);
        var knowledge = new SiteKnowledge(locator, sources, usage, scan, versions, sheets, watcher);
        var updates = new UpdateHub(boot, knowledge, new PlanOptions(options.Reload, options.SwapCss, options.Broadcast, options.Listing, appPage), sent =>
            options.Report(new UpdateSent(sent.Seq, sent.Files, [.. sent.Items.Select(StepOf)], sent.Pages, sent.PlainClients, sent.Elapsed)));
        var room = options.Chat ? new Room() : null;
        var sockets = new SocketHub(options.MaximumSockets);
        var pages = new PageReports(options.Report, TimeProvider.System);
        var desk = new EditorDesk(locator, options.Report, TimeProvider.System);
        var origins = new OriginCheck(options.AllowedOrigins);
        var entrance = new SocketEntrance(options.Lan, origins, sockets);
        var userSockets = UserSockets.For(options, entrance, sockets);
        var extra = options.Headers.Count > 0 ? new ExtraHeaders(options.Headers, options.Inject, Warn) : null;
        var stamp = new PageStamp(options.Inject, boot, () => updates.Seq, options.Chat, options.Chat && options.Launcher,
            Enum.GetName(options.Console)!.ToLowerInvariant(), extra?.HasPolicy == true, extra?.Nonce);
        var proxy = ProxyEndpoint.For(options, locator, origins, () => stamp.Inject ? stamp.For(default, stamp.Seq()) : null, updates, sockets, Warn);
        var router = new MessageRouter(updates, room, pages, desk, proxy, options);
        var endpoint = new SocketEndpoint(entrance, boot, sockets, updates, room, pages, router, options.Report);
        var files = new SiteFiles(locator, stamp, usage, scan, sources, sheets, Warn, options.Compress);
        var doors = Doors.Of(options, root.FullPath, Warn);
        var hosts = new HostCheck(options.Lan ? [.. options.AllowedHosts, .. ReachableAddresses.NamesOfThisMachine()] : options.AllowedHosts);
        var pipeline = new RequestPipeline(hosts, files, sources, endpoint, userSockets, updates, sockets, proxy, doors, options, extra);
        if (options.Cors is { AllowsAnyone: true })
        {
            Warn("With --cors * every website that is open in a browser here can read all files that are served.", "Name the origin that is to read them: --cors http://localhost:3000.");
        }

        if (!options.Lan && IsAny(options.Host) && options.Host is not null)
        {
            Warn("Every machine on the network can read what is served here, and open the socket.", "Use --lan, and they pair first by a link.");
        }

        watcher?.Start(); // before the port answers: whatever is served is watched, or found changed when it is armed
        try
        {
            var host = await KestrelHost.StartAsync(options, pipeline.Build(), identity);
            var publishing = watcher?.RunAsync(updates, defect =>
                Warn($"A change could not be published: {defect}", "This is a defect of liveserve. Please report it.")) ?? Task.CompletedTask;
            return new LiveServer(options, host, watcher, sockets, updates, proxy, publishing, doors.Token);
        }
        catch
        {
            proxy?.Dispose();
            sockets.Dispose();
            await (watcher?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Says goodbye to every page and stops; takes two seconds at the most.</summary>
    public async ValueTask DisposeAsync()
    {
        _updates.IsPaused = false;
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync();
            await _publishing;
        }

        await _sockets.CloseAllAsync();
        await _host.StopAsync(TimeSpan.FromMilliseconds(500));
        _host.Dispose();
        _proxy?.Dispose();
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

    // As people write it: "./index.html" and "/index.html" are the same file.
    private static string? RelativeOf(string? file) =>
        file is null ? null : file.StartsWith("./", StringComparison.Ordinal) ? RelativeOf(file[2..]) : file.TrimStart('/');

    private static string CheckRoot(LiveServeOptions options)
    {
        var root = options.Root;
        if (root.Length == 0)
        {
            return options.Upstream is not null ? root : throw new LiveServeException(
                LiveServeFailure.RootUnusable, "There is nothing to serve.", "Name a folder, or the URL of a server.");
        }

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

    private static ServerIdentity IdentityOf(LiveServeOptions options, Action<string, string?> warn)
    {
        try
        {
            return ServerIdentity.Choose(
                new CertificateSources(options.Certificate, options.CertificateKey, options.Pfx, options.CertificatePassword),
                new StateFolder(options.StateFolder),
                options.Lan || IsAny(options.Host) ? [.. ReachableAddresses.OfThisMachine()] : options.Host is { } host ? [host] : [],
                options.Lan || options.Host is not null ? ReachableAddresses.NamesOfThisMachine() : [],
                warn);
        }
        catch (CertificateException problem)
        {
            throw new LiveServeException(LiveServeFailure.WrongConfiguration, problem.Message, problem.Remedy);
        }
    }

    private IReadOnlyList<Uri> UrlsOf(string? token)
    {
        var others = Options.Host is { } host && !IsAny(host) ? IPAddress.IsLoopback(host) ? [] : [host]
            : Options.Lan || IsAny(Options.Host) ? ReachableAddresses.OfThisMachine() : [];
        var links = others.Select(address => new UriBuilder(Url) { Host = NameOf(address), Query = token is null ? "" : PairingLink.Query(token) }.Uri);
        return Options.Host is null || IsAny(Options.Host) || IPAddress.IsLoopback(Options.Host) ? [Url, .. links] : [.. links];
    }

    private static bool IsAny(IPAddress? host) => IPAddress.Any.Equals(host) || IPAddress.IPv6Any.Equals(host);

    private static string NameOf(IPAddress? host) => host switch
    {
        null => "localhost",
        _ when IsAny(host) => "localhost",
        _ when host.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 => $"[{host}]",
        _ => host.ToString(),
    };
}

using System.Net;
using LiveServe.Certificates;
using LiveServe.Files;
using LiveServe.Paths;
using LiveServe.Security;
using LiveServe.Serving;

namespace LiveServe;

/// <summary>A running server: it serves a folder, watches it, and tells open pages what changed. Dispose it to stop.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    private readonly KestrelHost _host;
    private readonly LiveSite _site;

    private LiveServer(LiveServeOptions options, KestrelHost host, LiveSite site, string? token)
    {
        (Options, _host, _site) = (options, host, site);
        Url = new UriBuilder(options.UsesHttps ? "https" : "http", NameOf(options.Host), host.Port, site.Base.Path).Uri;
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

    /// <summary>
    /// The room's address with the key that makes a browser its host; <see langword="null"/> when there is no room. It is for the host's eyes only: the key is in
    /// the fragment, which browsers do not send.
    /// </summary>
    public Uri? HostLink => Options.Chat ? HostLinkAt(ReservedPaths.Chat) : null;

    /// <summary>The inspector's address with the same key.</summary>
    public Uri InspectorLink => HostLinkAt(ReservedPaths.Inspector);

    /// <summary>How many sockets are open.</summary>
    public int SocketCount => _site.Sockets.Count;

    /// <summary>Completes when every folder is watched; pages are served before that, and nothing saved meanwhile is missed.</summary>
    public Task Watching => _site.Watching;

    /// <summary>The addresses of the open pages, each as often as it is open.</summary>
    public IReadOnlyList<string> Pages => [.. _site.Updates.Pages.Select(_site.Base.Outward)];

    /// <summary>Whether changes wait. What changes meanwhile goes out at once when they no longer do.</summary>
    public bool IsPaused
    {
        get => _site.Updates.IsPaused;
        set => _site.Updates.IsPaused = value;
    }

    /// <summary>Has every open page loaded again.</summary>
    /// <returns>How many were told.</returns>
    public int ReloadPages() => _site.Updates.ReloadAll("you asked for it");

    /// <summary>Starts serving. When it returns, the port answers.</summary>
    /// <exception cref="LiveServeException">The folder or the port cannot be used.</exception>
    public static async Task<LiveServer> StartAsync(LiveServeOptions options)
    {
        var report = options.Report;
        void Warn(string message, string? hint) => report(new WarningRaised(message, hint));

        var root = new SiteRoot(CheckRoot(options), options.FollowLinks);
        options = options with { Proxies = [.. options.Proxies, .. ViteConfig.Rules(root, Warn)] };

        var identity = options.UsesHttps ? IdentityOf(options, Warn) : null;
        var extra = options.Headers.Count > 0 ? new ExtraHeaders(options.Headers, options.Inject, Warn) : null;
        var site = new LiveSite(options, root, extra);
        var files = new SiteFiles(site.Locator, site.Stamp, site.Usage, site.Scan, site.Sources, site.Sheets, Warn, options.Compress, site.Missed, site.Base);
        var doors = Doors.Of(options, root.FullPath, Warn);
        var hosts = new HostCheck(options.Lan ? [.. options.AllowedHosts, .. ReachableAddresses.NamesOfThisMachine()] : options.AllowedHosts);
        var userSockets = UserSockets.For(options, site.Base, site.Entrance, site.Sockets, site.Inspector);
        var pipeline = new RequestPipeline(hosts, site.Own, userSockets, files, site.Proxy, doors, site.Inspector, options, site.Base, extra);
        site.Inspector.Hide(doors.Token);
        if (options.Cors is { AllowsAnyone: true })
        {
            Warn("With --cors * every website that is open in a browser here can read all files that are served.", "Name the origin that is to read them: --cors http://localhost:3000.");
        }

        if (!options.Lan && IsAny(options.Host) && options.Host is not null)
        {
            Warn("Every machine on the network can read what is served here, and open the socket.", "Use --lan, and they pair first by a link.");
        }

        site.Start(); // before the port answers: whatever is served is watched, or found changed when it is armed
        try
        {
            var host = await KestrelHost.StartAsync(options, pipeline.Build(), identity);
            return new LiveServer(options, host, site, doors.Token);
        }
        catch
        {
            await site.StopAsync();
            site.Dispose();
            throw;
        }
    }

    /// <summary>Says goodbye to every page and stops; takes two seconds at the most.</summary>
    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync();
        await _host.StopAsync(TimeSpan.FromMilliseconds(500));
        _host.Dispose();
        _site.Dispose();
    }

    private static string CheckRoot(LiveServeOptions options)
    {
        var root = options.Root;
        if (root.Length == 0)
        {
            return options.Upstream is not null || options.EchoOnly ? root : throw new LiveServeException(
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

    private static ShownIdentity IdentityOf(LiveServeOptions options, Action<string, string?> warn)
    {
        var once = new OnceOnly(warn);
        var sources = new CertificateSources(options.Certificate, options.CertificateKey, options.Pfx, options.CertificatePassword);
        var state = new StateFolder(options.StateFolder);
        try
        {
            return new ShownIdentity(now => ServerIdentity.Choose(
                sources,
                state,
                options.Lan || IsAny(options.Host) ? [.. ReachableAddresses.OfThisMachine()] : options.Host is { } host ? [host] : [],
                options.Lan || options.Host is not null ? ReachableAddresses.NamesOfThisMachine() : [],
                now,
                once.Warn), TimeProvider.System, once.Warn);
        }
        catch (CertificateException problem)
        {
            throw new LiveServeException(LiveServeFailure.WrongConfiguration, problem.Message, problem.Remedy);
        }
    }

    private Uri HostLinkAt(string path) => new UriBuilder(Url) { Path = _site.Base.Outward(path), Fragment = "host=" + Uri.EscapeDataString(_site.HostKey.Value) }.Uri;

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

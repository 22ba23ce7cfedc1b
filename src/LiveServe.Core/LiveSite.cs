using LiveServe.Chat;
using LiveServe.Files;
using LiveServe.Inspection;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;

namespace LiveServe;

/// <summary>
/// What makes a folder live, whoever answers the requests: the watcher, what is known of the files and of who uses them, the updates, the room,
/// the sockets. Made once from the options, by the tool's server and by an app's middleware alike.
/// </summary>
internal sealed class LiveSite : IDisposable
{
    private readonly SiteWatchers? _watchers;
    private readonly RepeatedSaves _saves;
    private readonly Action<Exception> _failed;
    private readonly RoomOwner? _room;
    private Task _publishing = Task.CompletedTask;

    /// <summary>Makes the parts; nothing runs yet.</summary>
    /// <param name="extra">The user's own headers; <see langword="null"/> for none.</param>
    /// <param name="reloadsAfterRestart">Whether pages that no file of the folder made are another after a restart.</param>
    public LiveSite(LiveServeOptions options, SiteRoot root, ExtraHeaders? extra = null, bool reloadsAfterRestart = false)
    {
        var report = options.Report;
        void Warn(string message, string? hint) => report(new WarningRaised(message, hint));
        _failed = defect => Warn($"A change could not be published: {defect}", "This is a defect of liveserve. Please report it.");

        Base = BasePath.Checked(options.Base);
        HostKey = new HostKey(SoundKey(options.HostKey));
        var boot = Guid.NewGuid().ToString("n")[..16];
        var appPage = RelativeOf(options.SpaFile);
        var mounts = Places.Mounted(options);
        _watchers = Places.Watched(options, root.FullPath.Length > 0 ? root : null, mounts, Warn);
        Usage = new UsageGraph();
        Locator = new SiteLocator(new SiteFolders(root, mounts), options.Dotfiles, options.Listing, appPage);
        Scan = new UsageScan(Locator, Usage, Warn, Base);
        var versions = new SiteVersions(Usage, Locator.ChangedAt);
        Sheets = new SheetVersions(versions.Of, Base);
        var knowledge = new SiteKnowledge(Locator, Sources, Usage, Scan, versions, Sheets, _watchers, Base);
        var plan = new PlanOptions(options.Reload, options.SwapCss, options.Broadcast, options.Listing, appPage, reloadsAfterRestart);
        var log = !options.Chat ? null : RoomLogs.For(options, Warn);
        _room = log is null ? null : new RoomOwner(() => log, HostKey, options.RoomClock,
            defect => Warn($"The room stumbled: {defect}", "This is a defect of liveserve. Please report it."));
        _saves = new RepeatedSaves(report, TimeProvider.System);
        Updates = new UpdateHub(boot, knowledge, plan, sent =>
        {
            _saves.Take(new UpdateSent(sent.Seq, sent.Files, [.. sent.Items.Select(StepOf)], sent.Pages, sent.PlainClients, sent.Elapsed));
            _room?.Saved(sent.Files);
        })
        {
            Told = Tell,
        };
        Sockets = new SocketHub(OpenFileLimit.Sockets(OpenFileLimit.OfThisProcess(), options.MaximumSockets));
        Stamp = new PageStamp(options.Inject, boot, () => Updates.Seq, options.Chat, options.Chat && options.Launcher,
            Enum.GetName(options.Console)!.ToLowerInvariant(), extra?.HasPolicy == true, extra?.Nonce,
            Enum.GetName(options.Transport)!.ToLowerInvariant(), Base.Outward(ReservedPaths.Client));
        var pages = new PageReports(report, TimeProvider.System);
        var desk = new EditorDesk(Locator, Base, report, TimeProvider.System);
        var origins = new OriginCheck(options.AllowedOrigins);
        Entrance = new SocketEntrance(options.Lan, origins, Sockets);
        Inspector = new Inspector(Updates.PageOf);
        Inspector.Hide(HostKey.Value);
        Proxy = ProxyEndpoint.For(options, Base, Locator, origins, () => Stamp.Inject ? Stamp.For(default, Stamp.Seq()) : null, Updates, Sockets, Inspector.Watch, Warn);
        var router = new MessageRouter(Updates, _room, pages, desk, Proxy, options, Base);
        var socket = new SocketEndpoint(Entrance, boot, Sockets, Updates, _room, pages, router, report, Inspector);
        Own = new OwnAddresses(socket, new FallbackEndpoint(Entrance, Sockets, socket, options.Fallback), new InspectorEndpoint(Inspector, Entrance, Sockets, boot, HostKey, options, Base),
            Sources, Updates, Sockets, _room, Stamp.Transport);
    }

    /// <summary>What the site is under.</summary>
    public SiteBase Base { get; }

    /// <summary>Proves the host, of the room and of the inspector.</summary>
    public HostKey HostKey { get; }

    /// <summary>What uses what.</summary>
    public UsageGraph Usage { get; }

    /// <summary>Reads what files name.</summary>
    public UsageScan Scan { get; }

    /// <summary>From addresses to files.</summary>
    public SiteLocator Locator { get; }

    /// <summary>What open pages were made from.</summary>
    public SourceStore Sources { get; } = new();

    /// <summary>Puts versions into style sheets.</summary>
    public SheetVersions Sheets { get; }

    /// <summary>What every page is told by its script tag.</summary>
    public PageStamp Stamp { get; }

    /// <summary>Tells pages what changed.</summary>
    public UpdateHub Updates { get; }

    /// <summary>The open sockets.</summary>
    public SocketHub Sockets { get; }

    /// <summary>Lets sockets in, ours and the user's.</summary>
    public SocketEntrance Entrance { get; }

    /// <summary>What is remembered of sockets and requests.</summary>
    public Inspector Inspector { get; }

    /// <summary>The back ends; <see langword="null"/> when there is none.</summary>
    public ProxyEndpoint? Proxy { get; }

    /// <summary>Answers at the reserved addresses.</summary>
    public OwnAddresses Own { get; }

    /// <summary>Somebody was told that there is nothing at an address.</summary>
    public void Missed(RequestTarget target) => _watchers?.Missed(SiteLocator.Candidates(target));

    /// <summary>Completes when every folder is watched.</summary>
    public Task Watching => _watchers?.Armed ?? Task.CompletedTask;

    /// <summary>Begins to watch; returns at once. Whatever is served from now on is watched, or found changed when it is armed.</summary>
    public void Start()
    {
        _watchers?.Start();
        _publishing = _watchers?.RunAsync(Updates, _failed) ?? Task.CompletedTask;
    }

    /// <summary>Watches no more, and says goodbye to every page; takes a second or two at the most.</summary>
    public async ValueTask StopAsync()
    {
        Updates.IsPaused = false;
        if (_watchers is not null)
        {
            await _watchers.DisposeAsync();
            await _publishing;
        }

        await Sockets.CloseAllAsync();
    }

    /// <summary>Lets go of what is left after <see cref="StopAsync"/>.</summary>
    public void Dispose()
    {
        _saves.Dispose();
        Proxy?.Dispose();
        Sockets.Dispose();
        _room?.Dispose();
    }

    private void Tell(Problem problem)
    {
        if (problem.Cleared == true)
        {
            _room?.Recovered(problem.Message);
        }
        else
        {
            _room?.Problem(null, problem.File, problem.Message);
        }
    }

    private static string? SoundKey(string? key) => key is null || HostKey.IsSound(key) ? key : throw new LiveServeException(
        LiveServeFailure.WrongConfiguration, "The host key is not 8 to 128 printable ASCII characters.", "Choose another with --host-key, or leave it out for a random one.");

    private UpdateStep StepOf(UpdateItem item) => item switch
    {
        CssItem css => new("css", Base.Outward(css.Url), null),
        SheetItem sheet => new("sheet", Base.Outward(sheet.Url), null),
        AssetItem asset => new("asset", Base.Outward(asset.Url), null),
        HtmlItem html => new("html", Base.Outward(html.Url), null),
        ReloadItem reload => new("reload", null, reload.Why),
        _ => throw new InvalidOperationException($"{item.GetType().Name} has no name."),
    };

    // As people write it: "./index.html" and "/index.html" are the same file.
    private static string? RelativeOf(string? file) =>
        file is null ? null : file.StartsWith("./", StringComparison.Ordinal) ? RelativeOf(file[2..]) : file.TrimStart('/');
}

using System.Net;
using LiveServe.Proxying;

namespace LiveServe;

/// <summary>What to serve, to whom, and how. Every value has the command line's default.</summary>
public sealed record LiveServeOptions
{
    /// <summary>The folder that is served.</summary>
    /// <value>Default: empty, which is no folder: then <see cref="Upstream"/> answers everything, and nothing is watched.</value>
    public string Root { get; init; } = "";

    /// <summary>The server that answers whatever nothing else answers: the proxy mode for a whole site.</summary>
    /// <value>Default: <see langword="null"/>. <c>http</c> or <c>https</c>, as <see cref="ProxyRule.ParseTarget"/> reads it.</value>
    /// <remarks>With <see cref="Root"/> too, a file of it goes first and is watched.</remarks>
    public Uri? Upstream { get; init; }

    /// <summary>Prefixes that back ends answer. They go before files; the longest one that fits counts.</summary>
    public IReadOnlyList<ProxyRule> Proxies { get; init; } = [];

    /// <summary>Whether a back end's own certificate is accepted, whoever signed it.</summary>
    /// <value>Default: <see langword="false"/>: it is verified as a browser would.</value>
    public bool ProxyInsecure { get; init; }

    /// <summary>The port.</summary>
    /// <value>Default: 8080. From 0 to 65535; 0 takes any free port.</value>
    public int Port { get; init; } = 8080;

    /// <summary>Whether a taken port is an error. Otherwise the next free one is taken, and said.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool StrictPort { get; init; }

    /// <summary>The address to listen on.</summary>
    /// <value>Default: <see langword="null"/>, which is 127.0.0.1 and ::1 on one port.</value>
    public IPAddress? Host { get; init; }

    /// <summary>
    /// Whether it listens on all interfaces (or on <see cref="Host"/>, when that is set too), so that other machines can come. They pair once, by the
    /// token in the links of <see cref="LiveServer.Urls"/>; the machine's own names are answered too.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Lan { get; init; }

    /// <summary>Whether other machines pair before they see anything. It matters with <see cref="Lan"/> only.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Pairing { get; init; } = true;

    /// <summary>Who is let in, the socket and our own addresses included, by HTTP basic authentication.</summary>
    /// <value>Default: <see langword="null"/>, which asks nobody.</value>
    public Credentials? Auth { get; init; }

    /// <summary>Whether it speaks HTTPS. Without a certificate of your own it takes ASP.NET's development certificate where that is trusted, else makes one.</summary>
    /// <value>Default: <see langword="false"/>; a <see cref="Certificate"/> or a <see cref="Pfx"/> turns it on.</value>
    public bool Https { get; init; }

    /// <summary>A file with the certificate in PEM, and after it those of the authorities between it and the root; also the key, when <see cref="CertificateKey"/> is not set.</summary>
    public string? Certificate { get; init; }

    /// <summary>A file with the private key of <see cref="Certificate"/> in PEM.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>A file with the certificate and its private key in PKCS #12; instead of <see cref="Certificate"/>.</summary>
    public string? Pfx { get; init; }

    /// <summary>The password of the key, or of the <see cref="Pfx"/>.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>The folder for what outlives a run: our own certificate authority, the secret of pairings. Only this user can read what is in it.</summary>
    /// <value>Default: <see langword="null"/>, which is <c>$XDG_STATE_HOME/liveserve</c> or <c>~/.local/state/liveserve</c> on Linux, and a folder
    /// <c>liveserve</c> among the user's local application data elsewhere.</value>
    public string? StateFolder { get; init; }

    /// <summary>More Host names that are answered; <c>.example.com</c> means that name and all below it.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>More page origins that may open the socket, each as <c>scheme://host[:port]</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether ordinary dotfiles are served. <c>.git</c>, <c>.env*</c> and keys never are.</summary>
    public bool Dotfiles { get; init; }

    /// <summary>Whether a folder without an index is answered with a list of what it holds.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Listing { get; init; } = true;

    /// <summary>
    /// The file, relative to <see cref="Root"/>, that answers browsers' navigations which find nothing, as apps with routes of their own need it.
    /// A missing <c>/app.js</c> stays missing.
    /// </summary>
    /// <value>Default: <see langword="null"/>, which is none.</value>
    public string? SpaFile { get; init; }

    /// <summary>Headers that are sent with every answer. Several of one name are sent as several.</summary>
    public IReadOnlyList<ResponseHeader> Headers { get; init; } = [];

    /// <summary>
    /// Whether text and the like is sent in brotli or gzip to those who take it. Each answer is coded anew, which on the machine itself costs more
    /// time than the bytes would.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Compress { get; init; }

    /// <summary>Which other origins' pages may read files.</summary>
    /// <value>Default: <see langword="null"/>, which is none.</value>
    public CorsRule? Cors { get; init; }

    /// <summary>Whether symlinks may lead out of <see cref="Root"/>.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Further folders and files, each at an address of its own; they go before what <see cref="Root"/> has there, and are watched too.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>
    /// Further folders and files that are watched: ignored ones of <see cref="Root"/>, or others anywhere, as templates of a back end are. A change of
    /// one that is not served has every page loaded again.
    /// </summary>
    public IReadOnlyList<string> WatchPaths { get; init; } = [];

    /// <summary>Whether files are watched.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Globs of files that are not watched, relative to <see cref="Root"/>; they add to the built-in list.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Whether files that git ignores are not watched.</summary>
    public bool UseGitignore { get; init; } = true;

    /// <summary>A fixed quiet period before a change is sent.</summary>
    /// <value>Default: <see langword="null"/>, which adapts: a lone save goes out at once, a burst once it is over.</value>
    public TimeSpan? Wait { get; init; }

    /// <summary>How often to look for changes instead of being told of them.</summary>
    /// <value>Default: <see langword="null"/>, which polls only where the file system tells nothing.</value>
    public TimeSpan? Poll { get; init; }

    /// <summary>Whether pages get the client.</summary>
    public bool Inject { get; init; } = true;

    /// <summary>What pages do about a change.</summary>
    /// <value>Default: <see cref="ReloadMode.Auto"/>.</value>
    public ReloadMode Reload { get; init; } = ReloadMode.Auto;

    /// <summary>Whether every open page gets every change, whether it uses the file or not.</summary>
    public bool Broadcast { get; init; }

    /// <summary>Whether a changed style sheet is exchanged in the live page; otherwise the page is reloaded.</summary>
    public bool SwapCss { get; init; } = true;

    /// <summary>What of the pages' console is reported: this level and the louder ones.</summary>
    /// <value>Default: <see cref="ConsoleLevel.Error"/>.</value>
    public ConsoleLevel Console { get; init; } = ConsoleLevel.Error;

    /// <summary>Whether there is a room.</summary>
    public bool Chat { get; init; } = true;

    /// <summary>Whether pages show the button that opens the room.</summary>
    public bool Launcher { get; init; } = true;

    /// <summary>Where the room's history is kept: the path of a file, <c>memory</c>, or <c>off</c> for no history at all.</summary>
    /// <value>Default: <see langword="null"/>, which is a file in the user's state folder, one for each <see cref="Root"/>. Never inside <see cref="Root"/>.</value>
    public string? History { get; init; }

    /// <summary>What proves the host in the room: 8 to 128 printable ASCII characters.</summary>
    /// <value>Default: <see langword="null"/>, which is a random one for each run.</value>
    public string? HostKey { get; init; }

    /// <summary>What connects pages to us.</summary>
    /// <value>Default: <see cref="Transport.Auto"/>.</value>
    public Transport Transport { get; init; } = Transport.Auto;

    /// <summary>How long answers to clients without a WebSocket are held.</summary>
    internal FallbackTimes Fallback { get; init; } = FallbackTimes.Default;

    /// <summary>
    /// The whole site is under this path, what is ours included. Back ends of <see cref="Proxies"/>, the echo and the relay are not: their addresses are
    /// as they are written.
    /// </summary>
    /// <value>Default: <c>/</c>. As <see cref="BasePath.Parse"/> reads it.</value>
    public string Base { get; init; } = "/";

    /// <summary>The address of a WebSocket that answers each message with what it heard; at <c>/</c> pages are served beside it.</summary>
    /// <value>Default: <see langword="null"/>, which is none. As <see cref="SocketPath.Parse"/> reads it.</value>
    public string? EchoPath { get; init; }

    /// <summary>Whether there is an echo at every address and nothing else: no folder, no room. <see cref="Root"/> is empty then.</summary>
    public bool EchoOnly { get; init; }

    /// <summary>The address of a WebSocket that passes each message on to everyone else who has it open; at <c>/</c> pages are served beside it.</summary>
    /// <value>Default: <see langword="null"/>, which is none. As <see cref="SocketPath.Parse"/> reads it; not that of <see cref="EchoPath"/>.</value>
    public string? RelayPath { get; init; }

    /// <summary>How many sockets may be open at once, the user's own included.</summary>
    /// <value>Default: 10,000.</value>
    public int MaximumSockets { get; init; } = 10_000;

    /// <summary>Whether each answered request is reported too.</summary>
    public bool ReportRequests { get; init; }

    /// <summary>How long back ends are waited for.</summary>
    internal ProxyLimits ProxyLimits { get; init; } = ProxyLimits.Default;

    /// <summary>The room's clock.</summary>
    internal TimeProvider RoomClock { get; init; } = TimeProvider.System;

    /// <summary>Called for everything that a person may want to see. It must return quickly, and may be called from any thread.</summary>
    public Action<ServerEvent> Report { get; init; } = _ => { };

    /// <summary>Whether it speaks HTTPS, asked for in whatever way.</summary>
    internal bool UsesHttps => Https || Certificate is not null || Pfx is not null;

    /// <summary>The folder only: a record would print all of its values, passwords among them.</summary>
    public override string ToString() => $"{nameof(LiveServeOptions)} {{ Root = {Root} }}";
}

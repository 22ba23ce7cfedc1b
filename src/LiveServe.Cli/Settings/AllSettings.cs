using System.Net;
using static LiveServe.Cli.Settings.SettingKinds;

namespace LiveServe.Cli.Settings;

/// <summary>Everything that can be set, each thing said once, in the order of the help.</summary>
internal static class AllSettings
{
    private const string Where = "Where it listens", What = "What it serves", Change = "What it does on a change", Talk = "The room", Print = "What it prints";

    /// <summary>The table.</summary>
    public static IReadOnlyList<Setting> Table { get; } =
    [
        Number(Where, "port", "N", "Port; 0 takes any free one. Taken: the next free one (default: PORT, else 8080)", 0, 65535, (i, n) => Serve(i, o => o with { Port = n })) with { Letter = "-p" },
        Toggle(Where, "strict-port", false, "A taken port is an error (exit code 3)", (i, on) => Serve(i, o => o with { StrictPort = on })),
        Text(Where, "host", "ADDR", "Address to listen on (default: 127.0.0.1 and ::1)", Address, (i, address) => Serve(i, o => o with { Host = address })),
        Toggle(Where, "lan", false, "Listen on all interfaces; other machines pair by the link or QR code that is shown. No listings", (i, on) => Serve(i, o => o with { Lan = on, Listing = !on })),
        Toggle(Where, "pairing", true, "With --lan: let everybody in", (i, on) => Serve(i, o => o with { Pairing = on })),
        Toggle(Where, "https", false, "HTTPS and HTTP/2, by the ASP.NET development certificate where it is trusted, else by one of our own", (i, on) => Serve(i, o => o with { Https = on })),
        Text(Where, "cert", "FILE", "HTTPS by this certificate, in PEM", (i, file) => Serve(i, o => o with { Certificate = file })),
        Text(Where, "key", "FILE", "Its private key, in PEM, when the certificate's file does not hold it", (i, file) => Serve(i, o => o with { CertificateKey = file })),
        Text(Where, "pfx", "FILE", "HTTPS by this certificate and key, in PKCS #12", (i, file) => Serve(i, o => o with { Pfx = file })),
        Text(Where, "cert-password", "TEXT", "The password of the key or of the PFX", (i, text) => Serve(i, o => o with { CertificatePassword = text })),
        Text(Where, "auth", "USER:PASS", "Ask everybody for a user's name and password", Worded<Credentials>(Credentials.Parse), (i, user) => Serve(i, o => o with { Auth = user })),
        List(Where, "allow-host", "NAME", "Answer to this Host name too; .example.com is that name and all below it", (i, names) => Serve(i, o => o with { AllowedHosts = names })),
        List(Where, "allow-origin", "ORIGIN", "Pages of this origin may open the socket too", (i, origins) => Serve(i, o => o with { AllowedOrigins = origins })),
        Number(Where, "max-sockets", "N", "How many sockets may be open (default: 10000)", 1, 1_000_000, (i, n) => Serve(i, o => o with { MaximumSockets = n })),
        Text(Where, "open", "PATH", "Open the browser at PATH (default: /); --no-open does not", (i, path) => i with { Open = path })
            with { Letter = "-o", Bare = "/", TakesNext = text => text.StartsWith('/') && !Directory.Exists(text), CanBeOff = true },
        Text(Where, "browser", "NAME", "Open this browser", (i, name) => i with { Browser = name }),

        Text(What, "base", "PATH", "The whole site is below PATH (default: /)", Worded<string>(BasePath.Parse), (i, path) => Serve(i, o => o with { Base = path })),
        Toggle(What, "dotfiles", false, "Serve dotfiles; .git, .env and keys stay closed", (i, on) => Serve(i, o => o with { Dotfiles = on })),
        Toggle(What, "follow-links", false, "Symlinks may lead out of ROOT", (i, on) => Serve(i, o => o with { FollowLinks = on })),
        Text(What, "spa", "FILE", "Navigations that find nothing get FILE (default: index.html); a missing /x.js stays 404", BelowRoot, (i, file) => Serve(i, o => o with { SpaFile = file }))
            with { Alias = "entry-file", Bare = "index.html", TakesNext = text => text.EndsWith(".html", StringComparison.OrdinalIgnoreCase), CanBeOff = true },
        Toggle(What, "listing", true, "No listings of folders", (i, on) => Serve(i, o => o with { Listing = on })),
        List(What, "mount", "ROUTE:PATH", "Serve a folder or file at ROUTE too", Worded<Mount>(Mount.Parse), (i, mounts) => Serve(i, o => o with { Mounts = mounts }))
            with { PairedBy = ":" },
        List(What, "proxy", "ROUTE=URL", "Requests and sockets below ROUTE go to the server at URL", Worded<ProxyRule>(ProxyRule.Parse), (i, rules) => Serve(i, o => o with { Proxies = rules }))
            with { PairedBy = "=" },
        Toggle(What, "proxy-insecure", false, "Accept the certificate of such a server, whoever signed it", (i, on) => Serve(i, o => o with { ProxyInsecure = on })),
        Text(What, "relay", "PATH", "A WebSocket at PATH: each message goes to everyone else there", Worded<string>(SocketPath.Parse), (i, path) => Serve(i, o => o with { RelayPath = path })),
        Text(What, "echo", "PATH", "A WebSocket at PATH (default: /) that answers what it hears", Worded<string>(SocketPath.Parse), (i, path) => Serve(i, o => o with { EchoPath = path }))
            with { Bare = "/", TakesNext = text => text.StartsWith('/') && !Directory.Exists(text), CanBeOff = true },
        List(What, "header", "LINE", "Send this header, \"Name: value\", with every answer", Worded<ResponseHeader>(ResponseHeader.Parse), (i, headers) => Serve(i, o => o with { Headers = headers }))
            with { Letter = "-H", PairedBy = ": " },
        Text(What, "cors", "ORIGIN", "Pages of ORIGIN may read files: this machine's without a value; * for every site's", Worded<CorsRule>(Cors), (i, rule) => Serve(i, o => o with { Cors = rule }))
            with { Bare = Loopback, TakesNext = text => text == "*" || text.Contains("://", StringComparison.Ordinal), CanBeOff = true },
        Toggle(What, "compress", false, "Send texts in brotli or gzip to those who take it", (i, on) => Serve(i, o => o with { Compress = on })),
        Toggle(What, "inject", true, "Serve HTML untouched", (i, on) => Serve(i, o => o with { Inject = on })),

        List(Change, "watch", "PATH", "Watch this folder or file too; --no-watch watches nothing", AsItIs, (i, paths) => Serve(i, o => o with { WatchPaths = paths }))
            with { CanBeOff = true, Off = i => Serve(i, o => o with { Watch = false }) },
        List(Change, "ignore", "GLOB", "Do not watch files that match, besides the built-in list", (i, globs) => Serve(i, o => o with { Ignore = globs })),
        Toggle(Change, "gitignore", true, "Watch files that git ignores too", (i, on) => Serve(i, o => o with { UseGitignore = on })),
        Number(Change, "wait", "MS", "Fixed quiet period before a change is sent (default: adapts)", 0, 10_000, (i, ms) => Serve(i, o => o with { Wait = TimeSpan.FromMilliseconds(ms) })),
        Number(Change, "poll", "MS", "Look for changes every MS milliseconds (default: only where nothing is told; 200)", 10, 60_000, (i, ms) => Serve(i, o => o with { Poll = TimeSpan.FromMilliseconds(ms) }))
            with { Bare = "200", CanBeOff = true },
        Word<ReloadMode>(Change, "reload", "MODE", "auto: the least that is right (default); full: always reload; none: leave pages alone", (i, mode) => Serve(i, o => o with { Reload = mode })),
        Toggle(Change, "broadcast", false, "Every open page gets every change, whether it uses the file or not", (i, on) => Serve(i, o => o with { Broadcast = on })),
        Toggle(Change, "css-inject", true, "Reload for style sheets instead of exchanging them", (i, on) => Serve(i, o => o with { SwapCss = on })),

        Toggle(Talk, "chat", true, "No room", (i, on) => Serve(i, o => o with { Chat = on })),
        Toggle(Talk, "launcher", true, "A room, but no button in pages", (i, on) => Serve(i, o => o with { Launcher = on })),
        Text(Talk, "history", "FILE", "Keep the room's history in FILE, in memory, or not at all: off (default: a file in your state folder)", AsItIs, (i, where) => Serve(i, o => o with { History = where })),
        Text(Talk, "host-key", "KEY", "What makes a browser the host of the room (default: random, printed)", AsItIs, (i, key) => Serve(i, o => o with { HostKey = key })),
        Word<Transport>(Talk, "transport", "KIND", "What connects pages: auto (default), ws, sse or poll", (i, kind) => Serve(i, o => o with { Transport = kind })),

        Word<ConsoleLevel>(Print, "console", "LEVEL", "What of the pages' console: off, error, warn, info or debug (default: error)", (i, level) => Serve(i, o => o with { Console = level })),
        Toggle(Print, "quiet", false, "Print only what went wrong", (i, on) => Output(i, o => o with { Quiet = on })) with { Letter = "-q" },
        Toggle(Print, "verbose", false, "Print each request too", (i, on) => Output(Serve(i, o => o with { ReportRequests = on }), o => o with { Verbose = on })),
        Toggle(Print, "json", false, "Print one JSON object a line", (i, on) => Output(i, o => o with { Json = on })),
        Toggle(Print, "color", true, "Print no colours; NO_COLOR is honoured too", (i, on) => Output(i, o => o with { Color = o.Color && on })),
    ];

    /// <summary>Whether a setting means something to any server, one that serves no files included.</summary>
    public static bool IsOfServers(Setting setting) => setting.Group is Where or Print && setting.Name is not ("open" or "browser" or "console");

    // What a setting of Core's makes of a text, and its word on why it does not.
    private delegate T? Reader<out T>(string text, out string? problem);

    private static Parse<T> Worded<T>(Reader<T> read) => (string text, out string? problem) =>
    {
        var value = read(text, out var why);
        problem = string.IsNullOrEmpty(why) ? null : $"is refused. {why}";
        return value!;
    };

    private static string BelowRoot(string text, out string? problem)
    {
        problem = text.Split('/', '\\').Contains("..") ? "leads out of ROOT. Name a file below it." : null;
        return text;
    }

    private const string Loopback = "loopback";

    private static CorsRule? Cors(string text, out string? problem) => CorsRule.Parse(text == Loopback ? "" : text, out problem);

    private static Invocation Serve(Invocation asked, Func<LiveServeOptions, LiveServeOptions> change) => asked with { Serve = change(asked.Serve) };

    private static Invocation Output(Invocation asked, Func<OutputMode, OutputMode> change) => asked with { Output = change(asked.Output) };

    private static IPAddress? Address(string text, out string? problem)
    {
        IPAddress? address = null;
        problem = text == "localhost" || IPAddress.TryParse(text, out address) ? null : "is no address. Give an IP address of this machine, for example 127.0.0.1.";
        return address;
    }
}

using System.CommandLine;
using System.Net;

namespace LiveServe.Cli;

/// <summary>What the command line asks for.</summary>
/// <param name="Serve">For the server.</param>
/// <param name="Output">How it is told.</param>
/// <param name="Open">The path to open in a browser, or <see langword="null"/>.</param>
/// <param name="Browser">The browser to open it in, or <see langword="null"/> for the system's own.</param>
internal sealed record Invocation(LiveServeOptions Serve, OutputMode Output, string? Open, string? Browser);

/// <summary>How much is printed, and in which form.</summary>
internal sealed record OutputMode(bool Quiet, bool Verbose, bool Json, bool Color);

/// <summary>The options, each said once: name, help, and the group of the help it stands in. What it means is in <see cref="Read"/>.</summary>
internal sealed class CommandLine
{
    private readonly List<(string Group, Option Option)> _options = [];

    private readonly Dictionary<string, bool> _toggles = new(StringComparer.Ordinal);

    private readonly Argument<string?> _root = new("ROOT")
    {
        Description = "The folder to serve (default: the current one)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _port, _wait, _poll, _maxSockets;
    private readonly Option<string?> _host, _open, _browser, _reload, _console;
    private readonly Option<string[]> _allowHost, _allowOrigin, _ignore;
    private readonly Option<bool> _strictPort, _broadcast, _dotfiles, _followLinks, _watch, _gitignore, _inject, _cssInject, _chat, _launcher, _quiet, _verbose, _json, _color;

    /// <summary>All options that there are.</summary>
    public CommandLine()
    {
        const string Where = "Where it listens", What = "What it serves", Change = "What it does on a change", Talk = "The room", Print = "What it prints";
        _port = Value<int?>(Where, "--port", "N", "Port; 0 takes any free one. Taken: the next free one (default: PORT, else 8080)", "-p");
        _strictPort = Toggle(Where, "--strict-port", on: false, "A taken port is an error (exit code 3)");
        _host = Value<string?>(Where, "--host", "ADDR", "Address to listen on (default: 127.0.0.1 and ::1)");
        _allowHost = Values(Where, "--allow-host", "NAME", "Answer to this Host name too; .example.com is that name and all below it");
        _allowOrigin = Values(Where, "--allow-origin", "ORIGIN", "Pages of this origin may open the socket too");
        _maxSockets = Value<int?>(Where, "--max-sockets", "N", "How many sockets may be open (default: 10000)");
        _open = Value<string?>(Where, "--open", "PATH", "Open the browser at PATH (default: /); --no-open does not", "-o");
        _open.Arity = ArgumentArity.ZeroOrOne;
        _browser = Value<string?>(Where, "--browser", "NAME", "Open this browser");
        _dotfiles = Toggle(What, "--dotfiles", on: false, "Serve dotfiles; .git, .env and keys stay closed");
        _followLinks = Toggle(What, "--follow-links", on: false, "Symlinks may lead out of ROOT");
        _inject = Toggle(What, "--inject", on: true, "Serve HTML untouched");
        _watch = Toggle(Change, "--no-watch", on: false, "Do not watch files");
        _ignore = Values(Change, "--ignore", "GLOB", "Do not watch files that match, besides the built-in list");
        _gitignore = Toggle(Change, "--gitignore", on: true, "Watch files that git ignores too");
        _wait = Value<int?>(Change, "--wait", "MS", "Fixed quiet period before a change is sent (default: adapts)");
        _poll = Value<int?>(Change, "--poll", "MS", "Look for changes every MS milliseconds (default: only where nothing is told; 200)");
        _poll.Arity = ArgumentArity.ZeroOrOne;
        _reload = Value<string?>(Change, "--reload", "MODE", "auto: the least that is right (default); full: always reload; none: leave pages alone");
        _broadcast = Toggle(Change, "--broadcast", on: false, "Every open page gets every change, whether it uses the file or not");
        _cssInject = Toggle(Change, "--css-inject", on: true, "Reload for style sheets instead of exchanging them");
        _chat = Toggle(Talk, "--chat", on: true, "No room");
        _launcher = Toggle(Talk, "--launcher", on: true, "A room, but no button in pages");
        _console = Value<string?>(Print, "--console", "LEVEL", "What of the pages' console: off, error, warn, info or debug (default: error)");
        _quiet = Toggle(Print, "--quiet", on: false, "Print only what went wrong", "-q");
        _verbose = Toggle(Print, "--verbose", on: false, "Print each request too");
        _json = Toggle(Print, "--json", on: false, "Print one JSON object a line");
        _color = Toggle(Print, "--color", on: true, "Print no colours; NO_COLOR is honoured too");
    }

    /// <summary>Reads the arguments.</summary>
    /// <returns>What is asked for, or everything that is wrong with it.</returns>
    public (Invocation? Invocation, IReadOnlyList<string> Problems) Read(IReadOnlyList<string> arguments)
    {
        var problems = new List<string>();
        var normal = Normalise(arguments, problems);
        var root = new RootCommand { TreatUnmatchedTokensAsErrors = true };
        root.Options.Clear();
        root.Arguments.Add(_root);
        foreach (var (_, option) in _options)
        {
            root.Options.Add(option);
        }

        var parsed = root.Parse(normal);
        problems.AddRange(parsed.Errors.Select(error => error.Message));
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        bool Is(Option<bool> option) => parsed.GetValue(option);
        var folder = parsed.GetValue(_root);
        if (folder is not null && folder.Contains("://", StringComparison.Ordinal))
        {
            problems.Add($"{folder} is a URL; this version serves folders. Name a folder.");
        }

        var serve = new LiveServeOptions
        {
            Root = folder is null or "" ? Directory.GetCurrentDirectory() : folder,
            Port = Number(parsed.GetValue(_port) ?? EnvironmentPort(problems), 0, 65535, "--port", problems) ?? 8080,
            StrictPort = Is(_strictPort),
            Host = Address(parsed.GetValue(_host), problems),
            AllowedHosts = Listed(parsed.GetValue(_allowHost)),
            AllowedOrigins = Listed(parsed.GetValue(_allowOrigin)),
            MaximumSockets = Number(parsed.GetValue(_maxSockets), 1, 1_000_000, "--max-sockets", problems) ?? 10_000,
            Dotfiles = Is(_dotfiles),
            FollowLinks = Is(_followLinks),
            Inject = Is(_inject),
            Watch = !Is(_watch),
            Ignore = Listed(parsed.GetValue(_ignore)),
            UseGitignore = Is(_gitignore),
            Wait = Milliseconds(Number(parsed.GetValue(_wait), 0, 10_000, "--wait", problems)),
            Poll = Milliseconds(Number(parsed.GetValue(_poll) ?? (parsed.GetResult(_poll) is null ? null : 200), 10, 60_000, "--poll", problems)),
            Reload = Mode(parsed.GetValue(_reload), problems),
            Broadcast = Is(_broadcast),
            SwapCss = Is(_cssInject),
            Console = Level(parsed.GetValue(_console), problems),
            Chat = Is(_chat),
            Launcher = Is(_launcher),
            ReportRequests = Is(_verbose),
        };
        var color = Is(_color) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && !Console.IsOutputRedirected;
        var open = parsed.GetResult(_open) is null ? null : parsed.GetValue(_open) ?? "/";
        var output = new OutputMode(Is(_quiet), Is(_verbose), Is(_json), color);
        return problems.Count > 0 ? (null, problems) : (new Invocation(serve, output, open, parsed.GetValue(_browser)), problems);
    }

    /// <summary>The help, grouped; it is made from the options themselves.</summary>
    public string Help()
    {
        var text = new System.Text.StringBuilder();
        text.AppendLine("Serves a folder over HTTP and shows each save in open pages at once.").AppendLine();
        text.AppendLine("Usage: liveserve [ROOT] [options]").AppendLine();
        text.AppendLine($"  {"ROOT",-26}{_root.Description}");
        foreach (var group in _options.GroupBy(entry => entry.Group))
        {
            text.AppendLine().AppendLine($"{group.Key}:");
            foreach (var (_, option) in group)
            {
                var name = _toggles.TryGetValue(option.Name, out var on) && on ? $"--no-{option.Name[2..]}" : option.Name;
                var names = string.Join(", ", option.Aliases.Append(name));
                text.AppendLine($"  {(option.HelpName is { } value ? $"{names} {value}" : names),-26}{option.Description}");
            }
        }

        text.AppendLine().AppendLine("  -h, --help                Show this");
        text.AppendLine("  --version                 Show the version").AppendLine();
        text.AppendLine("Exit codes: 0 stopped by you, 1 a defect, 2 wrong usage, 3 cannot listen, 4 ROOT is missing or unreadable.");
        return text.ToString();
    }

    // What the parser does not do: --no-x for x, the last of several toggles wins, and a misspelt option is never taken for ROOT.
    private List<string> Normalise(IReadOnlyList<string> arguments, List<string> problems)
    {
        var names = _options.SelectMany(entry => entry.Option.Aliases.Append(entry.Option.Name))
            .Concat(_toggles.Keys.Select(name => $"--no-{name[2..]}")).Concat(["--no-open", "--no-browser", "--help", "--version"]).ToList();
        var normal = new List<string>();
        foreach (var argument in arguments.TakeWhile(argument => argument != "--"))
        {
            var name = argument.Split('=')[0];
            var positive = name.StartsWith("--no-", StringComparison.Ordinal) ? $"--{name[5..]}" : name;
            if (_toggles.ContainsKey(positive))
            {
                normal.RemoveAll(earlier => earlier.StartsWith($"{positive}=", StringComparison.Ordinal));
                normal.Add(argument.Contains('=') ? argument : $"{positive}={(name == positive ? "true" : "false")}");
            }
            else if (name is "--no-open" or "--no-browser")
            {
                normal.RemoveAll(earlier => earlier.Split('=')[0] is "--open" or "-o");
            }
            else if (name.StartsWith('-') && name.Length > 1 && !char.IsAsciiDigit(name[1]) && !names.Contains(name))
            {
                problems.Add($"There is no option {name}. Did you mean {Nearest.To(name, names)}?");
            }
            else
            {
                normal.Add(argument);
            }
        }

        normal.AddRange(arguments.SkipWhile(argument => argument != "--"));
        return normal;
    }

    private static int? EnvironmentPort(List<string> problems)
    {
        var text = Environment.GetEnvironmentVariable("LIVESERVE_PORT") ?? Environment.GetEnvironmentVariable("PORT");
        if (string.IsNullOrEmpty(text) || int.TryParse(text, out var port))
        {
            return string.IsNullOrEmpty(text) ? null : int.Parse(text);
        }

        problems.Add($"PORT is \"{text}\" in the environment. Set it to a number, or give --port.");
        return null;
    }

    private static int? Number(int? value, int least, int most, string name, List<string> problems)
    {
        if (value < least || value > most)
        {
            problems.Add($"{name} {value} is out of range. Give a number from {least} to {most}.");
        }

        return value;
    }

    private static IPAddress? Address(string? text, List<string> problems)
    {
        if (text is null or "localhost")
        {
            return null;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            problems.Add($"--host {text} is no address. Give an IP address of this machine, for example 127.0.0.1.");
        }

        return address;
    }

    private static ReloadMode Mode(string? text, List<string> problems) =>
        Choice(text, ReloadMode.Auto, name => $"--reload {name} is no mode. Give auto, full or none.", problems);

    private static ConsoleLevel Level(string? text, List<string> problems) =>
        Choice(text, ConsoleLevel.Error, name => $"--console {name} is no level. Give off, error, warn, info or debug.", problems);

    // Names only: the parser of enumerations would take numbers too.
    private static T Choice<T>(string? text, T otherwise, Func<string, string> problem, List<string> problems)
        where T : struct, Enum
    {
        if (text is not null && !Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(problem(text));
        }

        return text is not null && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : otherwise;
    }

    private static TimeSpan? Milliseconds(int? value) => value is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static string[] Listed(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private Option<T> Value<T>(string group, string name, string value, string description, params string[] aliases) =>
        Add(group, new Option<T>(name, aliases) { Description = description, HelpName = value });

    private Option<string[]> Values(string group, string name, string value, string description) =>
        Add(group, new Option<string[]>(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false });

    // The help shows the form that changes something; both are taken.
    private Option<bool> Toggle(string group, string name, bool on, string description, params string[] aliases)
    {
        _toggles.Add(name, on);
        return Add(group, new Option<bool>(name, aliases) { Description = description, DefaultValueFactory = _ => on });
    }

    private T Add<T>(string group, T option)
        where T : Option
    {
        _options.Add((group, option));
        return option;
    }
}

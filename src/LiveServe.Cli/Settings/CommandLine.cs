namespace LiveServe.Cli.Settings;

/// <summary>From everything that somebody can say to what is asked for: flags, then the environment, then the file, then the defaults.</summary>
internal static class CommandLine
{
    /// <summary>The word for a server that is an echo and nothing else.</summary>
    public const string Echo = "echo";

    // Where the course whose pages talk to it, and others after it, have their back ends.
    private const int EchoPort = 3000;

    /// <summary>Reads it all.</summary>
    /// <param name="variable">Gives a variable of the environment, or <see langword="null"/>.</param>
    /// <returns>What is asked for, or everything that is wrong with it; and what is worth a word, but wrong with nothing.</returns>
    public static Reading Read(IReadOnlyList<string> arguments, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var (problems, notes) = (new List<string>(), new List<string>());
        if (Commands.Find(arguments)?.Name == Echo)
        {
            return ReadEcho([.. arguments.Skip(1)], variable, problems);
        }

        var flags = GivenFlags.Read(arguments, problems.Add);
        var upstream = UpstreamOf(flags.Root, problems);
        var root = upstream is not null ? "" : flags.Root is null or "" ? Directory.GetCurrentDirectory() : flags.Root;
        var home = root.Length > 0 ? root : Directory.GetCurrentDirectory();
        var file = !flags.UsesFile ? null : flags.File ?? SettingsFile.Find(home);
        var sources = new List<IReadOnlyDictionary<Setting, Given>> { flags.Values, EnvironmentSettings.Read(variable) };
        if (file is not null)
        {
            sources.Add(SettingsFile.Read(file, problems.Add));
        }
        else if (flags.UsesFile && OldFile(home, variable) is { } old)
        {
            sources.Add(LiveServerSettings.Parse(old, notes.Add));
        }

        return Apply(sources, new LiveServeOptions { Root = root, Upstream = upstream }, file, variable, problems, notes);
    }

    // It has no folder and no file, so only what is said of listening and printing means something to it.
    private static Reading ReadEcho(IReadOnlyList<string> arguments, Func<string, string?> variable, List<string> problems)
    {
        var flags = GivenFlags.Read(arguments, problems.Add);
        if (flags.Root is not null)
        {
            problems.Add($"The echo serves nothing, so {flags.Root} means nothing to it. A folder of the name echo is served as ./{Echo}.");
        }

        problems.AddRange(flags.Values.Keys.Where(setting => !AllSettings.IsOfServers(setting)).Select(setting => $"{setting.Flag} means nothing to the echo. Leave it out."));
        var outside = EnvironmentSettings.Read(variable).Where(pair => AllSettings.IsOfServers(pair.Key)).ToDictionary();
        var options = new LiveServeOptions { Root = "", EchoOnly = true, Port = EchoPort, Chat = false, Inject = false };
        return Apply([flags.Values, outside], options, null, variable, problems, []);
    }

    private static Reading Apply(
        IReadOnlyList<IReadOnlyDictionary<Setting, Given>> sources, LiveServeOptions options, string? file, Func<string, string?> variable, List<string> problems, List<string> notes)
    {
        var asked = new Invocation(options, new OutputMode(false, false, false, MayColor(variable)), null, null, file);
        foreach (var setting in AllSettings.Table)
        {
            if (sources.Select(source => source.GetValueOrDefault(setting)).FirstOrDefault(given => given is not null) is { } given)
            {
                asked = given.IsOff ? setting.Off(asked) : setting.Apply(asked, given, problems.Add);
                asked = asked with { Fingerprint = $"{asked.Fingerprint}\n{setting.Name}={(given.IsOff ? "\0off" : string.Join('\0', given.Texts))}" };
            }
        }

        return new(problems.Count > 0 ? null : asked, problems, notes);
    }

    private static Uri? UpstreamOf(string? root, List<string> problems)
    {
        if (root?.Contains("://", StringComparison.Ordinal) != true)
        {
            return null;
        }

        var url = ProxyRule.ParseTarget(root, out var problem);
        if (problem is not null)
        {
            problems.Add(problem);
        }

        return url;
    }

    // Where an escape sequence would be a blemish: in files, in pipes, and wherever people say so (https://no-color.org).
    private static bool MayColor(Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb" && !Console.IsOutputRedirected;

    private static byte[]? OldFile(string root, Func<string, string?> variable)
    {
        string?[] folders = [root, variable("HOME"), variable("USERPROFILE")];
        foreach (var folder in folders.OfType<string>().Where(folder => folder.Length > 0))
        {
            var path = Path.Combine(folder, LiveServerSettings.Name);
            try
            {
                if (File.Exists(path))
                {
                    return File.ReadAllBytes(path);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another tool's file: what cannot be read of it is not missed.
            }
        }

        return null;
    }
}

/// <summary>What came of reading what somebody said.</summary>
/// <param name="Invocation"><see langword="null"/> when there are problems.</param>
internal sealed record Reading(Invocation? Invocation, IReadOnlyList<string> Problems, IReadOnlyList<string> Notes);

namespace LiveServe.Cli.Settings;

/// <summary>From everything that somebody can say to what is asked for: flags, then the environment, then the file, then the defaults.</summary>
internal static class CommandLine
{
    /// <summary>Reads it all.</summary>
    /// <param name="variable">Gives a variable of the environment, or <see langword="null"/>.</param>
    /// <returns>What is asked for, or everything that is wrong with it; and what is worth a word, but wrong with nothing.</returns>
    public static Reading Read(IReadOnlyList<string> arguments, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var (problems, notes) = (new List<string>(), new List<string>());
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

        var asked = new Invocation(new LiveServeOptions { Root = root, Upstream = upstream }, new OutputMode(false, false, false, MayColor(variable)), null, null, file);
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

using System.CommandLine;
using System.CommandLine.Completions;

namespace LiveServe.Cli.Settings;

/// <summary>What the command line says, before anybody knows what it means.</summary>
/// <param name="Root">The folder, or <see langword="null"/>.</param>
/// <param name="File">The file of settings that it names, or <see langword="null"/>.</param>
/// <param name="UsesFile">Whether a file is read at all.</param>
/// <param name="Values">Of the settings that it names.</param>
internal sealed record GivenFlags(string? Root, string? File, bool UsesFile, IReadOnlyDictionary<Setting, Given> Values)
{
    private static readonly Option<string?> ConfigOption = new("--config", "-c");
    private static readonly Option<bool> NoConfigOption = new("--no-config");

    /// <summary>Reads the arguments.</summary>
    /// <param name="problem">Takes each thing that is wrong, in a sentence.</param>
    public static GivenFlags Read(IReadOnlyList<string> arguments, Action<string> problem)
    {
        var options = Options();
        var root = new Argument<string?>("ROOT") { Arity = ArgumentArity.ZeroOrOne };
        var off = new Dictionary<Setting, Given>();
        var parsed = Command(root, options.Values).Parse(Normalise(arguments, off, problem));
        foreach (var error in parsed.Errors)
        {
            problem(error.Message);
        }

        if (parsed.Errors.Count > 0)
        {
            return new GivenFlags(null, null, false, off); // nothing more can be asked of it
        }

        var values = new Dictionary<Setting, Given>(off);
        foreach (var (setting, option) in options)
        {
            if (parsed.GetResult(option) is { Implicit: false } && parsed.GetValue(option) is { Length: > 0 } texts)
            {
                values[setting] = new Given(setting.Flag, setting.HasCommas ? Split(texts) : texts);
            }
        }

        return new GivenFlags(parsed.GetValue(root), parsed.GetValue(ConfigOption), !parsed.GetValue(NoConfigOption), values);
    }

    /// <summary>What may come next on a command line, for the shell.</summary>
    /// <param name="line">The whole line.</param>
    /// <param name="position">Where the cursor is in it.</param>
    public static IEnumerable<string> Complete(string line, int position)
    {
        var negatives = AllSettings.Table.Where(setting => setting.Kind == SettingKind.Toggle || setting.CanBeOff).Select(setting => setting.OffFlag);
        var word = line[..Math.Min(position, line.Length)].Split(' ')[^1];
        var parsed = Command(new Argument<string?>("ROOT") { Arity = ArgumentArity.ZeroOrOne }, Options().Values).Parse(line);
        return parsed.GetCompletions(position).Select(item => item.Label)
            .Concat(negatives.Where(flag => word.StartsWith('-') && flag.StartsWith(word, StringComparison.Ordinal)))
            .Where(label => label.StartsWith(word, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>Texts taken apart at their commas.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static RootCommand Command(Argument<string?> root, IEnumerable<Option> options)
    {
        var command = new RootCommand { TreatUnmatchedTokensAsErrors = true };
        command.Options.Clear();
        command.Arguments.Add(root);
        command.Options.Add(ConfigOption);
        command.Options.Add(NoConfigOption);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return command;
    }

    private static Dictionary<Setting, Option<string[]>> Options() => AllSettings.Table.ToDictionary(setting => setting, setting =>
    {
        string?[] aliases = [setting.Letter, setting.Alias is { } alias ? $"--{alias}" : null];
        var option = new Option<string[]>(setting.Flag, [.. aliases.OfType<string>()])
        {
            Arity = ArgumentArity.OneOrMore, // of a setting that takes one, the last counts
            AllowMultipleArgumentsPerToken = false,
        };
        option.CompletionSources.Add(_ => setting.Words.Select(word => new CompletionItem(word)));
        return option;
    });

    // What the parser does not do: --no-x for x, values that may be left out, the last of several wins, and a misspelt option is never
    // taken for ROOT.
    private static List<string> Normalise(IReadOnlyList<string> arguments, Dictionary<Setting, Given> off, Action<string> problem)
    {
        var flags = new FlagNames();
        var normal = new List<string>();
        var end = arguments.TakeWhile(argument => argument != "--").Count();
        for (var i = 0; i < end; i++)
        {
            var argument = arguments[i];
            var equals = argument.IndexOf('=');
            var name = equals < 0 ? argument : argument[..equals];
            if (flags.Find(name) is not var (setting, isNegative))
            {
                if (name.StartsWith('-') && name.Length > 1 && !char.IsAsciiDigit(name[1]) && !flags.All.Contains(name))
                {
                    problem($"There is no option {name}. Did you mean {Nearest.To(name, flags.All)}?");
                    continue;
                }

                normal.Add(argument);
                continue;
            }

            if (setting.Kind != SettingKind.List)
            {
                off.Remove(setting);
            }

            if (setting.Kind == SettingKind.Toggle || isNegative)
            {
                normal.RemoveAll(earlier => earlier.StartsWith($"{setting.Flag}=", StringComparison.Ordinal));
            }

            if (isNegative && setting.Kind != SettingKind.Toggle)
            {
                off[setting] = new Given(setting.OffFlag, [], IsOff: true);
            }
            else if (setting.Kind == SettingKind.Toggle)
            {
                normal.Add(equals >= 0 ? $"{setting.Flag}{argument[equals..]}" : $"{setting.Flag}={(isNegative ? "false" : "true")}");
            }
            else if (equals >= 0)
            {
                normal.Add($"{setting.Flag}{argument[equals..]}");
            }
            else if (setting.Bare is null)
            {
                normal.Add(argument);
            }
            else
            {
                var next = i + 1 < end && !arguments[i + 1].StartsWith('-') && setting.TakesNext(arguments[i + 1]) ? arguments[++i] : setting.Bare;
                normal.Add($"{setting.Flag}={next}");
            }
        }

        normal.AddRange(arguments.Skip(end));
        return normal;
    }

    /// <summary>All spellings of all flags.</summary>
    private sealed class FlagNames
    {
        private readonly Dictionary<string, (Setting, bool)> _names = new(StringComparer.Ordinal);

        public FlagNames()
        {
            foreach (var setting in AllSettings.Table)
            {
                _names.Add(setting.Flag, (setting, false));
                if (setting.Letter is { } letter)
                {
                    _names.Add(letter, (setting, false));
                }

                if (setting.Alias is { } alias)
                {
                    _names.Add($"--{alias}", (setting, false));
                }

                if (setting.Kind == SettingKind.Toggle || setting.CanBeOff)
                {
                    _names.Add(setting.OffFlag, (setting, true));
                }
            }

            _names.Add("--no-browser", _names["--no-open"]); // live-server's name for it
            All = [.. _names.Keys, "--config", "-c", "--no-config", "--help", "-h", "--version"];
        }

        public IReadOnlyList<string> All { get; }

        public (Setting Setting, bool IsNegative)? Find(string name) => _names.TryGetValue(name, out var found) ? found : null;
    }
}

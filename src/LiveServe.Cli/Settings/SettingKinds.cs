using System.Globalization;

namespace LiveServe.Cli.Settings;

/// <summary>Reads the text of a value.</summary>
/// <param name="problem">A sentence that goes on after the value, and what to do; <see langword="null"/> when all is well.</param>
internal delegate T Parse<out T>(string text, out string? problem);

/// <summary>The kinds of settings, each made from a name, its help and where its value goes.</summary>
internal static class SettingKinds
{
    /// <summary>On or off.</summary>
    public static Setting Toggle(string group, string name, bool on, string help, Func<Invocation, bool, Invocation> set) => new()
    {
        Name = name,
        Group = group,
        Help = help,
        Kind = SettingKind.Toggle,
        IsOn = on,
        Bare = "true",
        Apply = (asked, given, problem) =>
        {
            if (bool.TryParse(given.Text, out var value))
            {
                return set(asked, value);
            }

            problem($"{given.Place} {given.Text} is neither true nor false.");
            return asked;
        },
    };

    /// <summary>A whole number.</summary>
    public static Setting Number(string group, string name, string value, string help, int least, int most, Func<Invocation, int, Invocation> set) => new()
    {
        Name = name,
        Group = group,
        Help = help,
        Kind = SettingKind.Number,
        ValueName = value,
        Range = (least, most),
        TakesNext = text => text.All(char.IsAsciiDigit),
        Apply = (asked, given, problem) =>
        {
            if (!int.TryParse(given.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                problem($"{given.Place} {given.Text} is no number. Give one from {least} to {most}.");
                return asked;
            }

            if (number < least || number > most)
            {
                problem($"{given.Place} {number} is out of range. Give a number from {least} to {most}.");
                return asked;
            }

            return set(asked, number);
        },
    };

    /// <summary>A text that means something.</summary>
    public static Setting Text<T>(string group, string name, string value, string help, Parse<T> parse, Func<Invocation, T, Invocation> set) => new()
    {
        Name = name,
        Group = group,
        Help = help,
        Kind = SettingKind.Text,
        ValueName = value,
        Apply = (asked, given, problem) =>
        {
            var parsed = parse(given.Text, out var wrong);
            if (wrong is not null)
            {
                problem($"{given.Place} {given.Text} {wrong}");
                return asked;
            }

            return set(asked, parsed);
        },
    };

    /// <summary>A text that is taken as it is.</summary>
    public static Setting Text(string group, string name, string value, string help, Func<Invocation, string, Invocation> set) =>
        Text(group, name, value, help, AsItIs, set);

    /// <summary>One of an enumeration's words.</summary>
    public static Setting Word<T>(string group, string name, string value, string help, Func<Invocation, T, Invocation> set)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToList();
        var choice = $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
        return Text(group, name, value, help, Read, set) with { Words = words };

        // Names only: the parser of enumerations would take numbers too.
        T Read(string text, out string? problem)
        {
            problem = words.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : $"is none that there is. Give {choice}.";
            return problem is null ? Enum.Parse<T>(text, ignoreCase: true) : default;
        }
    }

    /// <summary>Several texts that mean something.</summary>
    public static Setting List<T>(string group, string name, string value, string help, Parse<T> parse, Func<Invocation, IReadOnlyList<T>, Invocation> set) => new()
    {
        Name = name,
        Group = group,
        Help = help,
        Kind = SettingKind.List,
        ValueName = value,
        Apply = (asked, given, problem) =>
        {
            var values = new List<T>();
            foreach (var text in given.Texts)
            {
                var parsed = parse(text, out var wrong);
                values.Add(parsed);
                if (wrong is not null)
                {
                    problem($"{given.Place} {text} {wrong}");
                }
            }

            return set(asked, values);
        },
    };

    /// <summary>Several texts that are taken as they are; one text may hold several, with commas between them.</summary>
    public static Setting List(string group, string name, string value, string help, Func<Invocation, IReadOnlyList<string>, Invocation> set) =>
        List(group, name, value, help, AsItIs, set) with { HasCommas = true };

    /// <summary>Takes any text as it is.</summary>
    public static string AsItIs(string text, out string? problem)
    {
        problem = null;
        return text;
    }
}

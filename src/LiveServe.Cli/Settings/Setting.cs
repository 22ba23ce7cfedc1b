namespace LiveServe.Cli.Settings;

/// <summary>
/// One thing that a user can set. It is the source of a flag, a key of the file, a variable of the environment, a line of the help, an
/// entry of the schema and a row of the docs.
/// </summary>
internal sealed record Setting
{
    /// <summary>Its name, as the flag has it after <c>--</c>. On/off settings are named by what is on.</summary>
    public required string Name { get; init; }

    /// <summary>The heading that it stands under in the help.</summary>
    public required string Group { get; init; }

    /// <summary>One line of help: what it does when it is given in the form that the help shows.</summary>
    public required string Help { get; init; }

    /// <summary>What it takes.</summary>
    public required SettingKind Kind { get; init; }

    /// <summary>What the help calls its value; <see langword="null"/> for on/off settings.</summary>
    public string? ValueName { get; init; }

    /// <summary>A short form, <c>-p</c>.</summary>
    public string? Letter { get; init; }

    /// <summary>Another name of the flag, without dashes.</summary>
    public string? Alias { get; init; }

    /// <summary>For on/off settings: which they are when nobody says anything.</summary>
    public bool IsOn { get; init; }

    /// <summary>What it means without a value; <see langword="null"/> when it must have one.</summary>
    public string? Bare { get; init; }

    /// <summary>
    /// Whether the word that follows the flag is its value, for settings that may stand without one: a folder's name must not be taken for it.
    /// </summary>
    public Predicate<string> TakesNext { get; init; } = _ => true;

    /// <summary>Whether <c>--no-x</c> takes away what the file or an earlier flag says.</summary>
    public bool CanBeOff { get; init; }

    /// <summary>What it is when it is off, where that is not what it is when nobody says anything.</summary>
    public Func<Invocation, Invocation> Off { get; init; } = asked => asked;

    /// <summary>For lists: whether one text holds several, with commas between them.</summary>
    public bool HasCommas { get; init; }

    /// <summary>For lists of pairs: what stands between the two; in the file they may be an object.</summary>
    public string? PairedBy { get; init; }

    /// <summary>For words: those that there are.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>For numbers: the least and the most.</summary>
    public (int Least, int Most) Range { get; init; }

    /// <summary>Puts a value into what is asked for, or says what is wrong with it.</summary>
    public required Apply Apply { get; init; }

    /// <summary>Its flag.</summary>
    public string Flag => $"--{Name}";

    /// <summary>Its flag's negative form; it exists for on/off settings and for those that can be off.</summary>
    public string OffFlag => $"--no-{Name}";

    /// <summary>The flag in the form that changes something.</summary>
    public string ShownFlag => Kind == SettingKind.Toggle && IsOn ? OffFlag : Flag;

    /// <summary>Its key in the file.</summary>
    public string Key => string.Concat(Name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Its variable in the environment.</summary>
    public string Variable => $"LIVESERVE_{Name.Replace('-', '_').ToUpperInvariant()}";
}

/// <summary>What a setting takes.</summary>
internal enum SettingKind
{
    /// <summary>On or off.</summary>
    Toggle,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A text, or one of several words.</summary>
    Text,

    /// <summary>Several texts.</summary>
    List,
}

/// <summary>Puts a value into what is asked for.</summary>
/// <param name="asked">What is asked for so far.</param>
/// <param name="given">The value as texts: one, or for lists any number; on/off settings get <c>true</c> or <c>false</c>.</param>
/// <param name="problem">Takes what is wrong: a sentence that begins with the value, and what to do.</param>
internal delegate Invocation Apply(Invocation asked, Given given, Action<string> problem);

/// <summary>A value, and where somebody wrote it.</summary>
/// <param name="Place">For people: <c>--port</c>, <c>LIVESERVE_PORT</c>, <c>liveserve.json:3 port</c>.</param>
/// <param name="Texts">The value's parts.</param>
/// <param name="IsOff">Whether it says that the setting is not wanted at all.</param>
internal sealed record Given(string Place, IReadOnlyList<string> Texts, bool IsOff = false)
{
    /// <summary>The value, for settings that take one.</summary>
    public string Text => Texts[^1];
}

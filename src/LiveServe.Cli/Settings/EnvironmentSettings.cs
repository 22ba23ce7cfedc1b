namespace LiveServe.Cli.Settings;

/// <summary>Settings in the environment: <c>LIVESERVE_</c> and the name in capitals, and <c>PORT</c>, which many hosts set.</summary>
internal static class EnvironmentSettings
{
    /// <summary>Reads them.</summary>
    /// <param name="variable">Gives a variable's value, or <see langword="null"/>.</param>
    public static IReadOnlyDictionary<Setting, Given> Read(Func<string, string?> variable)
    {
        var values = new Dictionary<Setting, Given>();
        foreach (var setting in AllSettings.Table)
        {
            var name = setting.Variable;
            var text = variable(name);
            if (string.IsNullOrEmpty(text) && setting.Name == "port")
            {
                text = variable(name = "PORT");
            }

            if (!string.IsNullOrEmpty(text))
            {
                values[setting] = new Given(name, Texts(setting, text), IsOff: setting is { CanBeOff: true, Kind: not SettingKind.Toggle } && text is "false" or "0");
            }
        }

        return values;
    }

    private static IReadOnlyList<string> Texts(Setting setting, string text) => setting switch
    {
        { HasCommas: true } => GivenFlags.Split([text]),
        { Kind: SettingKind.Toggle } => [text switch { "1" => "true", "0" => "false", _ => text }],
        { Bare: { } bare } when text == "true" => [bare],
        _ => [text],
    };
}

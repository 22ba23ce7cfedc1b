namespace LiveServe.Cli.Settings;

/// <summary><c>liveserve init</c>: a file of settings with all of them in it, as comments, and the schema that editors complete and check it by.</summary>
internal static class Init
{
    /// <summary>Writes both into the current folder. What is there is not touched.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Count > 1)
        {
            errors.WriteLine("error: init takes nothing. Run it in the folder that is served.");
            return 2;
        }

        var code = 0;
        foreach (var (name, text) in new[] { (SettingsFile.Name, Template()), (SettingsSchema.Name, SettingsSchema.Render()) })
        {
            try
            {
                using var file = new StreamWriter(new FileStream(name, FileMode.CreateNew));
                file.Write(text);
                output.WriteLine($"  wrote {name}");
            }
            catch (IOException) when (File.Exists(name))
            {
                errors.WriteLine($"  {name} is there already; it stays as it is.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"error: {name} cannot be written: {failure.Message}");
                code = 1;
            }
        }

        return code;
    }

    /// <summary>The file: each setting with its help and its default, commented out.</summary>
    public static string Template()
    {
        var text = new System.Text.StringBuilder();
        text.Append($"{{\n  \"$schema\": \"./{SettingsSchema.Name}\",\n");
        foreach (var group in AllSettings.Table.GroupBy(setting => setting.Group))
        {
            text.Append($"\n  // {group.Key}\n");
            foreach (var setting in group)
            {
                text.Append($"  // \"{setting.Key}\": {Example(setting)},  // {setting.Help}\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    // In the form that changes something, as the help has it.
    private static string Example(Setting setting) => setting switch
    {
        { Kind: SettingKind.Toggle } => setting.IsOn ? "false" : "true",
        { Kind: SettingKind.Number } => setting.Bare ?? $"{Math.Clamp(8080, setting.Range.Least, setting.Range.Most)}",
        { Kind: SettingKind.List, PairedBy: not null } => "{}",
        { Kind: SettingKind.List } => "[]",
        { Words: [.., var word] } => $"\"{word}\"",
        { Bare: { } bare } => $"\"{bare}\"",
        _ => "\"\"",
    };
}

using System.Text;

namespace LiveServe.Cli.Settings;

/// <summary>What <c>--help</c> prints, made from the table.</summary>
internal static class HelpText
{
    private const int Column = 26;

    /// <summary>The whole text.</summary>
    public static string Render()
    {
        var text = new StringBuilder();
        text.AppendLine("Serves a folder over HTTP and shows each save in open pages at once.").AppendLine();
        text.AppendLine("Usage: liveserve [ROOT|URL] [options]");
        foreach (var command in Commands.All)
        {
            text.AppendLine($"       liveserve {command.Usage,-20}{command.Help}");
        }

        text.AppendLine();
        Line(text, "ROOT", "The folder to serve (default: the current one)");
        Line(text, "URL", "A server: its whole site comes through here, and its pages get the client");
        foreach (var group in AllSettings.Table.GroupBy(setting => setting.Group))
        {
            text.AppendLine().AppendLine($"{group.Key}:");
            foreach (var setting in group)
            {
                var names = string.Join(", ", new[] { setting.Letter, setting.ShownFlag }.OfType<string>());
                var value = setting.ValueName is not { } name ? "" : setting.Bare is null ? $" {name}" : $" [{name}]";
                Line(text, names + value, setting.Help);
            }
        }

        text.AppendLine();
        Line(text, "-c, --config FILE", $"Read settings from FILE (default: {SettingsFile.Name} in ROOT or the nearest folder above)");
        Line(text, "--no-config", "Read no file");
        Line(text, "-h, --help", "Show this");
        Line(text, "--version", "Show the version");
        text.AppendLine().AppendLine("Exit codes: 0 stopped by you, 1 a defect, 2 wrong usage, 3 cannot listen, 4 ROOT is missing or unreadable.");
        return text.ToString();
    }

    private static void Line(StringBuilder text, string names, string help)
    {
        var head = $"  {names}".PadRight(Column + 2);
        text.AppendLine(head.EndsWith(' ') ? head + help : $"{head}\n{new string(' ', Column + 2)}{help}");
    }
}

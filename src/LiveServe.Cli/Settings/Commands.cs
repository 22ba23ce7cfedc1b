namespace LiveServe.Cli.Settings;

/// <summary>A word that takes ROOT's place: something other than serving.</summary>
/// <param name="Name">The word. A folder of that name is served as <c>./name</c>.</param>
/// <param name="Usage">As the help shows it.</param>
/// <param name="Run">Does it; gives the exit code.</param>
internal sealed record Command(string Name, string Usage, string Help, Func<IReadOnlyList<string>, TextWriter, TextWriter, int> Run);

/// <summary>The commands that there are.</summary>
internal static class Commands
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new("init", "init", $"Write {SettingsFile.Name} and its schema", Init.Run),
        new("completion", "completion SHELL", "Print what makes bash, zsh, fish or pwsh complete its options", Completion.Run),
    ];

    /// <summary>The command that arguments begin with, or <see langword="null"/>.</summary>
    public static Command? Find(IReadOnlyList<string> arguments) => arguments.Count == 0 ? null : All.FirstOrDefault(command => command.Name == arguments[0]);
}

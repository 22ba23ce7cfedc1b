namespace LiveServe.Cli.Settings;

/// <summary>A word that takes ROOT's place: something other than serving.</summary>
/// <param name="Name">The word. A folder of that name is served as <c>./name</c>.</param>
/// <param name="Usage">As the help shows it.</param>
/// <param name="Run">Does it, with all arguments; gives the exit code. <see langword="null"/> when it serves, as without such a word.</param>
internal sealed record Command(string Name, string Usage, string Help, Func<IReadOnlyList<string>, TextWriter, TextWriter, Task<int>>? Run);

/// <summary>The commands that there are.</summary>
internal static class Commands
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new(CommandLine.Echo, "echo [options]", "A WebSocket server that answers each message with what it heard (port 3000)", null),
        new("connect", "connect URL", "A WebSocket client: sends what you type, prints what it hears", Connect.RunAsync),
        new("init", "init", $"Write {SettingsFile.Name} and its schema", (arguments, output, errors) => Task.FromResult(Init.Run(arguments, output, errors))),
        new("completion", "completion SHELL", "Print what makes bash, zsh, fish or pwsh complete its options",
            (arguments, output, errors) => Task.FromResult(Completion.Run(arguments, output, errors))),
    ];

    /// <summary>The command that arguments begin with, or <see langword="null"/>.</summary>
    public static Command? Find(IReadOnlyList<string> arguments) => arguments.Count == 0 ? null : All.FirstOrDefault(command => command.Name == arguments[0]);
}

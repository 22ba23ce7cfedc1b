using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LiveServe.Cli;

/// <summary>A program and its arguments, each one whole: no shell ever reads them.</summary>
internal sealed record EditorCommand(string Program, IReadOnlyList<string> Arguments);

/// <summary>
/// Opens a file in the user's editor: the one that LIVESERVE_EDITOR names, else the first of the well-known ones that is on the PATH.
/// </summary>
internal static class Editor
{
    private static readonly string[] GoTo = ["--goto", "{file}:{line}:{column}"], Suffix = ["{file}:{line}:{column}"],
        Options = ["--line", "{line}", "--column", "{column}", "{file}"];

    private static readonly (string Name, string[] Arguments)[] Known =
    [
        ("code", GoTo), ("codium", GoTo), ("cursor", GoTo), ("zed", Suffix), ("subl", Suffix), ("idea", Options), ("rider", Options),
    ];

    private static readonly SearchValues<char> BatchCharacters = SearchValues.Create("%&|<>^\"!");

    /// <summary>Opens <paramref name="file"/>, a full path.</summary>
    /// <returns>What went wrong, and what to do about it; <see langword="null"/> when the editor was started.</returns>
    public static (string Problem, string Hint)? Open(string file, int line, int column)
    {
        if (Command(Environment.GetEnvironmentVariable("LIVESERVE_EDITOR"), OnPath, file, line, column) is not { } command)
        {
            return ("No editor was found.", "Name one in the environment variable LIVESERVE_EDITOR.");
        }

        // cmd.exe reads the arguments of a batch file once more, and would take these for its own.
        if (command.Program.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) && file.AsSpan().ContainsAny(BatchCharacters))
        {
            return ($"{file} was not opened: its name has characters that {command.Program} would run.", "Open it yourself.");
        }

        try
        {
            Start(command);
            return null;
        }
        catch (Exception failure) when (failure is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return ($"The editor could not be opened: {command.Program} did not start ({failure.Message}).", "Name another one in LIVESERVE_EDITOR.");
        }
    }

    /// <summary>What is to be started; <see langword="null"/> when there is no editor.</summary>
    /// <param name="wish">A program, or a command with {file}, {line} and {column} in its arguments; or nothing.</param>
    /// <param name="onPath">Gives the full path of a program, or <see langword="null"/>.</param>
    public static EditorCommand? Command(string? wish, Func<string, string?> onPath, string file, int line, int column)
    {
        var (program, arguments) = Wished(wish) ?? Known.Select(editor => (Program: onPath(editor.Name), editor.Arguments)).FirstOrDefault(editor => editor.Program is not null);
        return program is null ? null : new(program, [.. arguments.Select(Fill)]);

        string Fill(string argument) => argument.Replace("{line}", $"{line}", StringComparison.Ordinal)
            .Replace("{column}", $"{column}", StringComparison.Ordinal).Replace("{file}", file, StringComparison.Ordinal);
    }

    private static (string? Program, string[] Arguments)? Wished(string? wish)
    {
        if (string.IsNullOrWhiteSpace(wish))
        {
            return null;
        }

        var words = File.Exists(wish) ? [wish] : Words(wish);
        if (words.Count == 0)
        {
            return null;
        }

        var own = words.Skip(1).ToArray();
        var name = Path.GetFileNameWithoutExtension(words[0]);
        return own.Any(word => word.Contains("{file}", StringComparison.Ordinal)) ? (words[0], own)
            : (words[0], [.. own, .. Known.FirstOrDefault(editor => editor.Name == name).Arguments ?? ["{file}"]]);
    }

    // Spaces part words, except inside quotes.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        foreach (var c in text)
        {
            if (quote == '\0' && c is '"' or '\'')
            {
                quote = quote == c ? '\0' : c;
                word ??= new();
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                }

                word = null;
            }
            else
            {
                (word ??= new()).Append(c);
            }
        }

        return word is null ? words : [.. words, word.ToString()];
    }

    private static string? OnPath(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(path => Path.IsPathFullyQualified(path) && File.Exists(path));
    }

    // Its words are not ours: they must not stand between our lines, nor may it wait for our keyboard.
    private static void Start(EditorCommand command)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command.Program, command.Arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        process.Exited += (_, _) => process.Dispose();
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}

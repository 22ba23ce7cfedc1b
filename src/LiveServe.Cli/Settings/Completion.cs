namespace LiveServe.Cli.Settings;

/// <summary>
/// Completion in a shell. The scripts are a few lines that ask the tool itself, with System.CommandLine's <c>[suggest]</c> directive, so they
/// know every option of the version that is installed.
/// </summary>
internal static class Completion
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(liveserve completion bash)"
            _liveserve() {
              local IFS=$'\n'
              COMPREPLY=($(liveserve "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
              [ ${#COMPREPLY[@]} -eq 0 ] && compopt -o default
            }
            complete -F _liveserve liveserve
            """,
        ["zsh"] = """
            # eval "$(liveserve completion zsh)"
            _liveserve() {
              local found=("${(@f)$(liveserve "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              [[ -n "$found" ]] && compadd -- $found || _files
            }
            compdef _liveserve liveserve
            """,
        ["fish"] = """
            # liveserve completion fish | source
            complete -c liveserve -a '(liveserve "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # liveserve completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName liveserve -ScriptBlock {
              param($word, $tree, $position)
              liveserve "[suggest:$position]" "$tree" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    /// <summary>Prints a shell's script.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Count == 2 && Scripts.TryGetValue(arguments[1], out var script))
        {
            output.WriteLine(script.ReplaceLineEndings("\n"));
            return 0;
        }

        errors.WriteLine($"error: Name a shell: {string.Join(", ", Scripts.Keys)}.");
        return 2;
    }

    /// <summary>Answers a script: <c>[suggest:12] "liveserve --po"</c>.</summary>
    /// <returns>Whether that was asked.</returns>
    public static bool Answers(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments is not [['[', ..] and [.., ']'] directive, ..] || !directive.StartsWith("[suggest", StringComparison.Ordinal))
        {
            return false;
        }

        var line = arguments.Count > 1 ? arguments[1] : "";
        var position = directive.Split(':') is [_, var number] && int.TryParse(number.TrimEnd(']'), out var at) ? Math.Clamp(at, 0, line.Length) : line.Length;
        foreach (var label in GivenFlags.Complete(line, position))
        {
            output.WriteLine(label);
        }

        return true;
    }
}

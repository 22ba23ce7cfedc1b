using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>The command as a user runs it: another process, its output read line by line.</summary>
internal sealed partial class Tool : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly CancellationTokenSource _patience = new(Patience);

    private Tool(Process process) => _process = process;

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote to standard output so far.</summary>
    public List<string> Output { get; } = [];

    /// <summary>Starts the command of this build.</summary>
    public static Tool Start(params string[] arguments) =>
        StartProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), .. arguments]);

    /// <summary>Starts any program.</summary>
    public static Tool StartProgram(string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment.Remove("PORT");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Tool(Process.Start(start)!);
    }

    /// <summary>Reads lines until one matches; gives its first group.</summary>
    public async Task<string> UntilAsync(Regex line)
    {
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } read)
        {
            Output.Add(read);
            if (line.Match(read) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        throw new EndOfStreamException($"It ended without such a line. It said: {string.Join('\n', Output)} {await _process.StandardError.ReadToEndAsync(_patience.Token)}");
    }

    /// <summary>Its port, once it is ready.</summary>
    public async Task<int> PortAsync() => int.Parse(await UntilAsync(LocalUrl()));

    /// <summary>Its port, once it is ready, where lines end as a terminal ends them.</summary>
    public async Task<int> PortInTerminalAsync() => int.Parse(await UntilAsync(UrlAnywhere()));

    /// <summary>Types into it.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync(_patience.Token);
    }

    /// <summary>Sends a signal by name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]);
        await kill.WaitForExitAsync(_patience.Token);
    }

    /// <summary>Waits for the end; its exit code and what it wrote to standard error.</summary>
    /// <param name="patience">For programs that take longer than a minute.</param>
    public async Task<(int Code, string Errors)> EndAsync(TimeSpan? patience = null)
    {
        _patience.CancelAfter(patience ?? Patience);
        var reading = _process.StandardError.ReadToEndAsync(_patience.Token);
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } line)
        {
            Output.Add(line);
        }

        await _process.WaitForExitAsync(_patience.Token);
        return (_process.ExitCode, await reading);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"Local     http://localhost:(\d+)/")]
    private static partial Regex UrlAnywhere();

    [GeneratedRegex(@"^  Local     http://localhost:(\d+)/$")]
    private static partial Regex LocalUrl();
}

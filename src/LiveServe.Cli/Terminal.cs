using System.Globalization;

using LiveServe.Cli.Settings;

namespace LiveServe.Cli;

/// <summary>Writes for people: the ready block, one line per save, what went wrong. The only code that writes to standard output.</summary>
/// <remarks>Everything that comes from outside loses its control characters first: a file's name must not drive the terminal.</remarks>
internal sealed class Terminal : ISink
{
    private readonly Lock _gate = new();
    private readonly OutputMode _mode;
    private readonly TextWriter _output, _errors;
    private readonly SaveLines _lines;
    private readonly RecentSaves _saves = new();

    /// <summary>Writes to these.</summary>
    public Terminal(OutputMode mode, TextWriter output, TextWriter errors)
    {
        (_mode, _output, _errors) = (mode, output, errors);
        _lines = new SaveLines(line => Write(output, $"  {Stamp()} {Printable.Of(line)}\n"), (time, action) => Task.Delay(time).ContinueWith(_ => action(), TaskScheduler.Default));
    }

    /// <inheritdoc/>
    public void Ready(LiveServer server, TimeSpan since)
    {
        if (_mode.Quiet)
        {
            return;
        }

        Write(_output, $"  LiveServe {LiveServer.Version}   ready in {Math.Round(since.TotalMilliseconds)} ms\n\n");
        ShowAddresses(server);
    }

    /// <inheritdoc/>
    public void ShowAddresses(LiveServer server) =>
        Write(_output, string.Concat(Addresses(server, _mode.Color).Split('\n').Select(line => line.Length == 0 ? "\n" : $"  {line}\n")));

    /// <summary>Where a server is, a line for each address, and for phones a code of the first that leads here from elsewhere.</summary>
    private static string Addresses(LiveServer server, bool color)
    {
        var lines = server.Urls.Select(url => $"{(url.IsLoopback ? "Local" : "Network"),-10}{url}").ToList();
        if (server.Options.Upstream is { } upstream)
        {
            lines.Add($"From      {upstream}");
        }

        foreach (var (name, path) in new[] { ("Echo", server.Options.EchoOnly ? "/" : server.Options.EchoPath), ("Relay", server.Options.RelayPath) })
        {
            if (path is not null)
            {
                lines.Add($"{name,-10}{new UriBuilder(server.Url) { Scheme = server.Url.Scheme == "https" ? "wss" : "ws", Path = path }.Uri}");
            }
        }

        if (server.Options.Chat)
        {
            lines.Add($"Chat      {server.Url}__liveserve/chat");
            lines.Add($"Host      {server.HostLink}");
        }

        if (server.Options is { EchoOnly: true } or { EchoPath: not null } or { RelayPath: not null } or { Upstream: not null } or { Proxies.Count: > 0 })
        {
            lines.Add($"Sockets   {server.InspectorLink}");
        }

        if (server.Options.Lan && server.Urls.FirstOrDefault(url => !url.IsLoopback) is { } link)
        {
            lines.Add("");
            lines.AddRange(TerminalQrCode.Lines(link.ToString(), color));
        }

        return string.Join('\n', lines);
    }

    /// <inheritdoc/>
    public void Say(string text) => Write(_output, string.Concat(text.Split('\n').Select(line => $"  {Printable.Of(line)}\n")));

    /// <inheritdoc/>
    public void Show(ServerEvent happened)
    {
        if (happened is UpdateSent sent)
        {
            Note(sent);
        }
        else if (happened is UpdateApplied applied && !_mode.Quiet)
        {
            _lines.Applied(applied);
        }

        var line = happened switch
        {
            RequestAnswered answered when _mode.Verbose => $"{answered.Status} {answered.Method} {answered.Target}",
            UpdateApplied { Result: var result } answer when _mode.Verbose => $"page: {result} in {Math.Round(answer.Milliseconds)} ms{(answer.Why is { } why ? $", {why}" : "")}",
            EchoHeard echo when !_mode.Quiet => $"received: {echo.Message}",
            PageProblemReported problem => $"page: {problem.Message}{Place(problem.File, problem.Line, problem.Column)}{After(problem.Seq)}",
            ConsoleReported console => $"console.{Enum.GetName(console.Level)!.ToLowerInvariant()}: {console.Text}{Place(console.File, console.Line, null)}{After(console.Seq)}",
            _ => null,
        };
        if (line is not null)
        {
            var safe = Printable.Of(line);
            var color = happened switch
            {
                PageProblemReported or ConsoleReported { Level: ConsoleLevel.Error } => Red,
                ConsoleReported { Level: ConsoleLevel.Warn } => Yellow,
                _ => 0,
            };
            Write(_output, $"  {Stamp()} {(color != 0 ? Paint(color, safe) : safe)}\n");
        }
        else if (happened is WarningRaised warning)
        {
            Warn(warning);
        }
    }

    /// <inheritdoc/>
    public void Fail(string message, string hint) => Write(_errors, $"{Paint(Red, "error:")} {Printable.Of(message)} {Printable.Of(hint)}\n");

    /// <inheritdoc/>
    public void Stopped()
    {
        if (!_mode.Quiet)
        {
            Write(_output, "  stopped\n");
        }
    }

    private void Warn(WarningRaised warning) =>
        Write(_errors, $"  {Stamp()} {Paint(Yellow, "warning:")} {Printable.Of(warning.Message)}{(warning.Hint is { } hint ? " " + Printable.Of(hint) : "")}\n");

    private void Note(UpdateSent sent)
    {
        lock (_gate)
        {
            _saves.Add(sent);
        }

        if (!_mode.Quiet)
        {
            _lines.Sent(sent);
        }
    }

    private static string Place(string? file, int? line, int? column) =>
        file is null ? "" : $" ({(file.Length > 1 ? file.TrimStart('/') : file)}{(line is null ? "" : $":{line}")}{(column is null ? "" : $":{column}")})";

    private string After(long? seq)
    {
        lock (_gate)
        {
            return _saves.FilesOf(seq) is { } files ? $", after {files}" : "";
        }
    }

    private static string Stamp() => DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private const int Red = 31, Yellow = 33;

    private string Paint(int color, string text) => _mode.Color ? $"\u001b[{color}m{text}\u001b[0m" : text;

    private void Write(TextWriter to, string text)
    {
        lock (_gate)
        {
            try
            {
                to.Write(text);
                to.Flush();
            }
            catch (IOException)
            {
                // The reader of our output is gone (a closed pipe); pages are still served.
            }
        }
    }
}

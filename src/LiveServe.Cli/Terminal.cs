using System.Globalization;
using System.Text;

namespace LiveServe.Cli;

/// <summary>Writes for people: the ready block, one line per save, what went wrong. The only code that writes to standard output.</summary>
/// <remarks>Everything that comes from outside loses its control characters first: a file's name must not drive the terminal.</remarks>
internal sealed class Terminal(OutputMode mode, TextWriter output, TextWriter errors) : ISink
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Ready(LiveServer server, TimeSpan since)
    {
        if (mode.Quiet)
        {
            return;
        }

        var chat = server.Options.Chat ? $"  Chat      {server.Url}__liveserve/chat\n" : "";
        Write(output, $"  LiveServe {LiveServer.Version}   ready in {Math.Round(since.TotalMilliseconds)} ms\n\n  Local     {server.Url}\n{chat}");
    }

    /// <inheritdoc/>
    public void Show(ServerEvent happened)
    {
        var line = happened switch
        {
            UpdateSent sent when !mode.Quiet => Describe(sent),
            RequestAnswered answered when mode.Verbose => $"{answered.Status} {answered.Method} {answered.Target}",
            UpdateApplied { Result: var result } applied when mode.Verbose => $"page: {result} in {Math.Round(applied.Milliseconds)} ms{(applied.Why is { } why ? $", {why}" : "")}",
            PageProblemReported problem => $"page: {problem.Message}{(problem.File is { } file ? $" ({file}:{problem.Line})" : "")}",
            _ => null,
        };
        if (line is not null)
        {
            var safe = Printable(line);
            Write(output, $"  {Stamp()} {(happened is PageProblemReported ? Paint(Red, safe) : safe)}\n");
        }
        else if (happened is WarningRaised warning)
        {
            Warn(warning);
        }
    }

    /// <inheritdoc/>
    public void Fail(string message, string hint) => Write(errors, $"{Paint(Red, "error:")} {Printable(message)} {Printable(hint)}\n");

    /// <inheritdoc/>
    public void Stopped()
    {
        if (!mode.Quiet)
        {
            Write(output, "  stopped\n");
        }
    }

    private void Warn(WarningRaised warning) =>
        Write(errors, $"  {Stamp()} {Paint(Yellow, "warning:")} {Printable(warning.Message)}{(warning.Hint is { } hint ? " " + Printable(hint) : "")}\n");

    private static string Describe(UpdateSent sent)
    {
        var files = sent.Files.Count switch
        {
            1 => sent.Files[0],
            <= 3 => string.Join(", ", sent.Files),
            _ => $"{sent.Files[0]} and {sent.Files.Count - 1} more",
        };
        var pages = sent.Pages == 1 ? "1 page" : $"{sent.Pages} pages";
        var elapsed = Math.Max(1, Math.Round(sent.Elapsed.TotalMilliseconds));
        var kinds = sent.Items.Select(item => item.Kind).ToHashSet();
        return kinds.Count == 0 ? $"{files}   not used by any open page"
            : kinds.Contains("reload") ? $"{files}   {pages} reloaded, {elapsed} ms"
            : kinds.Contains("html") ? $"{files}   {pages} patched, {elapsed} ms"
            : $"{files}   exchanged in {pages}, {elapsed} ms";
    }

    private static string Stamp() => DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private const int Red = 31, Yellow = 33;

    private string Paint(int color, string text) => mode.Color ? $"\u001b[{color}m{text}\u001b[0m" : text;

    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var safe = new StringBuilder();
        foreach (var c in text)
        {
            safe.Append(c == '\n' ? ' ' : char.IsControl(c) ? '\uFFFD' : c);
        }

        return safe.ToString();
    }

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

using System.Buffers;
using System.Text;
using System.Text.Json;

using LiveServe.Cli.Settings;

namespace LiveServe.Cli;

/// <summary>Writes for scripts: one JSON object a line on standard output. <c>docs/terminal.md</c> shows one example of each.</summary>
internal sealed class JsonLines(OutputMode mode, TextWriter output) : ISink
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Ready(LiveServer server, TimeSpan since) => Write("ready", json =>
    {
        json.WriteStartArray("urls");
        foreach (var url in server.Urls)
        {
            json.WriteStringValue(url.ToString());
        }

        json.WriteEndArray();
        if (server.Options.Root.Length > 0)
        {
            json.WriteString("root", Path.GetFullPath(server.Options.Root));
        }

        Optional(json, "upstream", server.Options.Upstream?.ToString());
        Optional(json, "host", server.HostLink?.ToString());
        Optional(json, "sockets", server.InspectorLink.ToString());
        json.WriteNumber("ms", Math.Round(since.TotalMilliseconds));
        json.WriteNumber("pid", Environment.ProcessId);
    });

    /// <inheritdoc/>
    public void Show(ServerEvent happened)
    {
        switch (happened)
        {
            case UpdateSent { IsRepeat: false } sent: Write("update", json => Update(json, sent)); break;
            case UpdateApplied applied: Write("applied", json => Applied(json, applied)); break;
            case RequestAnswered answered when mode.Verbose: Write("request", json => Request(json, answered)); break;
            case PageProblemReported problem: Write("problem", json => Problem(json, problem)); break;
            case ConsoleReported console: Write("console", json => Page(json, console)); break;
            case EchoHeard echo: Write("received", json => json.WriteString("message", echo.Message)); break;
            case WarningRaised warning: Write("warning", json => Warning(json, warning.Message, warning.Hint)); break;
        }
    }

    /// <inheritdoc/>
    public void Say(string text)
    {
        // Scripts have no keys.
    }

    /// <inheritdoc/>
    public void ShowAddresses(LiveServer server)
    {
        // Nor do they forget what they read.
    }

    /// <inheritdoc/>
    public void Fail(string message, string hint) => Write("error", json => Warning(json, message, hint));

    /// <inheritdoc/>
    public void Stopped() => Write("stopped", _ => { });

    private static void Update(Utf8JsonWriter json, UpdateSent sent)
    {
        json.WriteNumber("seq", sent.Seq);
        json.WriteStartArray("files");
        foreach (var file in sent.Files)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        json.WriteStartArray("items");
        foreach (var item in sent.Items)
        {
            json.WriteStartObject();
            json.WriteString("kind", item.Kind);
            Optional(json, "url", item.Url);
            Optional(json, "why", item.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("pages", sent.Pages);
        json.WriteNumber("ms", Math.Round(sent.Elapsed.TotalMilliseconds, 1));
    }

    private static void Applied(Utf8JsonWriter json, UpdateApplied applied)
    {
        json.WriteNumber("seq", applied.Seq);
        Optional(json, "page", applied.Page);
        json.WriteString("result", applied.Result);
        json.WriteNumber("ms", applied.Milliseconds);
        Optional(json, "why", applied.Why);
    }

    private static void Request(Utf8JsonWriter json, RequestAnswered answered)
    {
        json.WriteString("method", answered.Method);
        json.WriteString("target", answered.Target);
        json.WriteNumber("status", answered.Status);
    }

    private static void Problem(Utf8JsonWriter json, PageProblemReported problem)
    {
        Optional(json, "seq", problem.Seq);
        Optional(json, "source", problem.Source);
        json.WriteString("message", problem.Message);
        Optional(json, "file", problem.File);
        Optional(json, "line", problem.Line);
        Optional(json, "column", problem.Column);
    }

    private static void Page(Utf8JsonWriter json, ConsoleReported console)
    {
        Optional(json, "seq", console.Seq);
        json.WriteString("level", Enum.GetName(console.Level)!.ToLowerInvariant());
        json.WriteString("text", console.Text);
        Optional(json, "file", console.File);
        Optional(json, "line", console.Line);
    }

    private static void Warning(Utf8JsonWriter json, string message, string? hint)
    {
        json.WriteString("message", message);
        Optional(json, "hint", hint);
    }

    private static void Optional(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private void Write(string name, Action<Utf8JsonWriter> fields)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            fields(json);
            json.WriteEndObject();
        }

        lock (_gate)
        {
            try
            {
                output.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
                output.Flush();
            }
            catch (IOException)
            {
                // The reader of our output is gone (a closed pipe); pages are still served.
            }
        }
    }
}

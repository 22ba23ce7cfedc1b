using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LiveServe.Cli;

/// <summary>
/// <c>liveserve connect URL</c>: what is typed goes out line by line, what comes in is printed. <c>/ping</c> measures the way there and back,
/// <c>/close [CODE [REASON]]</c> ends it, <c>//…</c> sends a line that begins with a slash.
/// </summary>
internal static class Connect
{
    private const int Done = 0, Failed = 1, WrongUsage = 2;
    private const int ShownBytes = 64;
    private const string Usage = "Usage: liveserve connect URL [--insecure]";

    /// <summary>Runs until either side ends it; Ctrl-C says goodbye with 1000.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        if (Read([.. arguments.Skip(1)], out var insecure, out var problem) is not { } url)
        {
            await (problem.Length == 0 ? output : errors).WriteLineAsync(problem.Length == 0 ? Help : $"error: {problem}\n{Usage}");
            return problem.Length == 0 ? Done : WrongUsage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            await using var socket = await SocketClient.ConnectAsync(url, insecure, stop.Token);
            await output.WriteLineAsync($"connected to {Printable.Of(url.ToString())}");
            await socket.PingAsync();
            var closed = new TaskCompletionSource<int>();
            var hearing = socket.RunAsync(news => Tell(news, output, closed), CancellationToken.None);
            _ = Task.Run(() => SayAsync(socket, Console.In, stop), CancellationToken.None);
            using var bye = stop.Token.Register(() => _ = GoodbyeAsync(socket));
            await hearing;
            return await closed.Task is 1000 or 1001 or 1005 ? Done : Failed;
        }
        catch (LiveServeException failure)
        {
            await errors.WriteLineAsync($"error: {Printable.Of(failure.Message)} {failure.Hint}");
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Done; // stopped while it was connecting
        }
    }

    /// <summary>Reads the arguments after the word.</summary>
    /// <param name="problem">What is wrong, and what to do; empty when help is asked for, or nothing is wrong.</param>
    /// <returns>The address; <see langword="null"/> when there is none.</returns>
    public static Uri? Read(IReadOnlyList<string> arguments, out bool insecure, out string problem)
    {
        insecure = arguments.Contains("--insecure");
        problem = "";
        if (arguments.Any(argument => argument is "-h" or "--help" or "-?"))
        {
            return null;
        }

        var names = arguments.Where(argument => argument != "--insecure").ToList();
        if (names.Find(name => name.StartsWith('-')) is { } flag)
        {
            problem = $"There is no option {flag}. Did you mean --insecure?";
            return null;
        }

        if (names.Count != 1)
        {
            problem = names.Count == 0 ? "Name the address of a WebSocket." : "Name one address only.";
            return null;
        }

        var text = names[0].Contains("://", StringComparison.Ordinal) ? names[0] : $"ws://{names[0]}";
        var schemes = new Dictionary<string, string>(StringComparer.Ordinal) { ["ws"] = "ws", ["wss"] = "wss", ["http"] = "ws", ["https"] = "wss" };
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !schemes.TryGetValue(url.Scheme, out var scheme) || url.Host.Length == 0)
        {
            problem = $"{names[0]} is no address of a WebSocket. Write it as ws://localhost:3000/ or wss://example.com/socket.";
            return null;
        }

        return new UriBuilder(url) { Scheme = scheme, Port = url.Port > 0 ? url.Port : scheme == "ws" ? 80 : 443, Fragment = "" }.Uri;
    }

    private const string Help = $"""
        {Usage}

        Sends each line that you type, and prints what it hears.
          --insecure          Accept any certificate
          /ping               How long a ping takes there and back
          /close [CODE [REASON]]
                              Say goodbye: 1000, or a code from 3000 to 4999
          //text              Send a line that begins with a slash
        Ctrl-C, or the end of the input, says goodbye with 1000.
        """;

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }

    // One that does not answer the goodbye within two seconds is left.
    private static async Task GoodbyeAsync(SocketClient socket)
    {
        await socket.CloseAsync(1000, "");
        await Task.Delay(TimeSpan.FromSeconds(2));
        await socket.DisposeAsync();
    }

    private static async Task SayAsync(SocketClient socket, TextReader input, CancellationTokenSource stop)
    {
        try
        {
            while (await input.ReadLineAsync() is { } line)
            {
                await SayAsync(socket, line);
            }

            await stop.CancelAsync();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The socket has ended, which is told where it is heard.
        }
    }

    private static ValueTask SayAsync(SocketClient socket, string line)
    {
        if (line == "/ping")
        {
            return socket.PingAsync();
        }

        if (line.Split(' ', 3) is ["/close", .. var rest])
        {
            return socket.CloseAsync(rest.Length > 0 && int.TryParse(rest[0], CultureInfo.InvariantCulture, out var code) && code is 1000 or (>= 3000 and <= 4999) ? code : 1000,
                rest.Length > 1 ? rest[1] : "");
        }

        return socket.SendAsync(line.StartsWith("//", StringComparison.Ordinal) ? line[1..] : line);
    }

    private static void Tell(SocketNews news, TextWriter output, TaskCompletionSource<int> closed)
    {
        output.WriteLine(news switch
        {
            SocketMessage { IsBinary: false, Payload: var text } => $"received: {Printable.Of(Encoding.UTF8.GetString(text.Span))}",
            SocketMessage { Payload: var bytes } => $"received (binary, {bytes.Length} bytes): {Shown(bytes.Span)}",
            SocketPinged => "ping from the server, answered",
            SocketPonged pong => string.Create(CultureInfo.InvariantCulture, $"pong after {pong.RoundTrip.TotalMilliseconds:0.0} ms"),
            SocketClosed end => $"closed: {end.Code}{(end.Reason.Length > 0 ? " " + Printable.Of(end.Reason) : "")}",
            _ => throw new InvalidOperationException($"{news.GetType().Name} has no words."),
        });
        output.Flush();
        if (news is SocketClosed { Code: var code })
        {
            closed.TrySetResult(code);
        }
    }

    // Bytes that are text are shown as text: a relay sends binary whatever it was given.
    private static string Shown(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) && bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0
            ? Printable.Of(Encoding.UTF8.GetString(bytes))
            : Convert.ToHexString(bytes[..Math.Min(bytes.Length, ShownBytes)]) + (bytes.Length > ShownBytes ? "…" : "");
}

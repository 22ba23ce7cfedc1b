using System.Runtime.InteropServices;

namespace LiveServe.Cli;

/// <summary>The command: read the arguments, start, wait, stop. Each way out has its exit code.</summary>
internal static class Program
{
    private const int StoppedByUser = 0, Defect = 1, WrongUsage = 2, CannotListen = 3, RootUnusable = 4;

    private static async Task<int> Main(string[] arguments)
    {
        var commandLine = new CommandLine();
        if (arguments.Any(argument => argument is "-h" or "--help" or "-?"))
        {
            Console.Out.Write(commandLine.Help());
            return StoppedByUser;
        }

        if (arguments.Contains("--version"))
        {
            Console.Out.WriteLine(LiveServer.Version);
            return StoppedByUser;
        }

        var (invocation, problems) = commandLine.Read(arguments);
        if (invocation is not null)
        {
            return await RunAsync(invocation);
        }

        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"error: {problem}");
        }

        Console.Error.WriteLine("See liveserve --help.");
        return WrongUsage;
    }

    private static async Task<int> RunAsync(Invocation invocation)
    {
        ISink sink = invocation.Output.Json
            ? new JsonLines(invocation.Output, Console.Out)
            : new Terminal(invocation.Output, Console.Out, Console.Error);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            await using var server = await LiveServer.StartAsync(invocation.Serve with { Report = happened => Take(happened, invocation.Serve.Root, sink) });
            TellPort(invocation.Serve, server, sink);
            sink.Ready(server, DateTime.Now - ProcessStart.Time);
            await OpenAsync(invocation, server, sink, stop.Token);
            await WaitAsync(stop.Token);
        }
        catch (LiveServeException failure)
        {
            sink.Fail(failure.Message, failure.Hint);
            return failure.Failure == LiveServeFailure.CannotListen ? CannotListen : RootUnusable;
        }
#pragma warning disable CA1031 // The edge of the process: whatever it was is shown, and has its exit code.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            sink.Fail(defect.ToString(), "This is a defect of liveserve. Please report it.");
            return Defect;
        }

        sink.Stopped();
        return StoppedByUser;
    }

    private static void Take(ServerEvent happened, string root, ISink sink)
    {
        sink.Show(happened);
        if (happened is EditorWanted { File: var file, Line: var line, Column: var column }
            && Editor.Open(Path.Combine(Path.GetFullPath(root), file), line, column) is var (problem, hint))
        {
            sink.Show(new WarningRaised(problem, hint));
        }
    }

    // The first signal asks us to stop; a second one is not held back.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }

    private static void TellPort(LiveServeOptions asked, LiveServer server, ISink sink)
    {
        if (asked.Port != 0 && asked.Port != server.Url.Port)
        {
            sink.Show(new WarningRaised($"Port {asked.Port} is in use; this is {server.Url.Port}.", "Choose one with --port, or fail with --strict-port."));
        }
    }

    private static async Task OpenAsync(Invocation invocation, LiveServer server, ISink sink, CancellationToken stop)
    {
        if (invocation.Open is not { } path)
        {
            return;
        }

        try
        {
            if (await Browser.OpenAsync(server, new Uri(server.Url, path), invocation.Browser, stop) is { } problem)
            {
                sink.Show(new WarningRaised(problem, $"Open {server.Url} yourself."));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while waiting for a tab.
        }
    }

    private static Task WaitAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        stop.Register(stopped.SetResult);
        return stopped.Task;
    }
}

using System.Runtime.InteropServices;
using LiveServe.Cli.Settings;

namespace LiveServe.Cli;

/// <summary>The command: read the arguments, start, wait, stop. Each way out has its exit code.</summary>
internal static class Program
{
    private const int StoppedByUser = 0, Defect = 1, WrongUsage = 2, CannotListen = 3, RootUnusable = 4;

    private static async Task<int> Main(string[] arguments)
    {
        if (Completion.Answers(arguments, Console.Out))
        {
            return StoppedByUser;
        }

        if (Commands.Find(arguments)?.Run is { } command)
        {
            return await command(arguments, Console.Out, Console.Error);
        }

        if (arguments.Any(argument => argument is "-h" or "--help" or "-?"))
        {
            Console.Out.Write(HelpText.Render());
            return StoppedByUser;
        }

        if (arguments.Contains("--version"))
        {
            Console.Out.WriteLine(LiveServer.Version);
            return StoppedByUser;
        }

        var reading = CommandLine.Read(arguments);
        if (reading.Invocation is { } asked)
        {
            return await RunAsync(arguments, asked, reading.Notes);
        }

        foreach (var problem in reading.Problems)
        {
            Console.Error.WriteLine($"error: {problem}");
        }

        Console.Error.WriteLine("See liveserve --help.");
        return WrongUsage;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, Invocation asked, IReadOnlyList<string> notes)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var session = new Session(arguments, asked, stop);
        try
        {
            await session.RunAsync(notes);
        }
        catch (LiveServeException failure)
        {
            session.Sink.Fail(failure.Message, failure.Hint);
            return failure.Failure switch
            {
                LiveServeFailure.CannotListen => CannotListen,
                LiveServeFailure.WrongConfiguration => WrongUsage,
                _ => RootUnusable,
            };
        }
#pragma warning disable CA1031 // The edge of the process: whatever it was is shown, and has its exit code.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            session.Sink.Fail(defect.ToString(), "This is a defect of liveserve. Please report it.");
            return Defect;
        }

        session.Sink.Stopped();
        return StoppedByUser;
    }

    // The first signal asks us to stop; a second one is not held back.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}

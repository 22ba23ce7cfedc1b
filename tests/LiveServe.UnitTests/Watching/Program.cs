using System.Diagnostics;

namespace LiveServe.UnitTests.Watching;

/// <summary>Programs that every developer's machine has.</summary>
internal static class Program
{
    /// <summary>Runs one to its good end.</summary>
    public static Task RunAsync(string program, params string[] arguments) => RunInAsync(Environment.CurrentDirectory, program, arguments);

    /// <summary>The same in a folder.</summary>
    public static async Task RunInAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{errors}");
    }
}

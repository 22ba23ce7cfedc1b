using System.Diagnostics;

namespace LiveServe.Cli;

/// <summary>Opens the user's browser. The address is an argument of its own: no shell ever reads it.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether a page is open, or a tab of an earlier run comes back within a second.</summary>
    public static async Task<bool> HasTabAsync(LiveServer server, CancellationToken stop)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience; await Task.Delay(50, stop))
        {
            if (server.SocketCount > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Opens <paramref name="url"/>.</summary>
    /// <param name="browser">In this browser; in the system's own when it is <see langword="null"/>.</param>
    /// <returns>What went wrong, or <see langword="null"/>.</returns>
    public static string? Open(Uri url, string? browser)
    {
        var (program, arguments) = (browser, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
        {
            (null, true, _) => ("rundll32", new[] { "url.dll,FileProtocolHandler", url.ToString() }),
            (null, _, true) => ("open", [url.ToString()]),
            (null, _, _) => ("xdg-open", [url.ToString()]),
            (_, _, true) => ("open", ["-a", browser, url.ToString()]),
            _ => (browser, [url.ToString()]),
        };
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false });
            return null;
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            return $"The browser could not be opened: {program} did not start ({failure.Message}).";
        }
    }
}

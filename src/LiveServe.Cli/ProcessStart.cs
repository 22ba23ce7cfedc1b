using System.Diagnostics;

namespace LiveServe.Cli;

/// <summary>When the operating system started this process: what "ready in" counts from.</summary>
internal static class ProcessStart
{
    /// <summary>Local time.</summary>
    public static DateTime Time
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.StartTime;
        }
    }
}

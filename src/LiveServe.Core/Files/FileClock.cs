namespace LiveServe.Files;

/// <summary>The clock that files are stamped with. On Linux it is a few milliseconds behind the precise one.</summary>
internal static class FileClock
{
    /// <summary>A moment that no later change of a file is stamped before.</summary>
    public static DateTimeOffset Now => OperatingSystem.IsLinux() ? LinuxFile.CoarseNow() : DateTimeOffset.UtcNow.AddMilliseconds(-20);
}

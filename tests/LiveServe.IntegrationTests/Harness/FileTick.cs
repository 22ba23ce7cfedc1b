namespace LiveServe.IntegrationTests.Harness;

/// <summary>The file system's clock.</summary>
internal static class FileTick
{
    /// <summary>Returns once the clock that files are stamped with has moved on: what was written before is older than what comes.</summary>
    public static void Wait(string folder) => Wait(folder, TimeSpan.FromMilliseconds(10));

    /// <summary>The same, by as much.</summary>
    public static void Wait(string folder, TimeSpan age)
    {
        var probe = Path.Combine(folder, ".#tick");
        File.WriteAllText(probe, "");
        var first = File.GetLastWriteTimeUtc(probe);
        do
        {
            File.WriteAllText(probe, "");
        }
        while (File.GetLastWriteTimeUtc(probe) - first < age);

        File.Delete(probe);
    }
}

namespace LiveServe.Files;

/// <summary>The files that this process itself writes what it says into, because a shell sent its output there.</summary>
internal static class OwnOutput
{
    private static readonly string[] Links = ["/proc/self/fd/1", "/proc/self/fd/2"];

    /// <summary>Those inside <paramref name="folder"/>, relative to it. Empty where the system does not tell; then it costs a line too much.</summary>
    /// <remarks>proc(5), <c>/proc/pid/fd</c>: a link to the open file, or a word such as <c>pipe:[7]</c>.</remarks>
    public static IReadOnlyList<string> Below(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        string[] files = [.. Links.Where(link => LinuxFile.StatTarget(link) is { Kind: FileKind.Regular })
            .Select(link => new FileInfo(link).LinkTarget).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (files.Length == 0 || LinuxFile.RealPath(folder) is not { } real)
        {
            return [];
        }

        var start = real.TrimEnd('/') + "/";
        return [.. files.Where(file => file.StartsWith(start, StringComparison.Ordinal)).Select(file => file[start.Length..])];
    }
}

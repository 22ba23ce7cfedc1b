namespace LiveServe.UnitTests.Architecture;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Whether a file is one that a build made.</summary>
    public static bool IsBuilt(string file) =>
        file.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "LiveServe.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}

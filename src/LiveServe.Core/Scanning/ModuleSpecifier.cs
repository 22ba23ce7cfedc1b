namespace LiveServe.Scanning;

/// <summary>What an <c>import</c> names.</summary>
/// <remarks>WHATWG HTML §8.1.6.2: a specifier that begins neither with a slash nor with dots and a slash is a name for an import map.</remarks>
internal static class ModuleSpecifier
{
    /// <summary>The decoded path; <see langword="null"/> for a bare name and for what <see cref="LocalReference"/> does not resolve.</summary>
    public static string? Resolve(string specifier, string basePath) =>
        specifier.StartsWith('/') || specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal)
            ? LocalReference.Resolve(specifier, basePath)
            : null;
}

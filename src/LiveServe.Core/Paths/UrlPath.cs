namespace LiveServe.Paths;

/// <summary>From a decoded path to the one that stands in an address.</summary>
internal static class UrlPath
{
    /// <summary>Every segment escaped (RFC 3986 §2.1), slashes kept.</summary>
    public static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}

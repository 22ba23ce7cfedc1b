using LiveServe.Paths;

namespace LiveServe;

/// <summary>A further folder or file that is served, and watched, at an address of its own.</summary>
public sealed record Mount
{
    private Mount(string route, string path) => (Route, Path) = (route, path);

    /// <summary>The decoded address, with its leading slash and without a trailing one; a file's own address, or what everything in a folder is below.</summary>
    public string Route { get; }

    /// <summary>The folder or file, as it was given.</summary>
    public string Path { get; }

    /// <summary>Reads <c>ROUTE:PATH</c>.</summary>
    /// <param name="problem">What is wrong with it, and what to do, in a sentence or two; empty when nothing is.</param>
    /// <returns><see langword="null"/> when it is refused.</returns>
    public static Mount? Parse(string text, out string problem)
    {
        var colon = text.IndexOf(':');
        var route = colon < 0 ? "" : text[..colon];
        var path = colon < 0 ? "" : text[(colon + 1)..];
        var target = RequestTarget.Parse(UrlPath.Escape(route.TrimEnd('/')), "", out _);
        problem = colon <= 0 || path.Length == 0 ? "It is no mount. Write it as ROUTE:PATH, for instance /lib:../shared/lib."
            : route[0] != '/' ? $"Its route begins with no slash. Write it as /{text}."
            : route.TrimEnd('/').Length == 0 ? "The address / is ROOT's own. Name the folder as ROOT."
            : target is null ? "Its route is no address that a browser asks for. Leave out \"..\", backslashes and control characters."
            : ReservedPaths.Contains(target.Path) ? $"{target.Path} is the server's own. Choose another address."
            : "";
        return problem.Length == 0 ? new Mount(target!.Path, path) : null;
    }
}

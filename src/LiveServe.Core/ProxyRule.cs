using LiveServe.Paths;

namespace LiveServe;

/// <summary>One prefix of the site that a back end answers: what follows <see cref="Route"/> is appended to <see cref="Target"/>.</summary>
/// <remarks>
/// Matched by whole segments of the decoded path: <c>/api</c> is <c>/api</c> and <c>/api/x</c>, never <c>/apix</c>. A target without a path
/// keeps the route (<c>/api=http://localhost:3000</c> asks for <c>/api/x</c> there), a target with one replaces it
/// (<c>/api=http://localhost:3000/</c> asks for <c>/x</c>), as in nginx.
/// </remarks>
public sealed record ProxyRule
{
    private ProxyRule(string route, Uri target) => (Route, Target) = (route, target);

    /// <summary>The decoded prefix, with its leading slash and without a trailing one; <c>/</c> is everything.</summary>
    public string Route { get; }

    /// <summary>What the prefix becomes: <c>http</c> or <c>https</c>, with a path, without query, fragment and password.</summary>
    public Uri Target { get; }

    /// <summary>Reads <c>ROUTE=URL</c> or <c>ROUTE:URL</c>.</summary>
    /// <param name="problem">What is wrong and what to do, in two sentences; <see langword="null"/> when all is well.</param>
    /// <returns><see langword="null"/> when something is wrong.</returns>
    public static ProxyRule? Parse(string text, out string? problem)
    {
        if (SchemeOf(text) is not { } scheme)
        {
            problem = $"\"{text}\" names no server. Write it as ROUTE=URL, for instance /api=http://localhost:3000.";
            return null;
        }

        var url = text[scheme..];
        if (scheme == 0 || text[scheme - 1] is not ('=' or ':'))
        {
            problem = $"\"{text}\" names no route. Write it as ROUTE=URL, for instance /api={url}; /={url} is everything.";
            return null;
        }

        var route = RouteOf(text[..(scheme - 1)], url, out problem);
        return route is not null && ParseTarget(url, out problem) is { } target ? Of(route, target, HasPath(url)) : null;
    }

    /// <summary>Reads the URL of a server: <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>. The last two become the first two.</summary>
    /// <param name="problem">As for <see cref="Parse"/>.</param>
    public static Uri? ParseTarget(string text, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Port == 0)
        {
            problem = $"\"{text}\" is no address of a server. Write it as http://localhost:3000.";
        }
        else if (Web(url.Scheme) is not { } scheme)
        {
            problem = $"{url.Scheme} is not forwarded. Use http, https, ws or wss.";
        }
        else if (url.UserInfo.Length > 0)
        {
            problem = $"The password in the address of {url.Host} would not be sent. Leave it out; browsers ask for it.";
        }
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            problem = $"\"{text}\" has more than a path. Leave out what follows \"{url.AbsolutePath}\".";
        }
        else
        {
            return scheme == url.Scheme ? url : new UriBuilder(url) { Scheme = scheme, Port = url.Port }.Uri;
        }

        return null;
    }

    /// <summary>A rule for everything of the site that nothing else answers.</summary>
    /// <param name="site">What it is under; the back end does not know of that.</param>
    internal static ProxyRule WholeSite(Uri upstream, SiteBase site) => site.IsNone ? new("/", upstream) : Of(site.Path.TrimEnd('/'), upstream, replaces: true);

    /// <summary>A rule of parts that were checked.</summary>
    /// <param name="replaces">Whether the target's path takes the route's place.</param>
    internal static ProxyRule Of(string route, Uri target, bool replaces) =>
        new(route, replaces || route == "/" ? target : new Uri(target, UrlPath.Escape(route)));

    /// <summary>Whether a decoded path is the rule's.</summary>
    internal bool Matches(string path) =>
        Route.Length == 1 || (path.StartsWith(Route, StringComparison.Ordinal) && (path.Length == Route.Length || path[Route.Length] == '/'));

    /// <summary>A route as it is compared; <see langword="null"/> when it cannot be one.</summary>
    /// <param name="url">For the remedy.</param>
    internal static string? RouteOf(string text, string url, out string? problem)
    {
        problem = null;
        if (!text.StartsWith('/'))
        {
            problem = $"The route \"{text}\" does not begin with a slash. Write /{text}={url}.";
        }
        else if (text.Contains('*'))
        {
            problem = $"The route \"{text}\" has a star in it. A route is a prefix and needs none: {text[..text.IndexOf('*')].TrimEnd('/')}={url}.";
        }
        else if (RequestTarget.Parse(text, "", out _) is not { Query: "" } target)
        {
            problem = $"The route \"{text}\" is no path. Write a plain prefix, for instance /api={url}.";
        }
        else if (ReservedPaths.Contains(target.Path))
        {
            problem = $"The route \"{text}\" is liveserve's own. Choose another one.";
        }
        else
        {
            return target.Path.Length > 1 ? target.Path.TrimEnd('/') : "/";
        }

        return null;
    }

    /// <summary>Whether an address says a path, be it only a slash.</summary>
    internal static bool HasPath(string url) => url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3) >= 0;

    // Where the scheme begins: a route may have colons of its own.
    private static int? SchemeOf(string text)
    {
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        var start = mark;
        while (start > 0 && char.IsAsciiLetter(text[start - 1]))
        {
            start--;
        }

        return mark > start ? start : null;
    }

    private static string? Web(string scheme) => scheme switch
    {
        "http" or "ws" => "http",
        "https" or "wss" => "https",
        _ => null,
    };
}

using System.Net;
using LiveServe.Paths;

namespace LiveServe.Proxying;

/// <summary>From our addresses to the upstream's, and back.</summary>
internal static class UpstreamAddress
{
    /// <summary>What the upstream is asked for.</summary>
    /// <param name="target">The checked target; it was matched to the rule.</param>
    /// <param name="raw">The target as it came: where it spells the route plainly, the rest is passed on as it is, escapes and all.</param>
    /// <remarks>The host is the rule's, whatever the request says: an absolute-form target chooses nothing.</remarks>
    public static Uri Of(ProxyRule rule, RequestTarget target, string raw)
    {
        var mark = raw.IndexOf('?');
        var encoded = mark < 0 ? raw : raw[..mark];
        var rest = encoded.StartsWith('/') && rule.Matches(encoded) ? After(rule.Route, encoded) : UrlPath.Escape(After(rule.Route, target.Path));
        return Uncanonical($"{rule.Target.GetLeftPart(UriPartial.Authority)}{Slashed(Prefix(rule) + rest)}{target.Query}");
    }

    /// <summary>
    /// An address in an answer (<c>Location</c>, a cookie's <c>Path</c>) as our pages know it: what names the upstream, or a path of it, becomes
    /// a path of ours; everything else stays.
    /// </summary>
    public static string Back(ProxyRule rule, string address)
    {
        var path = PathOf(rule.Target, address);
        if (path is null)
        {
            return address;
        }

        var end = path.AsSpan().IndexOfAny('?', '#') is >= 0 and var found ? found : path.Length;
        var prefix = Prefix(rule);
        var isBelow = prefix.Length == 0 || (path.StartsWith(prefix, StringComparison.Ordinal) && (end == prefix.Length || (path.Length > prefix.Length && path[prefix.Length] == '/')));
        var route = rule.Route.Length == 1 ? "" : UrlPath.Escape(rule.Route);
        return Slashed(isBelow ? route + path[prefix.Length..] : path);
    }

    // Two slashes, or a backslash, at its start would make a path the name of a host.
    private static string Slashed(string path)
    {
        var start = 0;
        while (start < path.Length && path[start] is '/' or '\\')
        {
            start++;
        }

        return start == 1 && path[0] == '/' ? path : "/" + path[start..];
    }

    private static string? PathOf(Uri target, string address)
    {
        if (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal))
        {
            return address;
        }

        var isRelative = address.StartsWith("//", StringComparison.Ordinal);
        return Uri.TryCreate(isRelative ? $"{target.Scheme}:{address}" : address, UriKind.Absolute, out var url) && IsSameServer(url, target)
            ? url.PathAndQuery + url.Fragment
            : null;
    }

    private static bool IsSameServer(Uri url, Uri target) =>
        url.Scheme == target.Scheme && url.Port == target.Port
        && (url.Host.Equals(target.Host, StringComparison.OrdinalIgnoreCase) || (IsLoopback(url) && IsLoopback(target)));

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    private static string After(string route, string path) => route.Length == 1 ? path : path[route.Length..];

    private static string Prefix(ProxyRule rule) => rule.Target.AbsolutePath.TrimEnd('/');

    // "%2F" and "/./" are the upstream's to understand; the characters were checked by RequestTarget.
    private static Uri Uncanonical(string address) => new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}

namespace LiveServe.Proxying;

/// <summary>What becomes of a cookie's Secure on the way to a browser.</summary>
internal enum SecureFate
{
    /// <summary>It had none, or the browser takes it.</summary>
    Fine,

    /// <summary>It was taken off, so that the browser keeps the cookie.</summary>
    Removed,

    /// <summary>It had to stay, and the browser will drop the cookie.</summary>
    Drops,
}

/// <summary>A cookie of the upstream made to fit our address. Pure; RFC 6265 §4.1 and §5.2, RFC 6265bis §4.1.3 for prefixes.</summary>
/// <remarks>
/// Domain names the upstream's host, and a browser that talks to us would refuse it: it goes, and the cookie is ours alone. Browsers take a
/// Secure cookie over plain http from a loopback name only, so there it stays. Elsewhere it goes, but where the cookie would be refused without it:
/// names that begin with <c>__Host-</c> or <c>__Secure-</c>, and <c>SameSite=None</c>.
/// </remarks>
internal static class CookieFit
{
    /// <summary>The <c>Set-Cookie</c> value to be sent on.</summary>
    /// <param name="takesSecure">Whether the browser takes Secure cookies from us: the request came by https, or to a loopback name.</param>
    public static string Fit(string cookie, ProxyRule rule, bool takesSecure, out SecureFate fate)
    {
        var parts = cookie.Split(';');
        var keeps = parts[0].TrimStart() is var name
            && (name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase)
                || parts.Any(part => Is(part, "SameSite") && Value(part).Equals("None", StringComparison.OrdinalIgnoreCase)));
        var isSecure = parts.Skip(1).Any(part => Is(part, "Secure"));
        fate = !isSecure || takesSecure ? SecureFate.Fine : keeps ? SecureFate.Drops : SecureFate.Removed;
        var removes = fate == SecureFate.Removed;
        return string.Join(';', parts.Where((part, i) => i == 0 || !(Is(part, "Domain") || (removes && Is(part, "Secure"))))
            .Select((part, i) => i > 0 && Is(part, "Path") ? $" Path={UpstreamAddress.Back(rule, Value(part))}" : part));
    }

    /// <summary>The cookie's name, for a message.</summary>
    public static string NameOf(string cookie) => cookie.Split('=', ';')[0].Trim();

    private static bool Is(string part, string attribute) => part.Split('=')[0].AsSpan().Trim().Equals(attribute, StringComparison.OrdinalIgnoreCase);

    private static string Value(string part) => part.Contains('=') ? part[(part.IndexOf('=') + 1)..].Trim() : "";
}

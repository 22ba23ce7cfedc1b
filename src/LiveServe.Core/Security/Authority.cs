using System.Net;

namespace LiveServe.Security;

/// <summary>A <c>host[:port]</c>, taken apart without ever throwing.</summary>
/// <remarks>RFC 3986 §3.2.2 and §3.2.3, without user information.</remarks>
/// <param name="Host">Lower case, without a trailing dot; IPv6 without its brackets.</param>
/// <param name="Port"><see langword="null"/> when none is given.</param>
internal readonly record struct Authority(string Host, int? Port)
{
    /// <summary>Whether the host is an address: those cannot be rebound to another machine by DNS.</summary>
    public bool IsAddress => IPAddress.TryParse(Host, out _);

    /// <summary>Whether the host is this machine by definition (RFC 6761 §6.3).</summary>
    public bool IsLoopback =>
        Host == "localhost" || Host.EndsWith(".localhost", StringComparison.Ordinal)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads <paramref name="text"/>; <see langword="null"/> when it is no authority.</summary>
    public static Authority? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 300)
        {
            return null;
        }

        var hostEnd = text[0] == '[' ? text.IndexOf(']') + 1 : text.IndexOf(':') is >= 0 and var colon ? colon : text.Length;
        if (hostEnd <= 0)
        {
            return null;
        }

        var host = text[..hostEnd];
        int? port = null;
        if (hostEnd < text.Length)
        {
            var digits = text.AsSpan(hostEnd + 1);
            if (text[hostEnd] != ':' || digits.Length is 0 or > 5 || digits.ContainsAnyExceptInRange('0', '9')
                || int.Parse(digits) is var number && number > 65535)
            {
                return null;
            }

            port = number;
        }

        return Name(host) is { } name ? new Authority(name, port) : null;
    }

    private static string? Name(string host)
    {
        if (host[0] == '[')
        {
            return IPAddress.TryParse(host[1..^1], out var address) && host.Contains(':') ? address.ToString() : null;
        }

        var name = host.EndsWith('.') ? host[..^1] : host;
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && !name.Contains("..", StringComparison.Ordinal)
            ? name.ToLowerInvariant()
            : null;
    }
}

using Microsoft.Extensions.Primitives;

namespace LiveServe.Security;

/// <summary>Which pages may open the socket. Browsers send Origin with every handshake; only tools leave it out.</summary>
/// <param name="allowed">More origins, each as <c>scheme://host[:port]</c>.</param>
/// <remarks>RFC 6454 §7, RFC 6455 §10.2.</remarks>
internal sealed class OriginCheck(IEnumerable<string> allowed)
{
    private readonly HashSet<Origin> _allowed = [.. allowed.Select(Origin.Parse).OfType<Origin>()];

    /// <summary>Whether the handshake may go on.</summary>
    /// <param name="origin">The values of its Origin header.</param>
    /// <param name="own">The origin that the request itself was sent to.</param>
    /// <param name="peerIsKnown">Whether a tool of the peer is let in, which sends no Origin: it is on this machine, or came through the doors.</param>
    public bool Admits(StringValues origin, Origin own, bool peerIsKnown) => origin.Count switch
    {
        0 => peerIsKnown,
        1 => Origin.Parse(origin[0]) is { } page && (IsAtHome(page, own) || _allowed.Contains(page)),
        _ => false,
    };

    // "localhost" and "127.0.0.1" are one server to its user; another port is another server.
    private static bool IsAtHome(Origin page, Origin own) =>
        page == own
        || (page.Scheme == own.Scheme && page.Authority.IsLoopback && own.Authority.IsLoopback && page.Authority.Port == own.Authority.Port);
}

/// <summary>A page's origin with its port always said. <c>null</c>, <c>file:</c> and extensions have none that we know.</summary>
internal readonly record struct Origin(string Scheme, Authority Authority)
{
    /// <summary>Reads <c>scheme://host[:port]</c>; <see langword="null"/> when it is anything else.</summary>
    public static Origin? Parse(string? text)
    {
        var scheme = text switch
        {
            null => null,
            _ when text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) => "http",
            _ when text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => "https",
            _ => null,
        };
        return scheme is not null && Authority.Parse(text![(scheme.Length + 3)..]) is { } authority ? Of(scheme, authority) : null;
    }

    /// <summary>The origin of a request to <paramref name="authority"/>.</summary>
    public static Origin Of(string scheme, Authority authority) =>
        new(scheme, authority with { Port = authority.Port ?? (scheme == "https" ? 443 : 80) });
}

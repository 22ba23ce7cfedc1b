using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Security;

/// <summary>What another machine may do.</summary>
internal enum PairingVerdict
{
    /// <summary>It is this machine, or paired.</summary>
    Admitted,

    /// <summary>It brings the right link.</summary>
    Paired,

    /// <summary>It brings a link that is wrong, or of an earlier run.</summary>
    WrongLink,

    /// <summary>It brings nothing that we know.</summary>
    Unknown,
}

/// <summary>
/// Other machines show once, by the token of a link, that they were invited. The link holds for this run; the cookie that it is exchanged for
/// holds as long as the secret that it is made from, so that a restart does not unpair a phone.
/// </summary>
internal sealed class Pairing
{
    private const int TokenBytes = 16; // 128 bits: more than anybody can try

    private readonly byte[] _token, _cookie;

    /// <summary>Pairs with one site.</summary>
    /// <param name="secret">Known to this user alone.</param>
    /// <param name="site">Names what is served: another site has other cookies, also on the same host (cookies know no ports, RFC 6265 §8.5).</param>
    public Pairing(byte[] secret, string site)
    {
        Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var derived = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("liveserve pairing 1\0" + site));
        CookieName = "liveserve-" + Convert.ToHexStringLower(derived.AsSpan(TokenBytes, 4));
        Cookie = Base64Url.EncodeToString(derived.AsSpan(0, TokenBytes));
        (_token, _cookie) = (Encoding.ASCII.GetBytes(Token), Encoding.ASCII.GetBytes(Cookie));
    }

    /// <summary>The link's.</summary>
    public string Token { get; }

    /// <summary>The cookie's name.</summary>
    public string CookieName { get; }

    /// <summary>The cookie's value.</summary>
    public string Cookie { get; }

    /// <summary>Judges a request.</summary>
    /// <param name="peer">The address it comes from.</param>
    /// <param name="token">The token in its target, if any.</param>
    /// <param name="cookies">Its Cookie headers.</param>
    public PairingVerdict Judge(IPAddress? peer, string? token, StringValues cookies) =>
        token is not null && Is(token, _token) ? PairingVerdict.Paired
        : Peer.IsLocal(peer) || IsIn(cookies) ? PairingVerdict.Admitted
        : token is not null ? PairingVerdict.WrongLink
        : PairingVerdict.Unknown;

    /// <summary>The Set-Cookie header that pairs a browser for 30 days. RFC 6265bis.</summary>
    public string SetCookie(bool secure) => $"{CookieName}={Cookie}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict{(secure ? "; Secure" : "")}";

    /// <summary>The same cookies without ours: what stands behind the door has no use for it.</summary>
    public StringValues Without(StringValues cookies) =>
        !cookies.Any(header => header?.Contains(CookieName, StringComparison.Ordinal) == true) ? cookies
        : string.Join("; ", cookies.SelectMany(header => header?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            .Where(pair => !IsOurs(pair))) is { Length: > 0 } rest ? rest : default(StringValues);

    private bool IsIn(StringValues cookies)
    {
        foreach (var header in cookies)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(range).Trim(' ');
                if (IsOurs(pair) && Is(pair[(CookieName.Length + 1)..], _cookie))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsOurs(ReadOnlySpan<char> pair) =>
        pair.Length > CookieName.Length && pair[CookieName.Length] == '=' && pair.StartsWith(CookieName, StringComparison.Ordinal);

    private static bool Is(ReadOnlySpan<char> given, byte[] expected)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Encoding.UTF8.TryGetBytes(given, bytes, out var length) && CryptographicOperations.FixedTimeEquals(bytes[..length], expected);
    }
}

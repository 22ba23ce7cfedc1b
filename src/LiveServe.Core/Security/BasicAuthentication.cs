using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Security;

/// <summary>What a request's Authorization header is worth.</summary>
internal enum AuthVerdict
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>Not our user, or nothing that can be read.</summary>
    Wrong,

    /// <summary>Our user.</summary>
    Right,
}

/// <summary>HTTP basic authentication of one user. RFC 7617, with its UTF-8 (§2.1).</summary>
internal sealed class BasicAuthentication
{
    /// <summary>What a browser is told, so that it asks its user.</summary>
    public const string Challenge = "Basic realm=\"LiveServe\", charset=\"UTF-8\"";

    private const string Scheme = "Basic ";
    private const int MaximumLength = 2048;

    // Digests have one length, so comparing them tells neither how long the secret is nor where a guess went wrong.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _expected;

    /// <summary>Admits this user.</summary>
    public BasicAuthentication(string user, string password) => _expected = Digest(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>Judges the values of the Authorization header.</summary>
    public AuthVerdict Judge(StringValues authorization)
    {
        if (authorization.Count == 0)
        {
            return AuthVerdict.Absent;
        }

        return authorization is [{ Length: <= MaximumLength } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Decode(header[Scheme.Length..].Trim(' ')) is { } given && CryptographicOperations.FixedTimeEquals(Digest(given), _expected)
            ? AuthVerdict.Right
            : AuthVerdict.Wrong;
    }

    private byte[] Digest(byte[] text) => HMACSHA256.HashData(_key, text);

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}

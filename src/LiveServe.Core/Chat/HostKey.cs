using System.Security.Cryptography;
using System.Text;

namespace LiveServe.Chat;

/// <summary>The key that proves the host. Guesses are limited for everybody together: behind a tunnel all have one address.</summary>
internal sealed class HostKey
{
    private readonly Allowance _guesses = new(10, 0.5);
    private readonly byte[] _hash;

    /// <summary>A given key, or a random one of 128 bits.</summary>
    /// <param name="given">A sound one; <see langword="null"/> for a random one.</param>
    public HostKey(string? given)
    {
        Value = given ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        _hash = HashOf(Value);
    }

    /// <summary>The key itself. It is for the host's eyes.</summary>
    public string Value { get; }

    /// <summary>Whether a key can be used: 8 to 128 printable ASCII characters.</summary>
    public static bool IsSound(string key) => key.Length is >= 8 and <= 128 && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Whether a guess is the key. The time it takes does not depend on what is right about it.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <param name="retryMs">When a further guess is looked at; 0 when this one was.</param>
    public bool Proves(string guess, long now, out int retryMs)
    {
        lock (_guesses) // the room and the inspector ask
        {
            retryMs = _guesses.Take(now);
        }

        return retryMs == 0 && CryptographicOperations.FixedTimeEquals(_hash, HashOf(guess));
    }

    // Of equal length, whatever the guess's is.
    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

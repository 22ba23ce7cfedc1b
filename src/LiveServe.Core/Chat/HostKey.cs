using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LiveServe.Chat;

/// <summary>The key that proves the host. Guesses are limited for everybody together: behind a tunnel all have one address.</summary>
internal sealed class HostKey
{
    private readonly Allowance _guesses = new(10, 0.5);
    private readonly Lazy<byte[]> _hash;

    /// <summary>A given key, or a random one of 128 bits.</summary>
    /// <param name="given">A sound one; <see langword="null"/> for a random one.</param>
    public HostKey(string? given)
    {
        Value = given ?? Base64Url.EncodeToString(RandomBytes());
        _hash = new(() => HashOf(Value));
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

        return retryMs == 0 && CryptographicOperations.FixedTimeEquals(_hash.Value, HashOf(guess));
    }

    // The system's own source, as behind every random UUID (RFC 9562 §5.4), without its six bits that are not random. On Linux the usual way to it loads
    // OpenSSL, which takes a start some milliseconds, and which not every machine has.
    private static ReadOnlySpan<byte> RandomBytes()
    {
        var bytes = new byte[32];
        for (var at = 0; at < bytes.Length; at += 16)
        {
            Guid.NewGuid().TryWriteBytes(bytes.AsSpan(at));
            (bytes[at + 7], bytes[at + 8]) = (bytes[at], bytes[at + 15]);
        }

        for (var at = 0; at < 16; at++)
        {
            bytes[at] ^= bytes[31 - at];
        }

        return bytes.AsSpan(0, 16);
    }

    // Of equal length, whatever the guess's is.
    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

using System.Text;

namespace LiveServe.Content;

/// <summary>Escapes in addresses. RFC 3986 §2.1.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes once.</summary>
    /// <param name="encoded">Letters that are not ASCII stand for themselves.</param>
    /// <returns><see langword="null"/> when an escape is none, or the bytes are not UTF-8: overlong forms, surrogates, stray bytes.</returns>
    public static string? Decode(string encoded)
    {
        if (!encoded.Contains('%'))
        {
            return encoded;
        }

        var bytes = Encoding.UTF8.GetBytes(encoded);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                bytes[length++] = bytes[i];
            }
            else if (i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = (byte)((Digit(bytes[i + 1]) << 4) | Digit(bytes[i + 2]));
                i += 2;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static int Digit(byte b) => char.IsAsciiDigit((char)b) ? b - '0' : (b | 0x20) - 'a' + 10;
}

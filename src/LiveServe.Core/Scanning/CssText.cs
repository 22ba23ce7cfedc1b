using System.Text;

namespace LiveServe.Scanning;

/// <summary>The characters of CSS: which are which, and what escapes stand for.</summary>
/// <remarks>CSS Syntax Level 3 §4.2 and §4.3.7.</remarks>
internal static class CssText
{
    /// <summary>Whether a byte ends a line.</summary>
    public static bool IsNewline(byte b) => b is (byte)'\n' or (byte)'\r' or (byte)'\f';

    /// <summary>Whether a byte is white space.</summary>
    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' || IsNewline(b);

    /// <summary>Whether a byte may begin a name. NUL stands for U+FFFD.</summary>
    public static bool IsNameStart(byte b) => b >= 0x80 || b is (byte)'_' or 0 || char.IsAsciiLetter((char)b);

    /// <summary>Whether a byte may stand in a name.</summary>
    public static bool IsName(byte b) => IsNameStart(b) || b == '-' || char.IsAsciiDigit((char)b);

    /// <summary>
    /// How many bytes the backslash at <paramref name="at"/> takes with it: a newline, up to six digits and one white space, or one byte,
    /// whose fellows of the same character are ordinary bytes.
    /// </summary>
    public static int EscapeLength(ReadOnlySpan<byte> css, int at)
    {
        var end = at + 1;
        while (end < css.Length && end < at + 7 && char.IsAsciiHexDigit((char)css[end]))
        {
            end++;
        }

        if (end == at + 1)
        {
            return end >= css.Length ? 1 : IsPair(css, end) ? 3 : 2;
        }

        return end - at + (end >= css.Length || !IsSpace(css[end]) ? 0 : IsPair(css, end) ? 2 : 1);
    }

    /// <summary>Whether a written name is lower-case ASCII <paramref name="name"/>, in any case and with any escapes.</summary>
    public static bool Is(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name)
    {
        var at = 0;
        foreach (var expected in name)
        {
            if (at >= written.Length)
            {
                return false;
            }

            var length = written[at] == '\\' ? EscapeLength(written, at) : 1;
            var actual = written[at] == '\\' ? CodePoint(written.Slice(at, length)) : written[at];
            if (actual > 0x7F || (char.IsAsciiLetterUpper((char)actual) ? actual | 0x20 : actual) != expected)
            {
                return false;
            }

            at += length;
        }

        return at == written.Length;
    }

    /// <summary>The written value without escapes; <see langword="null"/> when it is not UTF-8, and so names a file that only its charset tells.</summary>
    /// <param name="offsets">Takes, if given, where in <paramref name="written"/> each character of the result begins, and then the end.</param>
    public static string? Decode(ReadOnlySpan<byte> written, List<int>? offsets = null)
    {
        if (!System.Text.Unicode.Utf8.IsValid(written))
        {
            return null;
        }

        if (offsets is null && !written.ContainsAny((byte)'\\', (byte)0))
        {
            return Encoding.UTF8.GetString(written);
        }

        var text = new StringBuilder(written.Length);
        for (var at = 0; at < written.Length;)
        {
            var length = written[at] == '\\' ? EscapeLength(written, at) : 1;
            var before = text.Length;
            if (written[at] == '\\' && !(length > 1 && (IsNewline(written[at + 1]) || written[at + 1] >= 0x80)))
            {
                text.Append(Whole(CodePoint(written.Slice(at, length))));
            }
            else if (written[at] != '\\')
            {
                Rune.DecodeFromUtf8(written[at..], out var rune, out length);
                text.Append(Whole(rune.Value));
            }
            else if (written[at + 1] >= 0x80)
            {
                length = 1; // the character behind the backslash stands for itself, and is longer than a byte
            }

            for (; offsets is not null && before < text.Length; before++)
            {
                offsets.Add(at);
            }

            at += length;
        }

        offsets?.Add(written.Length);
        return text.ToString();
    }

    private static int CodePoint(ReadOnlySpan<byte> escape)
    {
        var value = 0;
        var digits = escape[1..].TrimEnd(" \t\r\n\f"u8);
        if (digits.IsEmpty || !char.IsAsciiHexDigit((char)digits[0]))
        {
            return escape.Length > 1 ? escape[1] : 0xFFFD;
        }

        foreach (var digit in digits)
        {
            value = (value << 4) | Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return value;
    }

    private static string Whole(int value) => value != 0 && Rune.IsValid(value) ? new Rune(value).ToString() : "\uFFFD";

    private static bool IsPair(ReadOnlySpan<byte> css, int at) => css[at..].StartsWith("\r\n"u8);
}

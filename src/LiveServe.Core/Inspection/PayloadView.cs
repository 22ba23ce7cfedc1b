using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>A payload as it is shown: text where it is text, whatever the opcode says, else hexadecimal.</summary>
/// <param name="Text">With its secrets masked; <see langword="null"/> when it is no text.</param>
/// <param name="Hex">Two digits for each byte, two dots for a masked one; <see langword="null"/> when it is text.</param>
/// <param name="IsCut">Whether there is more of it than is shown.</param>
internal readonly record struct PayloadView(string? Text, string? Hex, bool IsCut)
{
    /// <summary>Shows a frame.</summary>
    /// <param name="names">Names whose values are secret in this socket's JSON, beside those that always are.</param>
    /// <param name="most">How much is shown at the most: characters of text, or bytes.</param>
    public static PayloadView Of(in FrameRecord frame, Secrets secrets, ReadOnlySpan<string> names, int most)
    {
        if ((frame.Marks & FrameMarks.Compressed) != 0 || frame.Kept.IsEmpty)
        {
            return new PayloadView(null, null, frame.Length > 0);
        }

        // A secret may have begun in an earlier fragment; the array holds that, too.
        MemoryMarshal.TryGetArray(frame.Kept, out var kept);
        var before = frame.Opcode == Opcode.Continuation ? kept.Offset : 0;
        var all = before == 0 ? frame.Kept.Span : kept.Array.AsSpan(0, before + frame.Kept.Length);
        var isFragment = frame.Opcode == Opcode.Continuation || (frame.Marks & FrameMarks.Unfinished) != 0;
        return IsText(all, isFragment || !frame.IsWhole)
            ? AsText(all, before, secrets, names, most, frame.IsWhole)
            : AsHex(all, before, secrets, names, most, frame.IsWhole);
    }

    /// <summary>The bytes that are kept, those of secrets as stars.</summary>
    public static byte[] Bytes(in FrameRecord frame, Secrets secrets, ReadOnlySpan<string> names)
    {
        var bytes = frame.Kept.ToArray();
        foreach (var (start, end) in secrets.Find(Encoding.Latin1.GetString(bytes), names))
        {
            bytes.AsSpan(start..end).Fill((byte)'*');
        }

        return bytes;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes, bool isCut)
    {
        for (var open = 0; open < (isCut ? 4 : 1) && open <= bytes.Length; open++) // the last character may be cut
        {
            if (Utf8.IsValid(bytes[..^open]))
            {
                return bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0; // what holds such bytes is read better in hexadecimal
            }
        }

        return false;
    }

    private static PayloadView AsText(ReadOnlySpan<byte> all, int before, Secrets secrets, ReadOnlySpan<string> names, int most, bool isWhole)
    {
        var text = secrets.Hide(Encoding.UTF8.GetString(all), Encoding.UTF8.GetCharCount(all[..before]), names);
        return text.Length <= most ? new PayloadView(text, null, !isWhole) : new PayloadView(text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)], null, true);
    }

    private static PayloadView AsHex(ReadOnlySpan<byte> all, int before, Secrets secrets, ReadOnlySpan<string> names, int most, bool isWhole)
    {
        var shown = all[before..];
        var hex = Convert.ToHexStringLower(shown[..Math.Min(shown.Length, most)]).ToCharArray();
        foreach (var (start, end) in secrets.Find(Encoding.Latin1.GetString(all), names))
        {
            for (var i = Math.Max(start - before, 0); i < end - before && (2 * i) + 1 < hex.Length; i++)
            {
                hex[2 * i] = hex[(2 * i) + 1] = '.';
            }
        }

        return new PayloadView(null, new string(hex), !isWhole || shown.Length > most);
    }
}

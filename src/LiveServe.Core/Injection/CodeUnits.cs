using LiveServe.Content;

namespace LiveServe.Injection;

/// <summary>How the snippet's ASCII is written into a document.</summary>
internal enum SnippetEncoding
{
    /// <summary>One byte a character: every other encoding that browsers know has ASCII in it.</summary>
    Ascii,

    /// <summary>Two bytes, the low one first.</summary>
    Utf16LittleEndian,

    /// <summary>Two bytes, the high one first.</summary>
    Utf16BigEndian,
}

/// <summary>
/// A document seen as ASCII characters, whatever its encoding. Markup is ASCII, and in no encoding that a browser reads as ASCII-compatible
/// is a byte of another character equal to <c>&lt;</c>.
/// </summary>
internal readonly ref struct CodeUnits
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _width;
    private readonly int _low;

    /// <summary>Looks at a document.</summary>
    public CodeUnits(ReadOnlySpan<byte> document)
    {
        _bytes = document;
        Encoding = EncodingOf(document);
        _width = Encoding == SnippetEncoding.Ascii ? 1 : 2;
        _low = Encoding == SnippetEncoding.Utf16BigEndian ? 1 : 0;
    }

    /// <summary>How ASCII is written in it.</summary>
    public SnippetEncoding Encoding { get; }

    /// <summary>How many code units there are; an odd byte at the end of UTF-16 is none.</summary>
    public int Length => _bytes.Length / _width;

    /// <summary>A unit as ASCII; a NUL for one that is not.</summary>
    public char this[int index] =>
        _width == 1 ? (char)_bytes[index]
        : _bytes[(2 * index) + 1 - _low] == 0 ? (char)_bytes[(2 * index) + _low]
        : '\0';

    /// <summary>The byte at which a unit stands.</summary>
    public int ByteOffset(int index) => index * _width;

    /// <summary>Whether lower-case <paramref name="text"/> stands at <paramref name="index"/>, in any case.</summary>
    public bool StartsWith(int index, string text)
    {
        if (index + text.Length > Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.ToLowerInvariant(this[index + i]) != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where <paramref name="text"/> stands next, at or after <paramref name="from"/>; -1 when nowhere.</summary>
    public int IndexOf(string text, int from)
    {
        for (var i = from; i + text.Length <= Length; i++)
        {
            if (StartsWith(i, text))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A stretch as text, a character to a unit. Only its ASCII is right; the rest is there to keep positions.</summary>
    public string Text(int start, int end)
    {
        var text = new char[end - start];
        for (var i = start; i < end; i++)
        {
            text[i - start] = this[i] == '\0' ? '\u00B7' : this[i]; // a NUL is an error to a parser
        }

        return new string(text);
    }

    /// <summary>The length of a byte order mark, in units.</summary>
    public int MarkLength => Charset.ByMark(_bytes) switch { null => 0, "utf-8" => 3, _ => 1 };

    /// <summary>ASCII text in the document's encoding.</summary>
    public static byte[] Encode(string ascii, SnippetEncoding encoding) => encoding switch
    {
        SnippetEncoding.Utf16LittleEndian => System.Text.Encoding.Unicode.GetBytes(ascii),
        SnippetEncoding.Utf16BigEndian => System.Text.Encoding.BigEndianUnicode.GetBytes(ascii),
        _ => System.Text.Encoding.Latin1.GetBytes(ascii),
    };

    private static SnippetEncoding EncodingOf(ReadOnlySpan<byte> document) => Charset.ByMark(document) switch
    {
        "utf-16le" => SnippetEncoding.Utf16LittleEndian,
        "utf-16be" => SnippetEncoding.Utf16BigEndian,
        _ => SnippetEncoding.Ascii,
    };
}

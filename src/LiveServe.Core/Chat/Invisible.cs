using System.Globalization;
using System.Text;

namespace LiveServe.Chat;

/// <summary>Which characters show nothing by themselves. By Unicode's categories, which need no culture data, and the blanks among letters and symbols.</summary>
internal static class Invisible
{
    /// <summary>Whether it shows nothing: white space, controls, formats, marks without a base, fillers.</summary>
    public static bool Is(Rune rune) =>
        !rune.IsAscii ? IsFiller(rune) || IsMark(rune) || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        : rune.Value is <= ' ' or 0x7F;

    /// <summary>Letters, symbols and marks by category, yet nothing on the screen: the fillers of Hangul and Khmer, the empty braille cell, the grapheme joiner.</summary>
    public static bool IsFiller(Rune rune) => rune.Value is 0x3164 or 0x115F or 0x1160 or 0xFFA0 or 0x2800 or 0x17B4 or 0x17B5 or 0x034F;

    /// <summary>Whether it is drawn on the character before it.</summary>
    public static bool IsMark(Rune rune) => !rune.IsAscii && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether nothing of a text can be seen.</summary>
    public static bool IsAll(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Is(rune))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Globalization;

namespace LiveServe.Chat;

/// <summary>Characters as people see them: extended grapheme clusters of UAX #29, as <c>Intl.Segmenter</c> counts them in a browser.</summary>
internal static class Graphemes
{
    /// <summary>Whether a text has more than <paramref name="most"/>.</summary>
    public static bool AreMoreThan(int most, ReadOnlySpan<char> text)
    {
        if (text.Length <= most)
        {
            return false; // none is shorter than a unit
        }

        for (var count = 0; !text.IsEmpty; text = text[StringInfo.GetNextTextElementLength(text)..])
        {
            if (++count > most)
            {
                return true;
            }
        }

        return false;
    }
}

using System.Text;

namespace LiveServe.Content;

/// <summary>
/// The other spellings of a name: "é" as one character or as two. They look the same, people type the first, and some systems store the second.
/// </summary>
/// <remarks>
/// Unicode Standard Annex 15, forms C and D, by <see cref="CanonicalPairs"/> and the Hangul algorithm (Unicode §3.12). Marks are not put into another
/// order: a name in which they stand in none of the two is only found as it is spelt.
/// </remarks>
internal static class NormalForm
{
    private const int LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7, SyllableBase = 0xAC00;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    private static readonly Lazy<(Dictionary<(char, char), char> Composed, Dictionary<char, (char, char)> Taken)> Pairs = new(ReadPairs);

    /// <summary>The composed and the decomposed form of a name, without those that it has already; none for ASCII.</summary>
    public static IReadOnlyList<string> Others(string name)
    {
        if (Ascii.IsValid(name))
        {
            return [];
        }

        var decomposed = Decompose(name);
        var composed = Compose(decomposed);
        return (composed == name, decomposed == name) switch
        {
            (true, true) => [],
            (true, false) => [decomposed],
            (false, true) => [composed],
            _ => [composed, decomposed],
        };
    }

    private static string Decompose(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            Decompose(letter, text);
        }

        return text.ToString();
    }

    private static void Decompose(char letter, StringBuilder text)
    {
        if (Pairs.Value.Taken.TryGetValue(letter, out var pair))
        {
            Decompose(pair.Item1, text); // a letter with two marks is made of one with one
            text.Append(pair.Item2);
        }
        else if (letter - SyllableBase is >= 0 and < Leads * Vowels * Tails and var syllable)
        {
            text.Append((char)(LeadBase + (syllable / (Vowels * Tails)))).Append((char)(VowelBase + (syllable / Tails % Vowels)));
            if (syllable % Tails > 0)
            {
                text.Append((char)(TailBase + (syllable % Tails)));
            }
        }
        else
        {
            text.Append(letter);
        }
    }

    private static string Compose(string decomposed)
    {
        var text = new StringBuilder(decomposed.Length);
        foreach (var letter in decomposed)
        {
            if (text.Length > 0 && Compose(text[^1], letter) is { } whole)
            {
                text[^1] = whole;
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    private static char? Compose(char first, char second) =>
        Pairs.Value.Composed.TryGetValue((first, second), out var whole) ? whole
        : first - LeadBase is >= 0 and < Leads and var lead && second - VowelBase is >= 0 and < Vowels and var vowel
            ? (char)(SyllableBase + (((lead * Vowels) + vowel) * Tails))
        : first - SyllableBase is >= 0 and < Leads * Vowels * Tails and var syllable && syllable % Tails == 0 && second - TailBase is > 0 and < Tails and var tail
            ? (char)(first + tail)
        : null;

    private static (Dictionary<(char, char), char>, Dictionary<char, (char, char)>) ReadPairs()
    {
        var (composed, taken) = (new Dictionary<(char, char), char>(1024), new Dictionary<char, (char, char)>(1024));
        foreach (var line in CanonicalPairs.ByMark)
        {
            for (var i = 1; i < line.Length; i += 2)
            {
                composed.Add((line[i], line[0]), line[i + 1]);
                taken.Add(line[i + 1], (line[i], line[0]));
            }
        }

        return (composed, taken);
    }
}

using System.Globalization;
using System.Text;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>Which names the room takes. Pure. No rule leans on culture or normalisation: the executable has neither.</summary>
internal static class NameRules
{
    private const int MaximumGraphemes = 32;
    private const int MaximumMarks = 4;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "system", "server", "liveserve", "websocket", "me", "host", "everyone",
    };

    /// <summary>What is wrong with a name, or <see langword="null"/>.</summary>
    /// <param name="name">As it was sent.</param>
    /// <param name="taken">The name as it is used: without space around it, and with single plain spaces within.</param>
    public static ErrorMessage? Judge(string name, out string taken, string? cid = null)
    {
        taken = Spaced(name);
        var bytes = Encoding.UTF8.GetByteCount(taken);
        return Invisible.IsAll(taken) ? Bad("A name has at least one visible character.")
            : bytes > Limits.Default.Name ? Bad($"This name has {bytes} bytes; a name has at most {Limits.Default.Name}.")
            : Graphemes.AreMoreThan(MaximumGraphemes, taken) ? Bad($"A name has at most {MaximumGraphemes} characters.")
            : !IsOfShownCharacters(taken) ? Bad("A name has no control, direction or invisible characters.")
            : HasPiles(taken) ? Bad($"A letter of a name has at most {MaximumMarks} marks.")
            : IsReserved(taken) ? new("name_reserved", $"\"{taken}\" is not for people.", cid, "name")
            : null;

        ErrorMessage Bad(string why) => new("bad_name", why, cid, "name");
    }

    private static bool IsReserved(string name)
    {
        var (lower, written) = NameFolding.Looks(name);
        return Reserved.Contains(LettersOf(lower)) || Reserved.Contains(LettersOf(written));
    }

    private static string LettersOf(string look) => string.Concat(look.Where(char.IsLetterOrDigit));

    // Line breaks and tabs are space too, but a name that holds one within is none.
    private static string Spaced(string name)
    {
        var trimmed = name.Trim();
        if (!trimmed.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return trimmed;
        }

        var spaced = new StringBuilder(trimmed.Length);
        foreach (var letter in trimmed)
        {
            var isSpace = char.IsWhiteSpace(letter) && !char.IsControl(letter) && letter is not ('\u2028' or '\u2029');
            if (!isSpace)
            {
                spaced.Append(letter);
            }
            else if (spaced[^1] != ' ')
            {
                spaced.Append(' ');
            }
        }

        return spaced.ToString();
    }

    private static bool IsOfShownCharacters(string name)
    {
        var before = default(Rune); // the last one that is no variation selector and no skin tone
        var joins = false;
        foreach (var rune in name.EnumerateRunes())
        {
            if (joins && !IsPictographic(rune))
            {
                return false;
            }

            if (rune.Value == ZeroWidthJoiner)
            {
                if (!IsPictographic(before))
                {
                    return false; // it joins pictures, and hides between letters
                }

                joins = true;
                continue;
            }

            joins = false;
            if (Invisible.IsFiller(rune) || IsForbidden(rune))
            {
                return false;
            }

            before = rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) ? before : rune;
        }

        return !joins;
    }

    private const int ZeroWidthJoiner = 0x200D;

    private static bool IsPictographic(Rune rune) =>
        rune.Value >= 0x1F000 || (rune.Value is >= 0x2190 and <= 0x2BFF && Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol);

    private static bool IsForbidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static bool HasPiles(string name)
    {
        var marks = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            marks = Invisible.IsMark(rune) ? marks + 1 : 0;
            if (marks > MaximumMarks)
            {
                return true;
            }
        }

        return false;
    }
}

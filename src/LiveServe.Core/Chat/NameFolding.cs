using System.Globalization;
using System.Text;

namespace LiveServe.Chat;

/// <summary>
/// What a name looks like, so that two that look alike are found: marks and invisible characters removed, case folded, wide, circled and mathematical letters made
/// plain, look-alikes of other alphabets taken for what they look like. After the idea of RFC 8266 and UTS #39, by our own table.
/// </summary>
internal static class NameFolding
{
    /// <summary>
    /// The two looks of a name: of its lower case, and of its letters as they stand. Two names look alike when they have a look in common: Greek capital nu is
    /// an N, and its small letter is a v.
    /// </summary>
    public static (string Lower, string AsWritten) Looks(string name) => (Fold(name, lowerFirst: true), Fold(name, lowerFirst: false));

    private static string Fold(string name, bool lowerFirst)
    {
        var look = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (look.Length > 0 && look[^1] != ' ')
                {
                    look.Append(' ');
                }
            }
            else if (!IsPassedOver(rune))
            {
                Append(look, Plain(rune), lowerFirst);
            }
        }

        return look.ToString().TrimEnd();
    }

    private static void Append(StringBuilder look, Rune rune, bool lowerFirst)
    {
        var read = lowerFirst ? Rune.ToLowerInvariant(rune) : rune;
        if (read.IsBmp && FoldingTable.Letters.TryGetValue((char)read.Value, out var plain))
        {
            look.Append(plain);
        }
        else if (Rune.ToLowerInvariant(read) is var lower && lower != read && lower.IsBmp && FoldingTable.Letters.TryGetValue((char)lower.Value, out plain))
        {
            look.Append(plain);
        }
        else
        {
            look.Append(lower);
        }
    }

    // Vowels of Indic and Thai writing are marks too, and make another name; what decorates letters does not.
    private static bool IsPassedOver(Rune rune) => rune.Value is (>= 0x300 and <= 0x36F) or (>= 0x483 and <= 0x489) or (>= 0x591 and <= 0x5C7)
        or (>= 0x610 and <= 0x61A) or (>= 0x64B and <= 0x65F) or 0x670 or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) or (>= 0xE0100 and <= 0xE01EF)
        || Invisible.IsFiller(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control;

    private static Rune Plain(Rune rune) => rune.Value switch
    {
        var c and >= 0xFF01 and <= 0xFF5E => new Rune(c - 0xFEE0), // fullwidth
        var c and >= 0x24B6 and <= 0x24CF => new Rune('A' + c - 0x24B6), // circled
        var c and >= 0x24D0 and <= 0x24E9 => new Rune('a' + c - 0x24D0),
        var c and >= 0x1D400 and <= 0x1D6A3 => new Rune((c - 0x1D400) % 52 is var n && n < 26 ? 'A' + n : 'a' + n - 26), // mathematical
        var c and >= 0x1D7CE and <= 0x1D7FF => new Rune('0' + ((c - 0x1D7CE) % 10)),
        var c and (>= 0x1F130 and <= 0x1F149) => new Rune('A' + c - 0x1F130), // squared, and white on black
        var c and (>= 0x1F150 and <= 0x1F169) => new Rune('A' + c - 0x1F150),
        var c and (>= 0x1F170 and <= 0x1F189) => new Rune('A' + c - 0x1F170),
        _ => rune,
    };
}

/// <summary>Which names more than one person has gone by, as they look. Only the room touches it.</summary>
internal sealed class SharedNames
{
    // Beyond it the oldest knowledge goes at once; the names in use come back with the next message or presence.
    private const int MaximumLooks = 8192;

    private readonly Dictionary<string, string> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);

    /// <summary>A person goes by a name.</summary>
    /// <returns>Whether others' standing has changed by it.</returns>
    public bool Note(string user, string name)
    {
        if (_users.Count > MaximumLooks)
        {
            _users.Clear();
            _shared.Clear();
        }

        var (lower, written) = NameFolding.Looks(name);
        return NoteLook(user, lower) | NoteLook(user, written);
    }

    /// <summary>Whether another person has gone by a name that looks the same.</summary>
    public bool IsShared(string name)
    {
        var (lower, written) = NameFolding.Looks(name);
        return _shared.Contains(lower) || _shared.Contains(written);
    }

    private bool NoteLook(string user, string look) => !_users.TryAdd(look, user) && _users[look] != user && _shared.Add(look);
}

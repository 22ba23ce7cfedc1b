using System.Globalization;
using System.Text;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>Which names and messages the room takes. Pure. No rule leans on culture or normalisation: the executable has neither.</summary>
internal static class NameRules
{
    private const int MaximumNameGraphemes = 32;
    private const int MaximumBodyGraphemes = 4000;
    private const int MaximumCode = 32 * 1024;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "system", "server", "liveserve", "websocket", "me", "host", "everyone",
    };

    /// <summary>What is wrong with a name, or <see langword="null"/>.</summary>
    public static ErrorMessage? JudgeName(string name, string? cid = null)
    {
        var visible = name.Trim();
        if (visible.Length == 0 || visible.EnumerateRunes().All(IsBlank))
        {
            return new("bad_name", "A name has at least one visible character.", cid, "name");
        }

        if (Encoding.UTF8.GetByteCount(visible) > Limits.Default.Name || Graphemes(visible) > MaximumNameGraphemes)
        {
            return new("bad_name", $"A name has at most {MaximumNameGraphemes} characters.", cid, "name");
        }

        if (visible.EnumerateRunes().Any(IsForbidden))
        {
            return new("bad_name", "A name has no control, direction or invisible characters.", cid, "name");
        }

        return Reserved.Contains(visible) ? new("name_reserved", $"\"{visible}\" is not for people.", cid, "name") : null;
    }

    /// <summary>What is wrong with a message, or <see langword="null"/>.</summary>
    public static ErrorMessage? JudgeBody(Say say)
    {
        if (say.Cid.Length is 0 or > 64 || say.Cid.Any(c => c is <= ' ' or > '~'))
        {
            return new("too_long", "A cid is 1 to 64 printable ASCII characters.", null, "cid");
        }

        if (string.IsNullOrWhiteSpace(say.Body))
        {
            return new("empty", "The message is empty.", say.Cid, "body");
        }

        var isCode = say.Format == "code";
        var bytes = Encoding.UTF8.GetByteCount(say.Body);
        return bytes > (isCode ? MaximumCode : Limits.Default.Body) || (!isCode && bytes > MaximumBodyGraphemes && Graphemes(say.Body) > MaximumBodyGraphemes)
            ? new("too_long", $"A message has at most {MaximumBodyGraphemes} characters and {Limits.Default.Body / 1024} KiB, code {MaximumCode / 1024} KiB.", say.Cid, "body")
            : null;
    }

    /// <summary>The body as it is kept: line ends are LF, other control characters but tab are gone.</summary>
    public static string CleanBody(string body)
    {
        var lines = body.ReplaceLineEndings("\n");
        return lines.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
            ? string.Concat(lines.Where(c => !char.IsControl(c) || c is '\n' or '\t'))
            : lines;
    }

    private static int Graphemes(string text) => new StringInfo(text).LengthInTextElements;

    // Letters and symbols by category, yet nothing on screen.
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0x3164 or 0x115F or 0x1160 or 0xFFA0 or 0x2800 or 0x200D;

    private static bool IsForbidden(Rune rune) => rune.Value != 0x200D && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}

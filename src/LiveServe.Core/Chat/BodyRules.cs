using System.Text;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>Which messages the room takes, and how they are kept. Pure.</summary>
internal static class BodyRules
{
    private const int MaximumGraphemes = 4000;
    private const int MaximumCode = 32 * 1024;
    private const int MaximumMarks = 8;
    private const int MaximumCid = 64;
    private const int MaximumLine = 300;

    /// <summary>What is wrong with a cid, or <see langword="null"/>.</summary>
    public static ErrorMessage? JudgeCid(string cid) =>
        cid.Length == 0 ? new("missing_field", "A cid has at least one character.", Field: "cid")
        : cid.Length > MaximumCid ? new("too_long", $"A cid has at most {MaximumCid} characters.", Field: "cid")
        : cid.AsSpan().ContainsAnyExceptInRange('!', '~') ? new("bad_json", "A cid is of printable ASCII characters.", Field: "cid")
        : null;

    /// <summary>What is wrong with a body, or <see langword="null"/>.</summary>
    /// <param name="kept">The body as it is kept.</param>
    public static ErrorMessage? Judge(string body, bool isCode, string cid, out string kept)
    {
        kept = Clean(body);
        if (Invisible.IsAll(kept))
        {
            return new("empty", "The message is empty.", cid, "body");
        }

        var (bytes, most) = (Encoding.UTF8.GetByteCount(kept), isCode ? MaximumCode : Limits.Default.Body);
        return bytes > most ? new("too_long", $"This message has {bytes} bytes; {(isCode ? "code" : "a message")} has at most {most}.", cid, "body")
            : !isCode && Graphemes.AreMoreThan(MaximumGraphemes, kept) ? new("too_long", $"A message has at most {MaximumGraphemes} characters.", cid, "body")
            : null;
    }

    /// <summary>
    /// A body as it is kept: lines end with LF; control characters but tab are gone, and so are marks beyond the eighth on one letter, which would be drawn over
    /// the neighbours.
    /// </summary>
    public static string Clean(string body)
    {
        if (!body.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return body;
        }

        var clean = new StringBuilder(body.Length);
        var (marks, before) = (0, default(Rune));
        foreach (var rune in body.EnumerateRunes())
        {
            if (rune.Value == '\r' || (rune.Value == '\n' && before.Value == '\r'))
            {
                clean.Append(rune.Value == '\r' ? "\n" : "");
            }
            else if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
            {
                // A format character between marks is no letter for them to stand on.
                marks = Invisible.IsMark(rune) ? marks + 1 : marks > 0 && Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? marks : 0;
                if (marks <= MaximumMarks || !Invisible.IsMark(rune))
                {
                    clean.Append(rune);
                }
            }

            before = rune;
        }

        return clean.ToString();
    }

    /// <summary>The first line of a text, cut, for lines that are no messages.</summary>
    public static string Line(string text)
    {
        var line = Clean(text.Length > 4 * MaximumLine ? text[..(4 * MaximumLine)] : text).Trim().Split('\n')[0];
        return line.Length <= MaximumLine ? line : line[..(char.IsHighSurrogate(line[MaximumLine - 1]) ? MaximumLine - 1 : MaximumLine)] + "…";
    }

    /// <summary>The name of a language as it is kept: letters, digits and <c>+ # . -</c>, at most 32; otherwise none.</summary>
    public static string? Language(string? lang) =>
        lang is { Length: > 0 and <= 32 } && lang.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '#' or '.' or '-') ? lang : null;
}

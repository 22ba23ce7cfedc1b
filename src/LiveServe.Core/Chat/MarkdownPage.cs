using System.Globalization;
using System.Text;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>
/// A conversation as a page of Markdown, message by message. What people wrote shows as they wrote it, whatever reads the page: nothing of it is a
/// heading, a link or a tag. CommonMark 0.31.
/// </summary>
internal sealed class MarkdownPage
{
    private DateOnly? _day;

    /// <summary>The next message, with the heading of its day when that is another one.</summary>
    public string Next(ChatMessage message)
    {
        var text = new StringBuilder();
        var day = DateOnly.FromDateTime(message.At.UtcDateTime);
        if (day != _day)
        {
            text.Append(_day is null ? "" : "\n").Append(CultureInfo.InvariantCulture, $"# {day:yyyy-MM-dd}\n");
            _day = day;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n**{Escape(message.From.Name)}** ({Escape(message.From.Tag)}), {message.At.UtcDateTime:HH:mm:ss} UTC");
        if (message.Page is { } page)
        {
            text.Append(CultureInfo.InvariantCulture, $", {Escape(page)}");
        }

        text.Append(message.Edited is null ? "" : ", edited").Append("\n\n");
        return text.Append(message.Deleted is not null ? "> *deleted*\n" : message.Format == "code" ? Fenced(message) : Quoted(message.Body)).ToString();
    }

    /// <summary>Text that shows as it is, on one line: what could mean something to Markdown or HTML is escaped (CommonMark §2.4).</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '\n' or '\r' or '\t')
            {
                escaped.Append(' ');
                continue;
            }

            // Punctuation of prose, and of addresses, which readers make links of, stays readable.
            escaped.Append(char.IsAscii(c) && char.IsPunctuation(c) | char.IsSymbol(c) && !".,:;?'\"/%@".Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }

    private static string Quoted(string body)
    {
        var lines = body.Split('\n');
        var quoted = lines.Select((line, i) => line.AsSpan().Trim().Length == 0 ? ">"
            : $"> {EscapeLine(line)}{(i + 1 < lines.Length && lines[i + 1].Trim().Length > 0 ? "\\" : "")}"); // a break that stays one
        return string.Join('\n', quoted) + "\n";
    }

    // "1." at the beginning of a line is a list's, and four spaces are code's.
    private static string EscapeLine(string line)
    {
        var escaped = Escape(line.TrimStart());
        var digits = escaped.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && escaped[digits] == '.' ? escaped.Insert(digits, "\\") : escaped;
    }

    // A fence is longer than any run of its character inside (CommonMark §4.5).
    private static string Fenced(ChatMessage message)
    {
        var (longest, run) = (2, 0);
        foreach (var c in message.Body)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var fence = new string('`', longest + 1);
        var language = new string([.. (message.Lang ?? "").Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '-')]);
        return $"{fence}{language}\n{message.Body.TrimEnd('\n')}\n{fence}\n";
    }
}

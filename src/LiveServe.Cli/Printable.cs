using System.Text;

namespace LiveServe.Cli;

/// <summary>Text from outside as a terminal may get it: a file's name, or somebody's message, must not drive it.</summary>
internal static class Printable
{
    /// <summary>The text on one line, without what is more than text.</summary>
    public static string Of(string text)
    {
        if (!text.Any(Drives))
        {
            return text;
        }

        var safe = new StringBuilder();
        foreach (var c in text)
        {
            safe.Append(c == '\n' ? ' ' : Drives(c) ? '\uFFFD' : c);
        }

        return safe.ToString();
    }

    // Control characters, what breaks a line, and what turns the direction of the rest (Unicode's bidirectional controls).
    private static bool Drives(char c) =>
        char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

using System.Text;
using LiveServe.QrCodes;

namespace LiveServe;

/// <summary>An address as a QR code (ISO/IEC 18004) that a terminal can show: two modules a character, one above the other.</summary>
public static class TerminalQrCode
{
    /// <summary>The longest text, in bytes of UTF-8: version 10 at level L, 57 modules wide, is what a terminal and a phone still cope with.</summary>
    public const int MaximumBytes = 271;

    private const int QuietZone = 4;

    // Black on white whatever the theme is: some cameras do not read the inverse.
    private const string Ink = "\u001b[38;5;16;48;5;231m", NoInk = "\u001b[0m";

    /// <summary>The code's modules, <see langword="true"/> is dark, with the quiet zone of four that readers need (§ 6.3.8).</summary>
    /// <param name="text">At most <see cref="MaximumBytes"/>.</param>
    /// <returns>Rows of one length.</returns>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static IReadOnlyList<IReadOnlyList<bool>> Modules(string text)
    {
        // Level L: a screen is not torn or stained, and a smaller code is easier to scan.
        var bytes = Encoding.UTF8.GetBytes(text);
        if (QrVersion.For(bytes.Length) is not { } version)
        {
            throw new ArgumentException($"A code holds at most {MaximumBytes} bytes.", nameof(text));
        }

        var code = QrMatrix.Of(QrCodewords.Of(bytes, version), version);
        bool IsDark(int row, int column) => row >= 0 && row < version.Size && column >= 0 && column < version.Size && code[row, column];
        var range = Enumerable.Range(-QuietZone, version.Size + (2 * QuietZone)).ToList();
        return [.. range.Select(row => (bool[])[.. range.Select(column => IsDark(row, column))])];
    }

    /// <summary>The lines to print.</summary>
    /// <param name="text">At most <see cref="MaximumBytes"/>.</param>
    /// <param name="color">
    /// Whether colour codes may be written. With them it is black on white in every theme; without them light modules are drawn in the foreground colour,
    /// which is right in dark themes, and in light ones the inverse, which most phones read too.
    /// </param>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static IReadOnlyList<string> Lines(string text, bool color)
    {
        var modules = Modules(text);
        var lines = new List<string>();
        for (var row = 0; row < modules.Count; row += 2)
        {
            var below = row + 1 < modules.Count ? modules[row + 1] : null;
            var line = string.Concat(modules[row].Select((dark, column) => Half(dark == color, (below?[column] ?? false) == color)));
            lines.Add(color ? Ink + line + NoInk : line);
        }

        return lines;
    }

    private static char Half(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}

using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace LiveServe.UnitTests;

/// <summary>A decoder that is not ours reads what the terminal shows.</summary>
public sealed class TerminalQrCodeTests
{
    private const string Link = "http://192.168.178.123:8080/?liveserve=Zm9vYmFyYmF6cXV4MTIzNA";

    public static TheoryData<string> Texts => [Link, "http://[fd00::1234:5678:9abc:def0]:65535/", "a", "ünï", new string('x', TerminalQrCode.MaximumBytes)];

    [Theory, MemberData(nameof(Texts))]
    public void In_colour_it_is_dark_on_light(string text) => Assert.Equal(text, Decode(Pixels(TerminalQrCode.Lines(text, color: true), inkIsLight: false)));

    [Theory, MemberData(nameof(Texts))]
    public void Without_colour_it_is_so_on_a_dark_terminal(string text) =>
        Assert.Equal(text, Decode(Pixels(TerminalQrCode.Lines(text, color: false), inkIsLight: true)));

    // Each length from one version's first to its last, and so all blocks, paddings and masks.
    [Fact]
    public void Every_length_can_be_read()
    {
        var random = new Random(18004);
        for (var length = 1; length <= TerminalQrCode.MaximumBytes; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(' ', '~')));
            Assert.True(text == Decode(Pixels(TerminalQrCode.Lines(text, color: true), inkIsLight: false)), $"{length}: {text}");
        }
    }

    [Fact]
    public void It_has_its_quiet_zone_and_fits_a_terminal()
    {
        var modules = TerminalQrCode.Modules(Link);
        Assert.All(modules, row => Assert.Equal(modules.Count, row.Count));
        foreach (var edge in Enumerable.Range(0, 4))
        {
            Assert.All(modules[edge].Concat(modules[^(edge + 1)]).Concat(modules.Select(row => row[edge])).Concat(modules.Select(row => row[^(edge + 1)])), Assert.False);
        }

        Assert.InRange(TerminalQrCode.Lines(Link, color: false).Count, 1, 23);
        Assert.All(TerminalQrCode.Lines(Link, color: false), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void What_is_too_long_is_refused() =>
        Assert.Throws<ArgumentException>(() => TerminalQrCode.Lines(new string('x', TerminalQrCode.MaximumBytes + 1), color: true));

    // As a screen shows the characters: each is two pixels, and the ink is the foreground.
    private static byte[][] Pixels(IReadOnlyList<string> lines, bool inkIsLight)
    {
        var rows = new List<byte[]>();
        foreach (var line in lines)
        {
            var cells = line.Replace("\u001b[38;5;16;48;5;231m", "", StringComparison.Ordinal).Replace("\u001b[0m", "", StringComparison.Ordinal);
            byte Shade(bool ink) => ink == inkIsLight ? byte.MaxValue : byte.MinValue;
            rows.Add([.. cells.Select(cell => Shade(cell is '█' or '▀'))]);
            rows.Add([.. cells.Select(cell => Shade(cell is '█' or '▄'))]);
        }

        return [.. rows];
    }

    private static string? Decode(byte[][] rows)
    {
        const int Scale = 4;
        var (width, height) = (rows[0].Length * Scale, rows.Length * Scale);
        var grey = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                grey[(y * width) + x] = rows[y / Scale][x / Scale];
            }
        }

        var source = new RGBLuminanceSource(grey, width, height, RGBLuminanceSource.BitmapFormat.Gray8);
        var hints = new Dictionary<DecodeHintType, object> { [DecodeHintType.PURE_BARCODE] = true }; // a screen, not a photograph
        var read = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints);
        Assert.Equal(0, read?.ResultMetadata[ResultMetadataType.ERRORS_CORRECTED] ?? 0); // nothing had to be mended
        return read?.Text;
    }
}

using System.Text;
using LiveServe.Inspection;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Inspection;

/// <summary>Text is shown as text whatever its opcode says, else bytes; no secret gets through between two fragments.</summary>
public sealed class PayloadViewTests
{
    private static readonly Secrets Secrets = new([]);

    public static TheoryData<string, byte[], string?, string?> Payloads => new()
    {
        { "text", "hé"u8.ToArray(), "hé", null },
        { "text with lines and escapes", "a\r\n\t\u001b[1m"u8.ToArray(), "a\r\n\t\u001b[1m", null },
        { "bytes", [0xFF, 0, 1], null, "ff0001" },
        { "NUL", [(byte)'a', 0], null, "6100" },
        { "nothing", [], null, null },
        { "a secret", "token=abc"u8.ToArray(), "token=•••", null },
        { "a secret in bytes", [0xFF, .. "token=abc&"u8], null, "ff746f6b656e3d......26" },
    };

    [Theory, MemberData(nameof(Payloads))]
    public void A_payload_is_shown_as_what_it_is(string name, byte[] payload, string? text, string? hex)
    {
        foreach (var opcode in new[] { Opcode.Text, Opcode.Binary, Opcode.Ping })
        {
            var view = PayloadView.Of(new FrameRecord(0, opcode, FrameMarks.None, payload.Length, payload, 1), Secrets, [], 100);
            Assert.True((text, hex, false) == (view.Text, view.Hex, view.IsCut), name);
        }
    }

    [Fact]
    public void A_part_of_a_long_one_says_that_it_is_one()
    {
        var kept = Encoding.UTF8.GetBytes(new string('a', 4095) + "é")[..4096]; // cut within a character
        var view = PayloadView.Of(new FrameRecord(0, Opcode.Text, FrameMarks.None, 100_000, kept, 1), Secrets, [], 5000);
        Assert.True(view.IsCut);
        Assert.StartsWith("aaa", view.Text, StringComparison.Ordinal);
        var shorter = PayloadView.Of(new FrameRecord(0, Opcode.Text, FrameMarks.None, 6, "aé😀"u8.ToArray(), 1), Secrets, [], 3);
        Assert.Equal(("aé", true), (shorter.Text, shorter.IsCut)); // never half a character
    }

    [Fact]
    public void A_secret_that_began_in_an_earlier_fragment_is_masked()
    {
        var shown = new List<string?>();
        var frames = new PassingFrames(masked: false, packs: false, (opcode, marks, length, kept) =>
            shown.Add(PayloadView.Of(new FrameRecord(0, opcode, marks, length, kept, 1), Secrets, [], 100).Text));
        string[] parts = ["{\"pass", "word\":\"se", "cret\",\"x\":", "\"é\"}"];
        for (var i = 0; i < parts.Length; i++)
        {
            var payload = Encoding.UTF8.GetBytes(parts[i]);
            frames.Follow([(byte)((i == parts.Length - 1 ? 0x80 : 0) | (i == 0 ? 1 : 0)), (byte)payload.Length, .. payload]);
        }

        Assert.Equal(["{\"pass", "word\":\"•••", "•••\",\"x\":", "\"é\"}"], shown);
    }

    [Fact]
    public void An_exports_bytes_are_masked_too() =>
        Assert.Equal("token=***&x"u8.ToArray(), PayloadView.Bytes(new FrameRecord(0, Opcode.Binary, FrameMarks.None, 11, "token=abc&x"u8.ToArray(), 1), Secrets, []));
}

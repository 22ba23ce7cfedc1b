using System.Buffers.Binary;
using System.Text;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Sockets;

/// <summary>After the case groups of the Autobahn test suite: framing, reserved bits, opcodes, fragmentation, UTF-8, close, limits.</summary>
public sealed class MessageReaderTests
{
    private const int Maximum = 64 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(65535)]
    [InlineData(65536)]
    public async Task Payloads_of_every_length_arrive_whole(int length)
    {
        var text = new string('*', length);
        Assert.Equal(text, Encoding.UTF8.GetString((await ReadAsync(Client(Opcode.Text, text)))[0]));
    }

    [Fact]
    public async Task Octet_by_octet_is_as_good_as_at_once()
    {
        byte[] bytes = [.. Client(Opcode.Text, "Hé"), .. Client(Opcode.Ping, "p"), .. Client(Opcode.Binary, "xyz")];
        var messages = await ReadAsync(new DripStream(bytes));
        Assert.Equal(["Hé", "p", "xyz"], messages.Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public async Task Control_frames_come_between_fragments()
    {
        byte[] bytes = [.. Client(Opcode.Text, "a", final: false), .. Client(Opcode.Ping, "!"), .. Client(Opcode.Continuation, "b", final: false), .. Client(Opcode.Continuation, "c")];
        Assert.Equal(["!", "abc"], (await ReadAsync(bytes)).Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public async Task A_character_may_span_fragments()
    {
        var euro = Encoding.UTF8.GetBytes("€");
        byte[] bytes = [.. Client(Opcode.Text, euro[..1], final: false), .. Client(Opcode.Continuation, euro[1..])];
        Assert.Equal("€", Encoding.UTF8.GetString(Assert.Single(await ReadAsync(bytes))));
    }

    public static TheoryData<string, byte[], int> Violations => new()
    {
        { "reserved bit 1", [0xC1, 0x80, 0, 0, 0, 0], 1002 },
        { "reserved bit 2", [0xA1, 0x80, 0, 0, 0, 0], 1002 },
        { "reserved bit 3", [0x91, 0x80, 0, 0, 0, 0], 1002 },
        { "opcode 3", [0x83, 0x80, 0, 0, 0, 0], 1002 },
        { "opcode 7", [0x87, 0x80, 0, 0, 0, 0], 1002 },
        { "opcode 11", [0x8B, 0x80, 0, 0, 0, 0], 1002 },
        { "no mask, short", [0x81, 0x00], 1002 },
        { "no mask, with payload", [0x81, 0x01, 0x61], 1002 },
        { "a ping of 126 bytes", [0x89, 0xFE, 0, 126, 0, 0, 0, 0], 1002 },
        { "a fragmented ping", [0x09, 0x80, 0, 0, 0, 0], 1002 },
        { "a continuation of nothing", Client(Opcode.Continuation, "x"), 1002 },
        { "a message inside a message", [.. Client(Opcode.Text, "a", final: false), .. Client(Opcode.Text, "b")], 1002 },
        { "a negative length", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1002 },
        { "a terabyte announced", [0x82, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009 },
        { "one byte too many", Client(Opcode.Binary, new string('x', Maximum + 1)), 1009 },
        { "too many fragments", [.. Client(Opcode.Text, "", final: false), .. Enumerable.Repeat(Client(Opcode.Continuation, "", final: false), 32 * 1024).SelectMany(f => f)], 1009 },
        { "too much in fragments", [.. Client(Opcode.Text, new string('x', Maximum), final: false), .. Client(Opcode.Continuation, "x")], 1009 },
        { "text that is not UTF-8", Client(Opcode.Text, (byte[])[0xFF]), 1007 },
        { "an overlong slash", Client(Opcode.Text, (byte[])[0xC0, 0xAF]), 1007 },
        { "a surrogate", Client(Opcode.Text, (byte[])[0xED, 0xA0, 0x80]), 1007 },
        { "beyond U+10FFFF", Client(Opcode.Text, (byte[])[0xF4, 0x90, 0x80, 0x80]), 1007 },
        { "a cut character", Client(Opcode.Text, (byte[])[0xE2, 0x82]), 1007 },
        { "a close of one byte", Client(Opcode.Close, (byte[])[3]), 1002 },
        { "a close reason that is not UTF-8", Client(Opcode.Close, (byte[])[3, 0xE8, 0xFF]), 1007 },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_ends_the_connection_with_its_code(string name, byte[] bytes, int code)
    {
        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => ReadAsync(bytes));
        Assert.True(code == violation.Code, name);
        violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => ReadAsync(new DripStream(bytes)));
        Assert.True(code == violation.Code, name);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1003, true)]
    [InlineData(1007, true)]
    [InlineData(1014, true)]
    [InlineData(3000, true)]
    [InlineData(4999, true)]
    [InlineData(0, false)]
    [InlineData(999, false)]
    [InlineData(1004, false)]
    [InlineData(1005, false)]
    [InlineData(1006, false)]
    [InlineData(1015, false)]
    [InlineData(1016, false)]
    [InlineData(1100, false)]
    [InlineData(2000, false)]
    [InlineData(2999, false)]
    [InlineData(5000, false)]
    public async Task Only_codes_for_the_wire_are_taken(int code, bool taken)
    {
        var payload = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        var reading = ReadAsync(Client(Opcode.Close, payload));
        if (taken)
        {
            Assert.Single(await reading);
        }
        else
        {
            Assert.Equal(1002, (await Assert.ThrowsAsync<ProtocolViolationException>(() => reading)).Code);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_a_message_gives_no_message() =>
        Assert.Empty(await ReadAsync(Client(Opcode.Text, "abc")[..^1]));

    [Fact]
    public async Task Random_bytes_never_do_anything_but_end_the_connection()
    {
        var random = new Random(20261125);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            try
            {
                await ReadAsync(bytes);
            }
            catch (ProtocolViolationException violation)
            {
                Assert.Contains(violation.Code, new[] { 1002, 1007, 1009 });
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void What_we_write_has_the_shortest_head_and_no_mask(int length)
    {
        var frame = Frame.Of(Opcode.Text, new byte[length]);
        Assert.Equal(length + (length < 126 ? 2 : length < 65536 ? 4 : 10), frame.Length);
        Assert.Equal(0x81, frame[0]);
        Assert.Equal(0, frame[1] & 0x80);
    }

    [Fact]
    public void A_close_reason_is_cut_between_characters()
    {
        var frame = Frame.Close(1002, new string('€', 100));
        Assert.Equal(2 + 2 + (41 * 3), frame.Length);
        Assert.Equal(new string('€', 41), Encoding.UTF8.GetString(frame.AsSpan(4)));
    }

    private static Task<List<byte[]>> ReadAsync(byte[] bytes) => ReadAsync(new MemoryStream(bytes));

    private static async Task<List<byte[]>> ReadAsync(Stream stream)
    {
        using var reader = new MessageReader(stream, Maximum);
        var messages = new List<byte[]>();
        while (await reader.ReadAsync(CancellationToken.None) is { } received)
        {
            messages.Add(received.Payload.ToArray());
        }

        return messages;
    }

    private static byte[] Client(Opcode opcode, string text, bool final = true) => Client(opcode, Encoding.UTF8.GetBytes(text), final);

    private static byte[] Client(Opcode opcode, byte[] payload, bool final = true)
    {
        var frame = Frame.Of(opcode, payload);
        var head = frame.Length - payload.Length;
        byte[] mask = [0x12, 0x34, 0x56, 0x78];
        var masked = payload.Select((b, i) => (byte)(b ^ mask[i & 3])).ToArray();
        frame[0] = (byte)(final ? frame[0] : frame[0] & 0x7F);
        frame[1] |= 0x80;
        return [.. frame[..head], .. mask, .. masked];
    }

    /// <summary>Gives one byte at a time.</summary>
    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}

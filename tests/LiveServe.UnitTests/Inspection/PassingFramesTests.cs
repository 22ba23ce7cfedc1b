using LiveServe.Inspection;

namespace LiveServe.UnitTests.Inspection;

/// <summary>What passes is followed frame by frame, in whatever pieces it comes; what is no WebSocket is given up.</summary>
public sealed class PassingFramesTests
{
    private static readonly byte[] Mask = [1, 2, 3, 4];

    public static TheoryData<string, byte[], string> FromTheBackEnd => new()
    {
        { "a text", [0x81, 2, .. "hi"u8], "Text 2 hi" },
        { "an empty one", [0x81, 0], "Text 0 " },
        { "fragments with a ping between", [0x01, 1, (byte)'a', 0x89, 1, (byte)'p', 0x00, 1, (byte)'b', 0x80, 1, (byte)'c'], "Text 1 a Unfinished|Ping 1 p|Continuation 1 b Unfinished|Continuation 1 c" },
        { "a goodbye", [0x88, 3, 0x0F, 0xA1, (byte)'x'], "Close 3 \u000f\u00a1x" },
        { "a long one", [0x82, 126, 1, 0, .. Enumerable.Repeat((byte)'y', 256)], $"Binary 256 {new string('y', 256)}" },
        { "half a head", [0x81], "" },
        { "half a payload", [0x81, 5, 1], "" },
    };

    public static TheoryData<string, byte[], bool, string> Hostile => new()
    {
        { "a reserved bit", [0xA1, 0], false, "reserved bit" },
        { "packed, and not agreed on", [0xC1, 0], false, "compressed" },
        { "packed goodbye", [0xC8, 0], true, "compressed" },
        { "packed continuation", [0x41, 0, 0xC0, 0], true, "compressed" },
        { "a reserved opcode", [0x83, 0], false, "opcode 3" },
        { "a reserved control opcode", [0x8B, 0], false, "opcode 11" },
        { "a masked one", [0x81, 0x80, 0, 0, 0, 0], false, "masked" },
        { "a long ping", [0x89, 126, 0, 126], false, "control frame" },
        { "a ping in pieces", [0x09, 0], false, "control frame" },
        { "a fragment of nothing", [0x80, 0], false, "fragment" },
        { "a message within another", [0x01, 0, 0x81, 0], false, "fragment" },
        { "a length with its highest bit", [0x82, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0], false, "length" },
    };

    [Theory, MemberData(nameof(FromTheBackEnd))]
    public void Frames_are_followed_in_whatever_pieces_they_come(string name, byte[] bytes, string expected)
    {
        Assert.True(expected == Followed(bytes, bytes.Length, masked: false), name);
        Assert.True(expected == Followed(bytes, 1, masked: false), name);
    }

    [Fact]
    public void What_a_browser_sends_is_unmasked_for_the_eye_only()
    {
        byte[] bytes = [0x81, 0x85, .. Mask, .. "hello"u8.ToArray().Select((b, i) => (byte)(b ^ Mask[i & 3]))];
        var before = bytes.ToArray();
        Assert.Equal("Text 5 hello", Followed(bytes, 2, masked: true));
        Assert.Equal(before, bytes);
    }

    [Theory, MemberData(nameof(Hostile))]
    public void What_no_peer_would_send_is_given_up_and_said(string name, byte[] bytes, bool packs, string why)
    {
        foreach (var step in new[] { 1, bytes.Length })
        {
            var seen = 0;
            var frames = new PassingFrames(masked: false, packs, (_, _, _, _) => seen++);
            Feed(frames, bytes, step);
            Assert.True(frames.Lost?.Contains(why, StringComparison.Ordinal), $"{name}: {frames.Lost}");
            var before = seen;
            Feed(frames, [0x81, 2, .. "hi"u8], 4);
            Assert.Equal(before, seen); // for good
        }
    }

    [Fact]
    public void Unmasked_frames_of_a_browser_are_given_up()
    {
        var frames = new PassingFrames(masked: true, packs: false, (_, _, _, _) => { });
        frames.Follow([0x81, 0]);
        Assert.NotNull(frames.Lost);
    }

    [Fact]
    public void What_is_announced_is_not_believed()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frames = new PassingFrames(masked: false, packs: false, (_, _, _, _) => { });
        frames.Follow([0x82, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        for (var i = 0; i < 100; i++)
        {
            frames.Follow(new byte[1000]);
        }

        Assert.Null(frames.Lost);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000); // 100,000 of them are this test's own
    }

    [Fact]
    public void Of_a_long_one_the_beginning_is_kept_and_of_packed_ones_nothing()
    {
        var kept = new List<(FrameMarks Marks, long Length, int Kept)>();
        var frames = new PassingFrames(masked: false, packs: true, (_, marks, length, bytes) => kept.Add((marks, length, bytes.Length)));
        frames.Follow([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, .. new byte[65536]]);
        frames.Follow([0x82, 126, 0x40, 0, .. new byte[16384]]);
        frames.Follow([0xC1, 3, 1, 2, 3]);
        Assert.Equal([(FrameMarks.None, 65536, 4096), (FrameMarks.None, 16384, 16384), (FrameMarks.Compressed, 3, 0)], kept);
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            Feed(new PassingFrames(i % 2 == 0, i % 3 == 0, (_, _, _, _) => { }), bytes, random.Next(1, bytes.Length + 1));
        }
    }

    private static string Followed(byte[] bytes, int step, bool masked)
    {
        var seen = new List<string>();
        var frames = new PassingFrames(masked, packs: false, (opcode, marks, length, kept) =>
            seen.Add($"{opcode} {length} {System.Text.Encoding.Latin1.GetString(kept.Span)}{(marks == FrameMarks.None ? "" : " " + marks)}"));
        Feed(frames, bytes, step);
        Assert.Null(frames.Lost);
        return string.Join('|', seen);
    }

    private static void Feed(PassingFrames frames, byte[] bytes, int step)
    {
        for (var at = 0; at < bytes.Length; at += step)
        {
            frames.Follow(bytes.AsSpan(at, Math.Min(step, bytes.Length - at)));
        }
    }
}

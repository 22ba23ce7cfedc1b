using LiveServe.Proxying;

namespace LiveServe.UnitTests.Proxying;

/// <summary>Whole messages are taken out, wherever the bytes are cut; control frames stay.</summary>
public sealed class FrameFilterTests
{
    private static readonly byte[] Text = [0x81, 1, (byte)'a'], Ping = [0x89, 1, 7], First = [0x01, 1, (byte)'b'], Last = [0x80, 1, (byte)'c'], Close = [0x88, 0];

    public static TheoryData<string, byte[], byte[]> Dropped => new()
    {
        { "a message", Text, [] },
        { "a ping", Ping, Ping },
        { "a ping between messages", [.. Text, .. Ping, .. Text], Ping },
        { "a ping between fragments", [.. First, .. Ping, .. Last], Ping },
        { "a goodbye", [.. Text, .. Close], Close },
        { "a long one", [0x82, 126, 1, 0, .. new byte[256], .. Ping], Ping },
    };

    [Theory, MemberData(nameof(Dropped))]
    public void Messages_vanish_and_control_frames_stay(string name, byte[] bytes, byte[] left)
    {
        Assert.True(left.SequenceEqual(Filtered(bytes, bytes.Length)), name);
        Assert.True(left.SequenceEqual(Filtered(bytes, 1)), name);
    }

    [Fact]
    public void A_message_is_taken_out_whole_or_not_at_all()
    {
        var trail = new FrameTrail();
        var filter = new FrameFilter(trail);
        trail.Follow(First); // begun before the wish
        var rest = Last.Concat(Text).ToArray();
        Assert.True(filter.IsNeeded(drops: true));
        Assert.Equal(Last.Length, filter.Apply(rest, drops: true));
        Assert.Equal(Last, rest[..Last.Length]);

        Assert.Equal(0, filter.Apply(First.ToArray(), drops: true)); // and begun within it
        Assert.True(filter.IsNeeded(drops: false));
        var after = Last.Concat(Text).ToArray();
        Assert.Equal(Text.Length, filter.Apply(after, drops: false));
        Assert.Equal(Text, after[..Text.Length]);
        Assert.False(filter.IsNeeded(drops: false));
    }

    private static byte[] Filtered(byte[] bytes, int step)
    {
        var filter = new FrameFilter(new FrameTrail());
        var left = new List<byte>();
        for (var at = 0; at < bytes.Length; at += step)
        {
            var piece = bytes[at..Math.Min(at + step, bytes.Length)];
            left.AddRange(piece[..filter.Apply(piece, drops: true)]);
        }

        return [.. left];
    }
}

using System.Diagnostics;
using LiveServe.Inspection;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Inspection;

/// <summary>What is remembered is bounded, for each socket and for all together; the oldest goes first.</summary>
public sealed class FrameRingTests
{
    [Fact]
    public void A_socket_keeps_its_last_thousand_frames_with_their_numbers()
    {
        var ring = new FrameRing();
        var held = 0L;
        for (var i = 0; i < 2500; i++)
        {
            held += ring.Add(Frame(i, 10));
        }

        var frames = ring.From(0, FrameRing.Capacity, out var first);
        Assert.Equal((1500, 1000, 2500), (first, frames.Length, ring.Total));
        Assert.Equal(Enumerable.Range(1500, 1000).Select(i => (long)i), frames.Select(frame => frame.Time));
        Assert.Equal(frames.Sum(frame => frame.Cost), held);
        Assert.Null(ring.At(1499));
        Assert.Equal(1500, ring.At(1500)!.Value.Time);
        Assert.Equal(2499, ring.At(2499)!.Value.Time);
        Assert.Null(ring.At(2500));
        Assert.Null(ring.At(-1));
    }

    [Theory]
    [InlineData(0, 3, 7)]
    [InlineData(8, 3, 8)]
    [InlineData(10, 3, 10)]
    [InlineData(11, 3, 11)]
    public void The_newest_are_told_from_a_number_on(long from, int most, long first)
    {
        var ring = new FrameRing();
        for (var i = 0; i < 10; i++)
        {
            ring.Add(Frame(i, 0));
        }

        var frames = ring.From(from, most, out var found);
        Assert.Equal((first, Math.Max(0, 10 - first)), (found, frames.Length));
    }

    [Fact]
    public void What_is_older_than_a_moment_is_forgotten_and_numbers_go_on()
    {
        var ring = new FrameRing();
        for (var i = 0; i < 10; i++)
        {
            ring.Add(Frame(i, 100));
        }

        Assert.Equal(4 * Frame(0, 100).Cost, ring.DropBefore(4));
        Assert.Equal(4, ring.OldestTime);
        Assert.Equal(6 * Frame(0, 100).Cost, ring.DropBefore(long.MaxValue));
        Assert.Equal(long.MaxValue, ring.OldestTime);
        ring.Add(Frame(77, 0));
        Assert.Equal(77, ring.At(10)!.Value.Time);
    }

    [Fact]
    public void All_together_hold_eight_mebibytes_and_the_oldest_go_whoever_has_them()
    {
        var rings = Enumerable.Range(0, 50).Select(_ => new FrameRing()).ToList();
        var memory = new FrameMemory(() => rings);
        var quiet = rings[0];
        memory.Add(quiet.Add(Frame(Stopwatch.GetTimestamp(), 100)));
        for (var i = 0; i < 20_000; i++)
        {
            memory.Add(rings[1 + (i % 49)].Add(Frame(Stopwatch.GetTimestamp(), 1000)));
            Assert.InRange(memory.Held, 0, FrameMemory.Maximum);
        }

        Assert.Equal(memory.Held, rings.Sum(ring => ring.From(0, FrameRing.Capacity, out _).Sum(frame => frame.Cost)));
        Assert.InRange(memory.Held, FrameMemory.Maximum / 2, FrameMemory.Maximum);
        Assert.Empty(quiet.From(0, FrameRing.Capacity, out _)); // it was the oldest
    }

    [Fact]
    public void A_frame_for_many_is_kept_once()
    {
        ReadOnlyMemory<byte> small = LiveServe.Sockets.Frame.Of(Opcode.Text, new byte[100]), large = LiveServe.Sockets.Frame.Of(Opcode.Text, new byte[100_000]);
        Assert.True(Array(PayloadCopy.OfShared(small[2..])) == Array(small));
        var one = PayloadCopy.OfShared(large[10..]);
        Assert.Equal(FrameRecord.KeptOfLong, one.Length);
        Assert.True(Array(one) == Array(PayloadCopy.OfShared(large[10..])));
        Assert.False(Array(one) == Array(large)); // which would be held whole
    }

    private static byte[]? Array(ReadOnlyMemory<byte> memory) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out var segment) ? segment.Array : null;

    private static FrameRecord Frame(long time, int length) => new(time, Opcode.Text, FrameMarks.None, length, new byte[length], 1);
}

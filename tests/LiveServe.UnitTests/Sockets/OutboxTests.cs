using LiveServe.Sockets;

namespace LiveServe.UnitTests.Sockets;

public sealed class OutboxTests
{
    private static readonly SocketProfile Limits = new(0, 0, Frames: 8, Bytes: 100, Patience: 4_000);

    [Fact]
    public void Frames_leave_in_order_and_count_until_they_are_written()
    {
        var outbox = new Outbox(Limits);
        Assert.True(outbox.TryAdd(new byte[1], now: 0));
        Assert.True(outbox.TryAdd(new byte[2], now: 0));
        Assert.True(outbox.TryTake(out var frame));
        Assert.Equal((1, 2, 3L), (frame.Length, outbox.Count, outbox.Bytes));
        outbox.Written(now: 0);
        Assert.Equal((1, 2L), (outbox.Count, outbox.Bytes));
        Assert.True(outbox.TryTake(out frame));
        Assert.Equal(2, frame.Length);
        outbox.Written(now: 0);
        Assert.False(outbox.TryTake(out _));
    }

    [Theory]
    [InlineData(8, 1, true)]
    [InlineData(9, 1, false)]
    [InlineData(2, 50, true)]
    [InlineData(1, 101, false)]
    [InlineData(3, 34, false)]
    public void What_waits_is_bounded_by_frames_and_by_bytes(int frames, int length, bool fits)
    {
        var outbox = new Outbox(Limits);
        var taken = true;
        for (var i = 0; i < frames; i++)
        {
            taken &= outbox.TryAdd(new byte[length], now: 0);
        }

        Assert.Equal(fits, taken);
        Assert.InRange(outbox.Bytes, 0, Limits.Bytes);
    }

    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, true)]
    [InlineData(1, 49, false)]
    [InlineData(1, 50, true)]
    public void Who_has_half_of_it_waiting_is_behind(int frames, int length, bool behind)
    {
        var outbox = new Outbox(Limits);
        for (var i = 0; i < frames; i++)
        {
            outbox.TryAdd(new byte[length], now: 0);
        }

        Assert.Equal(behind, outbox.IsBehind);
    }

    [Fact]
    public void Whoever_was_behind_has_caught_up_when_nothing_waits_and_is_told_so_once()
    {
        var outbox = new Outbox(Limits);
        for (var i = 0; i < 4; i++)
        {
            outbox.TryAdd(new byte[1], now: 0);
        }

        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(_ => outbox.TryTake(out var _) && outbox.Written(now: 0)));
        outbox.TryAdd(new byte[1], now: 0);
        outbox.TryTake(out _);
        Assert.False(outbox.Written(now: 0));
    }

    [Fact]
    public void Who_is_behind_and_takes_nothing_is_stuck_and_who_takes_a_little_is_not()
    {
        var outbox = new Outbox(Limits);
        for (var i = 0; i < 6; i++)
        {
            outbox.TryAdd(new byte[1], now: 1_000);
        }

        Assert.False(outbox.IsStuck(now: 4_999));
        Assert.True(outbox.IsStuck(now: 5_000));
        outbox.TryTake(out _);
        Assert.True(outbox.IsStuck(now: 5_000)); // it is being written, and has not got through
        outbox.Written(now: 5_000);
        Assert.False(outbox.IsStuck(now: 8_999));
        Assert.True(outbox.IsStuck(now: 9_000));
    }

    [Fact]
    public void A_quiet_client_with_little_waiting_is_never_stuck()
    {
        var outbox = new Outbox(Limits);
        outbox.TryAdd(new byte[1], now: 0);
        Assert.False(outbox.IsStuck(now: 1_000_000));
    }

    [Fact]
    public void What_is_being_written_cannot_be_forgotten()
    {
        var outbox = new Outbox(Limits);
        outbox.TryAdd(new byte[10], now: 0);
        outbox.TryAdd(new byte[20], now: 0);
        outbox.TryTake(out _);
        outbox.Clear();
        Assert.Equal((1, 10L), (outbox.Count, outbox.Bytes));
        outbox.Add(new byte[1000], now: 0); // the goodbye: there is always room for it
        outbox.Written(now: 0);
        Assert.True(outbox.TryTake(out var frame));
        Assert.Equal(1000, frame.Length);
    }
}

using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

public sealed class ChangeCoalescerTests
{
    private readonly ChangeCoalescer _coalescer = new(fixedWait: null);

    [Fact]
    public void A_lone_save_is_due_after_a_blink()
    {
        _coalescer.Add("a", HintKind.Finished, at: 1000);
        Assert.Equal(1003, _coalescer.DueAt);
        Assert.Empty(_coalescer.Take(1002));
        Assert.Equal([new ChangeHint("a", HintKind.Finished)], _coalescer.Take(1003));
        Assert.Null(_coalescer.DueAt);
    }

    [Fact]
    public void An_atomic_save_is_one_complete_file_and_the_temporary_one_is_looked_at_later()
    {
        _coalescer.Add("a.tmp", HintKind.Begun, 0);
        _coalescer.Add("a.tmp", HintKind.Finished, 1);
        _coalescer.Add("a.tmp", HintKind.Gone, 1);
        _coalescer.Add("a", HintKind.Finished, 1);
        Assert.Equal([new ChangeHint("a", HintKind.Finished)], _coalescer.Take(4));
        Assert.Equal(101, _coalescer.DueAt);
        Assert.Equal([new ChangeHint("a.tmp", HintKind.Gone)], _coalescer.Take(101));
    }

    [Fact]
    public void A_file_that_comes_back_was_saved_and_not_deleted()
    {
        _coalescer.Add("a", HintKind.Gone, 0);
        _coalescer.Add("a", HintKind.Begun, 10);
        _coalescer.Add("a", HintKind.Finished, 20);
        Assert.Equal([new ChangeHint("a", HintKind.Finished)], _coalescer.Take(23));
    }

    [Fact]
    public void A_writer_that_does_not_close_is_waited_for_and_attributes_do_not_end_the_wait()
    {
        _coalescer.Add("a", HintKind.Begun, 0);
        _coalescer.Add("a", HintKind.Begun, 60);
        _coalescer.Add("a", HintKind.Touched, 70);
        Assert.Equal(160, _coalescer.DueAt);
        Assert.Equal([new ChangeHint("a", HintKind.Begun)], _coalescer.Take(160));
    }

    [Fact]
    public void A_burst_goes_out_once_when_it_is_over()
    {
        for (var i = 0; i < 500; i++)
        {
            _coalescer.Add($"f{i}", HintKind.Finished, i);
            Assert.Empty(_coalescer.Take(i));
        }

        Assert.Equal(599, _coalescer.DueAt);
        Assert.Equal(500, _coalescer.Take(599).Count);
    }

    [Fact]
    public void A_steady_stream_is_sent_all_the_same()
    {
        long at = 0;
        while (_coalescer.Take(at).Count == 0)
        {
            _coalescer.Add("log", HintKind.Begun, at);
            at += 10;
        }

        Assert.InRange(at, 500, 520);
    }

    [Fact]
    public void Beside_a_steady_stream_a_file_is_not_called_deleted_before_its_time()
    {
        for (long at = 0; at < 500; at += 10)
        {
            _coalescer.Add("log", HintKind.Begun, at);
        }

        _coalescer.Add("a", HintKind.Gone, 495);
        Assert.Equal(["log"], _coalescer.Take(500).Select(hint => hint.Path));
        Assert.Equal([new ChangeHint("a", HintKind.Gone)], _coalescer.Take(595));
    }

    [Fact]
    public void What_is_held_waits_for_another_quiet_period()
    {
        _coalescer.Add("a", HintKind.Finished, 0);
        _coalescer.Hold(3);
        Assert.Equal(26, _coalescer.DueAt);
    }

    [Fact]
    public void A_fixed_wait_replaces_the_adaptive_one()
    {
        var coalescer = new ChangeCoalescer(fixedWait: 250);
        coalescer.Add("a", HintKind.Finished, 0);
        Assert.Equal(250, coalescer.DueAt);
    }
}

using System.Globalization;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

public sealed class ChangeCoalescerTests
{
    private readonly ChangeCoalescer _coalescer = new(fixedWait: null, path => path is "c" or "d");

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

        Assert.Equal(579, _coalescer.DueAt);
        Assert.Equal(500, _coalescer.Take(579).Count);
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

    /// <summary>What happens, and what goes out when, in milliseconds: "path+at" begun, "path=at" finished, "path-at" gone, "path?at" finished under a new name.</summary>
    [Theory]
    [InlineData("a lone save", "a=0", "3:a")]
    [InlineData("a lone sheet", "c=0", "1:c")]
    [InlineData("two sheets", "c=0 d=1", "2:c,d")]
    [InlineData("a page and its sheet", "a=0 c=2", "5:a,c")]
    [InlineData("a sheet and its page", "c=0 a=3", "1:c 6:a")]
    [InlineData("a save of three", "a=0 b=2 c=4", "29:a,b,c")]
    [InlineData("a save of three, slowly", "a=0 b=20 c=40", "3:a 23:b 65:c")]
    [InlineData("a slow writer", "a+0 a+20 a+40 a+60 a+80 a+100 a+120 a+140 a+160 a+180 a+200 a+220 a+240 a+260 a+280 a=300", "303:a")]
    [InlineData("a writer who never closes", "a+0", "100:a")]
    [InlineData("two saves 10 ms apart", "a=0 a=10", "3:a 13:a")]
    [InlineData("two saves 2 ms apart", "a=0 a=2", "5:a")]
    [InlineData("a lone save beside a slow writer", "b+0 a=10 b+20 b=90", "13:a 93:b")]
    [InlineData("a new file", "a?0", "25:a")]
    [InlineData("a new file beside a save", "n?0 a=1", "4:a 25:n")]
    [InlineData("a new file that takes another's name", "t?0 t-5 a=5", "8:a 105:t")]
    [InlineData("a rename that changes the case", "a-0 A=0", "3:A,a")]
    [InlineData("the same, told the other way round", "A?0 a-0", "3:A,a")]
    [InlineData("a rename of another name", "a-0 b=0", "3:b 100:a")]
    [InlineData("a deletion", "a-0", "100:a")]
    public void Goes_out_at_its_time(string what, string hints, string batches)
    {
        Assert.NotEmpty(what);
        var script = hints.Split(' ').Select(hint => (Path: hint[..1], Kind: hint[1] switch { '+' => HintKind.Begun, '-' => HintKind.Gone, '?' => HintKind.Appeared, _ => HintKind.Finished }, At: int.Parse(hint[2..], CultureInfo.InvariantCulture))).ToLookup(hint => hint.At);
        var sent = new List<string>();
        for (var at = 0; at < 1000; at++)
        {
            foreach (var hint in script[at])
            {
                _coalescer.Add(hint.Path, hint.Kind, at);
            }

            if (_coalescer.Take(at) is { Count: > 0 } batch)
            {
                sent.Add($"{at}:{string.Join(',', batch.Select(hint => hint.Path).Order(StringComparer.Ordinal))}");
            }
        }

        Assert.Equal(batches, string.Join(' ', sent));
        Assert.Null(_coalescer.DueAt);
    }

    [Fact]
    public void A_build_that_writes_50_files_for_a_second_goes_out_when_it_ends()
    {
        var batches = new List<int>();
        for (var at = 0; at < 2000; at++)
        {
            if (at < 1000 && at % 20 == 0)
            {
                _coalescer.Add($"f{at / 20}", HintKind.Finished, at);
            }

            if (_coalescer.Take(at) is { Count: > 0 } batch)
            {
                batches.Add(batch.Count);
            }
        }

        Assert.Equal([1, 1, 48], batches); // the first two cannot be told from lone saves
    }
}

using LiveServe.Chat;

namespace LiveServe.UnitTests.Chat;

/// <summary>Limits, told the time.</summary>
public sealed class AllowanceTests
{
    [Fact]
    public void Ten_at_once_then_two_a_second()
    {
        var allowance = new Allowance(10, 2);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, allowance.Take(1000));
        }

        Assert.Equal(500, allowance.Take(1000));
        Assert.Equal(0, allowance.Take(1500));
        Assert.Equal(500, allowance.Take(1500));
        Assert.Equal(500, allowance.Take(0)); // a clock that goes back gives nothing
        Assert.Equal(500, allowance.Take(1500));
    }

    [Fact]
    public void Saving_up_gives_no_more_than_at_once()
    {
        var allowance = new Allowance(3, 1);
        Assert.Equal([0, 0, 0, 1000], Enumerable.Range(0, 4).Select(_ => allowance.Take(1_000_000)));
        Assert.Equal([0, 0, 0, 1000], Enumerable.Range(0, 4).Select(_ => allowance.Take(long.MaxValue / 2)));
    }

    [Fact]
    public void A_quota_holds_in_any_span()
    {
        var quota = new Quota(2, 1000);
        Assert.Equal(0, quota.Take(0));
        Assert.Equal(0, quota.Take(900));
        Assert.Equal(50, quota.Take(950));
        Assert.Equal(0, quota.Take(1000));
        Assert.Equal(850, quota.Take(1050));
        Assert.Equal(1000, quota.Take(-5000)); // never longer than the span
    }

    [Fact]
    public void The_fifth_refusal_in_a_minute_mutes_for_a_minute()
    {
        var conduct = new Conduct();
        var codes = Enumerable.Range(0, 20).Select(_ => conduct.Judge(0, "k")?.Code).ToList();
        Assert.Equal([.. Enumerable.Repeat<string?>(null, 10), .. Enumerable.Repeat("rate_limited", 4), .. Enumerable.Repeat("muted", 6)], codes);
        Assert.Equal((60_000, "k"), (conduct.Judge(0, "k")!.RetryMs, conduct.Judge(0, "k")!.Cid));
        Assert.Equal("muted", conduct.Judge(59_999, "k")?.Code);
        Assert.Null(conduct.Judge(60_000, "k"));
    }

    [Fact]
    public void Refusals_far_apart_mute_nobody()
    {
        var conduct = new Conduct();
        for (var now = 0; now < 600_000; now += 20_000)
        {
            Assert.DoesNotContain("muted", Enumerable.Range(0, 11).Select(_ => conduct.Judge(now, "k")?.Code));
        }
    }

    [Fact]
    public void The_host_mutes_until_the_host_says_otherwise()
    {
        var conduct = new Conduct { IsMuted = true };
        Assert.Equal(("muted", null), (conduct.Judge(long.MaxValue / 2, "k")!.Code, conduct.Judge(0, "k")!.RetryMs));
        conduct.IsMuted = false;
        Assert.Null(conduct.Judge(0, "k"));
    }

    [Fact]
    public void A_key_is_proven_and_guesses_are_limited()
    {
        var key = new HostKey("correct horse".Replace(' ', '-'));
        Assert.True(key.Proves("correct-horse", 0, out _));
        Assert.False(key.Proves("correct-hors", 0, out _));
        Assert.False(key.Proves("", 0, out _));
        for (var i = 0; i < 7; i++)
        {
            Assert.False(key.Proves($"guess {i}", 0, out var wait));
            Assert.Equal(0, wait);
        }

        Assert.False(key.Proves("correct-horse", 0, out var retryMs));
        Assert.Equal(2000, retryMs);
        Assert.True(key.Proves("correct-horse", 2000, out _));
    }

    [Fact]
    public void A_key_that_nobody_gave_cannot_be_guessed()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => new HostKey(null).Value).ToHashSet();
        Assert.Equal(100, keys.Count);
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{22}$", key));
    }

    [Theory]
    [InlineData("12345678", true)]
    [InlineData("1234567", false)]
    [InlineData("", false)]
    [InlineData("1234 678", false)]
    [InlineData("1234567ü", false)]
    [InlineData("12345678\n", false)]
    public void A_given_key_is_of_printable_ASCII(string key, bool isSound) => Assert.Equal(isSound, HostKey.IsSound(key));

    [Fact]
    public void A_given_key_is_not_endless() => Assert.Equal((true, false), (HostKey.IsSound(new string('a', 128)), HostKey.IsSound(new string('a', 129))));
}

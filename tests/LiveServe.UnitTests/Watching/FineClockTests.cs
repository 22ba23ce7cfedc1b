using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

public sealed class FineClockTests
{
    [Theory, InlineData(1), InlineData(10), InlineData(20)]
    public async Task A_wait_ends_and_not_before_its_time(int milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        var began = FineClock.Instance.GetTimestamp();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = FineClock.Instance.CreateTimer(_ => over.SetResult(), null, time, Timeout.InfiniteTimeSpan);
        await over.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(FineClock.Instance.GetElapsedTime(began) >= time - TimeSpan.FromMilliseconds(4)); // a long wait's clock moves every 4 ms
    }

    [Fact]
    public async Task A_wait_that_is_given_up_calls_nobody()
    {
        var called = false;
        var timer = FineClock.Instance.CreateTimer(_ => called = true, null, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var second = FineClock.Instance.CreateTimer(_ => later.SetResult(), null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        await later.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(called);
    }
}

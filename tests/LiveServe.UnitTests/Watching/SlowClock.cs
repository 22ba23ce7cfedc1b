namespace LiveServe.UnitTests.Watching;

/// <summary>
/// A clock on which every wait takes longer: what a program does in one go stays within the watcher's waits when other programs keep the machine
/// busy. The order of what happens is the same.
/// </summary>
internal sealed class SlowClock(int times) : TimeProvider
{
    public override long GetTimestamp() => base.GetTimestamp() / times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : dueTime * times, period);
}

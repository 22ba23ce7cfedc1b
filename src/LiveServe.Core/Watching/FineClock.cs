namespace LiveServe.Watching;

/// <summary>
/// The system's clock with short waits that end in time. The runtime's timers go by a clock that moves every 4 ms on a usual Linux kernel:
/// a wait of 2 ms of theirs takes up to 7, and that is as long as all the rest of what a save goes through.
/// </summary>
internal sealed class FineClock : TimeProvider
{
    // A sleeping thread of the pool is the price, so only waits that nobody feels are made this way.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(10);

    private FineClock()
    {
    }

    /// <summary>The only one: it holds nothing.</summary>
    public static FineClock Instance { get; } = new();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime > TimeSpan.Zero && dueTime <= LongestSleep && period == Timeout.InfiniteTimeSpan
            ? new Sleep(callback, state, dueTime)
            : base.CreateTimer(callback, state, dueTime, period);

    private sealed class Sleep : ITimer
    {
        private int _isOver;

        public Sleep(TimerCallback callback, object? state, TimeSpan time) => ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Thread.Sleep(time);
                if (Interlocked.Exchange(ref _isOver, 1) == 0)
                {
                    callback(state);
                }
            },
            null);

        // Whoever waits once never asks for this.
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => Interlocked.Exchange(ref _isOver, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

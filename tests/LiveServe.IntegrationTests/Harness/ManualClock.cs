namespace LiveServe.IntegrationTests.Harness;

/// <summary>A clock that stands still until the test moves it; what falls due on the way is done on the test's own thread.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private long _ms;

    /// <summary>The time that people see; it may be set back.</summary>
    public DateTimeOffset Wall { get; set; } = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => 1000;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ms);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Wall;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (_gate)
        {
            _alarms.Add(alarm);
        }

        return alarm;
    }

    /// <summary>Moves the time on.</summary>
    public void Pass(TimeSpan time)
    {
        for (var end = _ms + (long)time.TotalMilliseconds; ;)
        {
            Alarm? next;
            lock (_gate)
            {
                next = _alarms.Where(alarm => alarm.At <= end).MinBy(alarm => alarm.At);
                Interlocked.Exchange(ref _ms, next?.At is { } at ? Math.Max(_ms, at) : end);
                next?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            if (next is null)
            {
                Wall += time;
                return;
            }

            next.Ring();
        }
    }

    private sealed class Alarm(ManualClock clock, Action ring) : ITimer
    {
        public long? At { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                At = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + (long)Math.Ceiling(dueTime.TotalMilliseconds);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

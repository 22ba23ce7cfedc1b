namespace LiveServe.Watching;

/// <summary>Notices that the machine slept, or that its clock was set: the wall clock runs on meanwhile, the other does not.</summary>
internal sealed class SleepSense(TimeProvider clock)
{
    /// <summary>A smaller gap is a clock that is kept in time.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);

    /// <summary>How often it is asked while nothing else happens: each look wakes the machine, and a change that is told of asks at once.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private TimeSpan _drift = DriftOf(clock);

    /// <summary>Whether it did since this was last asked.</summary>
    public bool HasSlept()
    {
        var before = _drift;
        _drift = DriftOf(clock);
        return (_drift - before).Duration() > Gap;
    }

    private static TimeSpan DriftOf(TimeProvider clock) => clock.GetUtcNow() - DateTimeOffset.UnixEpoch - clock.GetElapsedTime(0);
}

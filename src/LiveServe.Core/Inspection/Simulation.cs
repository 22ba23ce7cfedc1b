namespace LiveServe.Inspection;

/// <summary>What a socket is made to suffer on the host's wish; it ends by itself.</summary>
/// <param name="Paused">What the browser sends is not read on; of a proxied socket neither is what the back end sends.</param>
/// <param name="Delay">Before each frame goes on, in milliseconds; they wait one after the other.</param>
/// <param name="Drops">Messages vanish, both ways. Pings, pongs and the goodbye do not.</param>
/// <param name="Until">When it is over, in milliseconds of <see cref="Environment.TickCount64"/>.</param>
internal sealed record Simulation(bool Paused, int Delay, bool Drops, long Until)
{
    /// <summary>It is over after so many milliseconds: five minutes.</summary>
    public const int Lasts = 5 * 60 * 1000;

    /// <summary>The longest delay, in milliseconds.</summary>
    public const int MaximumDelay = 10_000;

    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether there is anything to suffer at <paramref name="now"/>.</summary>
    public bool Holds(long now) => (Paused || Delay > 0 || Drops) && now < Until;

    /// <summary>Another one counts from now on.</summary>
    public void Replace() => _replaced.TrySetResult();

    /// <summary>Completes when it is over or replaced; at once when it is over already.</summary>
    public async Task OverAsync(long now, CancellationToken end)
    {
        if (now < Until)
        {
            await Task.WhenAny(_replaced.Task, Task.Delay((int)Math.Min(Until - now, Lasts), end));
            end.ThrowIfCancellationRequested();
        }
    }
}

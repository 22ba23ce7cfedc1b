namespace LiveServe;

/// <summary>How long answers to clients without a WebSocket are held.</summary>
/// <param name="Hold">A long poll without news; then it is answered with 204.</param>
/// <param name="Comment">Between two signs of life in a stream of events without news.</param>
internal sealed record FallbackTimes(TimeSpan Hold, TimeSpan Comment)
{
    /// <summary>Below what proxies take for idle.</summary>
    public static FallbackTimes Default { get; } = new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(15));
}

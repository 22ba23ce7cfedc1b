using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>
/// Whether a person may write now: ten messages at once, then two a second; the fifth refusal within a minute mutes for a minute. Counted for the person,
/// not for the socket or the address: many tabs share it, and all visitors of a tunnel have one address.
/// </summary>
internal sealed class Conduct
{
    private const int MuteMs = 60_000;

    private readonly Allowance _messages = new(10, 2);
    private readonly Quota _refusals = new(4, 60_000);
    private long? _mutedUntil;

    /// <summary>Whether the host has silenced the person.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Takes one message's worth; what is wrong with that, or <see langword="null"/>.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    public ErrorMessage? Judge(long now, string cid)
    {
        if (Silence(now, cid) is { } silence)
        {
            return silence;
        }

        var wait = _messages.Take(now);
        if (wait == 0)
        {
            return null;
        }

        if (_refusals.Take(now) == 0)
        {
            return new("rate_limited", "That was a lot at once. Wait a moment.", cid, RetryMs: wait);
        }

        _mutedUntil = now + MuteMs;
        return Silence(now, cid);
    }

    /// <summary>The reason why the person may not write at all, or <see langword="null"/>.</summary>
    public ErrorMessage? Silence(long now, string? cid = null) =>
        IsMuted ? new("muted", "The host has muted you.", cid)
        : _mutedUntil is { } until && until > now ? new("muted", "That was too much, again and again. Everybody has a minute's rest.", cid, RetryMs: (int)(until - now))
        : null;
}

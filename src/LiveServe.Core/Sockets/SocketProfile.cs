namespace LiveServe.Sockets;

/// <summary>What differs between kinds of sockets: their heartbeat, and how far behind a peer may be before it is closed.</summary>
/// <param name="Interval">Between two pings, in milliseconds.</param>
/// <param name="Deadline">For a sign of life after a ping, in milliseconds.</param>
/// <param name="Frames">How many frames wait at most.</param>
/// <param name="Bytes">How many bytes wait at most.</param>
/// <param name="Patience">How long a peer may be behind without taking a single frame, in milliseconds.</param>
internal sealed record SocketProfile(int Interval, int Deadline, int Frames, int Bytes, int Patience = int.MaxValue)
{
    /// <summary>
    /// Pages: one that is 256 messages behind gains nothing from the 257th; it is closed, reconnects, and catches up by its number. With the beat
    /// every 5 seconds, and a second for the close frame, one that stops reading is gone within 10.
    /// </summary>
    public static readonly SocketProfile Page = new(15_000, 10_000, 256, 1024 * 1024, Patience: 4_000);

    /// <summary>The echo: one answer waits at a time, of at most three times the longest message; the rest is for pongs.</summary>
    public static readonly SocketProfile Echo = new(15_000, 10_000, 256, 4 * 1024 * 1024);

    /// <summary>The relay: nobody can catch up there, so a healthy peer outlives a burst. The frames are shared by all receivers.</summary>
    public static readonly SocketProfile Relay = new(10_000, 10_000, 16 * 1024, 8 * 1024 * 1024);

    /// <summary>Whether so much waits that a peer is behind.</summary>
    public bool IsBehind(int frames, long bytes) => frames >= Frames / 2 || bytes >= Bytes / 2;
}

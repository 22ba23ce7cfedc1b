namespace LiveServe.Sockets;

/// <summary>The codes we close with. RFC 6455 §7.4, and our own above 4000.</summary>
internal static class CloseCode
{
    /// <summary>All is said.</summary>
    public const int Normal = 1000;

    /// <summary>We stop.</summary>
    public const int GoingAway = 1001;

    /// <summary>The peer broke the protocol.</summary>
    public const int ProtocolError = 1002;

    /// <summary>Text that is not UTF-8.</summary>
    public const int InvalidText = 1007;

    /// <summary>A message beyond the limit.</summary>
    public const int TooBig = 1009;

    /// <summary>A defect of ours.</summary>
    public const int Internal = 1011;

    /// <summary>A request names a virtual connection that is not known any more.</summary>
    public const int Unknown = 4001;

    /// <summary>The peer reads too slowly. It may come back and catch up.</summary>
    public const int TooSlow = 4008;

    /// <summary>The host has sent the person out of the room. The page may come back, the person not by itself.</summary>
    public const int Kicked = 4103;

    /// <summary>Whether a peer may send <paramref name="code"/> in a close frame.</summary>
    public static bool MayBeSent(int code) =>
        code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}

/// <summary>The peer broke a rule that ends the connection with <see cref="Code"/>.</summary>
internal sealed class ProtocolViolationException(int code, string rule) : Exception(rule)
{
    /// <summary>What the close frame says.</summary>
    public int Code { get; } = code;
}

namespace LiveServe;

/// <summary>What a <see cref="SocketClient"/> hears: a closed set.</summary>
public abstract record SocketNews
{
    private protected SocketNews()
    {
    }
}

/// <summary>A message came.</summary>
/// <param name="IsBinary">Whether it was sent as bytes; else it is UTF-8.</param>
/// <param name="Payload">All of it; valid until the next one comes.</param>
public sealed record SocketMessage(bool IsBinary, ReadOnlyMemory<byte> Payload) : SocketNews;

/// <summary>The other end asked whether we are there, and was answered.</summary>
public sealed record SocketPinged : SocketNews;

/// <summary>The other end answered a ping of ours.</summary>
/// <param name="RoundTrip">How long after it.</param>
public sealed record SocketPonged(TimeSpan RoundTrip) : SocketNews;

/// <summary>The socket has ended. Nothing comes after this.</summary>
/// <param name="Code">As the other end says it; 1005 when it said none, 1006 when the connection broke. RFC 6455 §7.4.1.</param>
/// <param name="Reason">As the other end says it, or why we ended it.</param>
public sealed record SocketClosed(int Code, string Reason) : SocketNews;

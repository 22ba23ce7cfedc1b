namespace LiveServe;

/// <summary>What connects pages to us.</summary>
public enum Transport
{
    /// <summary>A WebSocket; where none gets through, server-sent events; else polling.</summary>
    Auto,

    /// <summary>A WebSocket, nothing else.</summary>
    Ws,

    /// <summary>Server-sent events, with posts the other way.</summary>
    Sse,

    /// <summary>Polling, with posts the other way.</summary>
    Poll,
}

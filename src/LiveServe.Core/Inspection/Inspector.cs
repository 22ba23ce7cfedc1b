using System.Collections.Concurrent;
using System.Net;
using LiveServe.Proxying;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe.Inspection;

/// <summary>
/// The only owner of what is remembered of sockets and requests: those that are open, the last ones that ended, their frames, the last requests. It
/// remembers from the start, whether somebody looks or not, and within fixed limits.
/// </summary>
/// <param name="pageOf">The page behind a socket of ours, where it has said so.</param>
internal sealed class Inspector(Func<Connection, string?> pageOf)
{
    // Of a socket that ended people want to see how.
    private const int MaximumEnded = 100;

    private readonly ConcurrentDictionary<InspectedSocket, bool> _open = new();
    private readonly Queue<InspectedSocket> _ended = [];
    private readonly ConcurrentBag<string> _secrets = [];
    private FrameMemory? _memory;
    private long _proxied;

    /// <summary>The last requests.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>What may not be shown.</summary>
    /// <param name="reveals">Whether only our own token and key are masked.</param>
    public Secrets Secrets(bool reveals) => new(_secrets, byName: !reveals);

    /// <summary>How many bytes the frames hold.</summary>
    public long Held => Memory.Held;

    /// <summary>All sockets, the ended ones first.</summary>
    public IReadOnlyList<InspectedSocket> Sockets
    {
        get
        {
            lock (_ended)
            {
                return [.. _ended, .. _open.Keys];
            }
        }
    }

    private FrameMemory Memory => _memory ??= new FrameMemory(() => Sockets.Select(socket => socket.Frames));

    /// <summary>This is never shown to anybody, wherever it stands.</summary>
    public void Hide(string? secret)
    {
        if (secret is not null)
        {
            _secrets.Add(secret);
        }
    }

    /// <summary>A socket by its id; <see langword="null"/> when it is not known any more.</summary>
    public InspectedSocket? Find(string id) => Sockets.FirstOrDefault(socket => socket.Id == id);

    /// <summary>The page behind a socket, where that is known.</summary>
    public string? PageOf(InspectedSocket socket) => socket is OwnSocketTap { Socket: { } own } tap ? tap.Page ??= pageOf(own) : null;

    /// <summary>The page of a socket is remembered; it is about to be forgotten elsewhere.</summary>
    public void NotePage(Connection socket)
    {
        if (socket is SocketConnection { Tap: OwnSocketTap tap })
        {
            tap.Page ??= pageOf(socket);
        }
    }

    /// <summary>The tap for a socket of which we are an end.</summary>
    /// <param name="kind"><c>page</c>, <c>echo</c> or <c>relay</c>.</param>
    public ISocketTap Tap(string kind, HttpContext context) => new OwnSocketTap(FactsOf(kind, context), Memory, tap => _open[tap] = true, Ended);

    /// <summary>The watch for a socket that is passed through.</summary>
    public ISocketWatch Watch(HttpContext context, string backEnd, IProxiedSocket socket, bool isPacked)
    {
        var facts = FactsOf("proxy", context) with { BackEnd = backEnd.StartsWith("http", StringComparison.Ordinal) ? "ws" + backEnd[4..] : backEnd };
        var tap = new ProxiedSocketTap($"p{Interlocked.Increment(ref _proxied)}", facts, Memory, socket, isPacked, Ended);
        _open[tap] = true;
        return tap;
    }

    private static SocketFacts FactsOf(string kind, HttpContext context)
    {
        var (connection, headers) = (context.Connection, context.Request.Headers);
        var address = connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.RemoteIpAddress ?? IPAddress.None;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return new SocketFacts(kind, target.Length > 1000 ? target[..1000] : target, BrowserName.Of(headers.UserAgent), new IPEndPoint(address, connection.RemotePort).ToString(), headers.Origin.ToString());
    }

    private void Ended(InspectedSocket socket)
    {
        InspectedSocket? forgotten = null;
        lock (_ended)
        {
            if (!_open.TryRemove(socket, out _))
            {
                return;
            }

            _ended.Enqueue(socket);
            if (_ended.Count > MaximumEnded)
            {
                forgotten = _ended.Dequeue();
            }
        }

        forgotten?.Forget();
    }
}

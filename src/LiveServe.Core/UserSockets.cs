using System.Text;
using LiveServe.Inspection;
using LiveServe.Paths;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>
/// The sockets that belong to the user, the echo and the relay: 1 their addresses, 2 what is no socket, 3 the entrance that every socket passes,
/// 4 the conversation. Made only when there is one. Nothing is counted here but the places of all sockets.
/// </summary>
internal sealed class UserSockets
{
    // What is logged of a message: a line for people, not the message.
    private const int LoggedBytes = 2000;

    private readonly bool _echoesEverywhere;
    private readonly string? _echoPath;
    private readonly string? _relayPath;
    private readonly SiteBase _site;
    private readonly SocketEntrance _entrance;
    private readonly SocketHub _hub;
    private readonly Action<ServerEvent> _report;
    private readonly Inspector _inspector;
    private readonly Relay _relay = new();
    private long _opened;

    private UserSockets(bool echoesEverywhere, string? echoPath, string? relayPath, SiteBase site, SocketEntrance entrance, SocketHub hub, Action<ServerEvent> report, Inspector inspector) =>
        (_echoesEverywhere, _echoPath, _relayPath, _site, _entrance, _hub, _report, _inspector) = (echoesEverywhere, echoPath, relayPath, site, entrance, hub, report, inspector);

    /// <summary>The sockets that the options ask for; <see langword="null"/> for none.</summary>
    /// <param name="site">What the site is under. The sockets are at their addresses as these are written: what stands in for a back end is beside the site.</param>
    /// <exception cref="LiveServeException">An address cannot be one, or both are one.</exception>
    public static UserSockets? For(LiveServeOptions options, SiteBase site, SocketEntrance entrance, SocketHub hub, Inspector inspector)
    {
        var (echo, relay) = (SocketPath.Checked(options.EchoPath, "--echo"), SocketPath.Checked(options.RelayPath, "--relay"));
        return echo is not null && echo == relay
            ? throw new LiveServeException(LiveServeFailure.WrongConfiguration, $"The echo and the relay are both at {echo}.", "Give one of them another address.")
            : echo is null && relay is null && !options.EchoOnly ? null : new UserSockets(options.EchoOnly, echo, relay, site, entrance, hub, options.Report, inspector);
    }

    /// <summary>Answers, or passes on.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    /// <param name="explain">Sends a page of ours with the same.</param>
    public Task HandleAsync(HttpContext context, RequestDelegate next, Func<int, string, string, Task> refuse, Func<int, string, string, Task> explain)
    {
        var path = context.Asked()?.Path;
        var isEcho = path is not null && (_echoesEverywhere || SocketPath.Is(_echoPath, path));
        if (path is null || (!isEcho && !SocketPath.Is(_relayPath, path))) // 1
        {
            return next(context);
        }

        if (!Handshake.IsAsked(context.Request)) // 2
        {
            return (path == "/" || _site.IsHome(path)) && !_echoesEverywhere ? next(context) : AskForUpgradeAsync(context, isEcho ? "echo" : "relay", explain);
        }

        return _entrance.AdmitAsync(context, refuse, isEcho ? EchoAsync : RelayAsync); // 3
    }

    private Task AskForUpgradeAsync(HttpContext context, string name, Func<int, string, string, Task> explain)
    {
        SocketEntrance.AskForUpgrade(context.Response.Headers);
        if (Navigation.IsOne(context.Request.Headers))
        {
            return explain(426, $"This is the address of a WebSocket: the {name}.",
                "It is opened by a script, or in the console of a page's developer tools: new WebSocket(location.href.replace(\"http\", \"ws\"))."
                + $" Its messages are shown at {_site.Outward(ReservedPaths.Prefix)}sockets.");
        }

        context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = "Upgrade Required"u8.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("Upgrade Required", context.RequestAborted);
    }

    private async Task EchoAsync(HttpContext context) // 4
    {
        await using var stream = await AcceptAsync(context);
        using var socket = Opened(context, stream, SocketProfile.Echo, "echo");
        socket.TryPost(Echo.Greeting);
        await _hub.RunAsync(socket, async message =>
        {
            var text = Echo.TextOf(message);
            _report(new EchoHeard(Logged(text.Span)));
            await socket.PostAsync(Echo.Answer(text.Span));
        });
    }

    private async Task RelayAsync(HttpContext context)
    {
        await using var stream = await AcceptAsync(context);
        using var socket = Opened(context, stream, SocketProfile.Relay, "relay");
        _relay.Join(socket);
        try
        {
            await _hub.RunAsync(socket, message =>
            {
                _relay.Pass(socket, message.Payload.Span);
                return ValueTask.CompletedTask;
            });
        }
        finally
        {
            _relay.Leave(socket);
        }
    }

    // A browser that offers subprotocols ends a connection on which none is spoken; whatever is said here is of the first one.
    private static ValueTask<Stream> AcceptAsync(HttpContext context) =>
        Handshake.AcceptAsync(context, Handshake.FirstOffered(context.Request.Headers.SecWebSocketProtocol));

    private SocketConnection Opened(HttpContext context, Stream stream, SocketProfile profile, string kind) =>
        new($"u{Interlocked.Increment(ref _opened)}", stream, profile) { IsLocal = Peer.IsLocal(context.Connection.RemoteIpAddress), Tap = _inspector.Tap(kind, context) };

    private static string Logged(ReadOnlySpan<byte> text)
    {
        if (text.Length <= LoggedBytes)
        {
            return Encoding.UTF8.GetString(text);
        }

        var end = LoggedBytes;
        while ((text[end] & 0xC0) == 0x80)
        {
            end--; // between characters
        }

        return Encoding.UTF8.GetString(text[..end]) + "…";
    }
}

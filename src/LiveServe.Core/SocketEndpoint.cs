using LiveServe.Chat;
using LiveServe.Inspection;
using LiveServe.Protocol;
using LiveServe.Security;
using LiveServe.Sockets;
using LiveServe.Updates;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>The life of a client of ours: 1 the entrance, 2 the first frame, 3 messages until the end, 4 unregister, always.</summary>
internal sealed class SocketEndpoint(
    SocketEntrance entrance, string boot, SocketHub hub, UpdateHub updates, RoomOwner? room, PageReports pages, MessageRouter router, Action<ServerEvent> report,
    Inspector inspector)
{
    private long _opened;

    /// <summary>Answers an upgrade; returns when the socket has ended.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public Task HandleAsync(HttpContext context, Func<int, string, string, Task> refuse) => entrance.AdmitAsync(context, refuse, RunAsync); // 1

    private async Task RunAsync(HttpContext context)
    {
        var announced = Handshake.Lists(context.Request.Headers.SecWebSocketProtocol, Handshake.Subprotocol);
        await using var stream = await Handshake.AcceptAsync(context, announced ? Handshake.Subprotocol : null);
        using var socket = new SocketConnection(NewId(), stream, SocketProfile.Page)
        {
            IsLocal = Peer.IsLocal(context.Connection.RemoteIpAddress),
            Tap = inspector.Tap("page", context),
        };
        await LiveAsync(socket, announced);
    }

    /// <summary>Names one more connection.</summary>
    public string NewId() => $"c{Interlocked.Increment(ref _opened)}";

    /// <summary>Runs a connection in its reserved place until it ends.</summary>
    /// <param name="announced">Whether the client will say <c>hello</c>; else it is a plain one.</param>
    public async Task LiveAsync(Connection socket, bool announced)
    {
        socket.CaughtUp += CatchUp;
        var state = room?.State; // first: the room's log may be opened by it, and the updates are not to wait for that
        updates.Add(socket, announced, seq => Frame.Of(Opcode.Text, Wire.Serialize(new Connected( // 2
            socket.Id, boot, seq, DateTimeOffset.UtcNow, SocketProfile.Page.Interval, Limits.Default, state))));
        try
        {
            await hub.RunAsync(socket, received => HandleAsync(socket, received)); // 3
        }
        finally
        {
            inspector.NotePage(socket);
            updates.Remove(socket); // 4
            pages.Remove(socket);
            room?.Leave(socket);
        }
    }

    private async ValueTask HandleAsync(Connection socket, Received received)
    {
        try
        {
            await router.HandleAsync(socket, received);
        }
#pragma warning disable CA1031 // The edge of a socket's loop: a defect in one message is shown, and costs this socket only.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Fail(socket, defect);
        }
    }

    private void CatchUp(Connection socket)
    {
        try
        {
            updates.CatchUp(socket);
        }
#pragma warning disable CA1031 // The same for what is told without being asked.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Fail(socket, defect);
        }
    }

    private void Fail(Connection socket, Exception defect)
    {
        report(new WarningRaised($"A message could not be handled: {defect}", "This is a defect of liveserve. Please report it."));
        socket.Close(CloseCode.Internal, "A defect of the server.");
    }
}

using System.Text.Json;
using LiveServe.Chat;
using LiveServe.Inspection;
using LiveServe.Paths;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>
/// The inspector's addresses: its socket, and the exports. Its socket passes the same entrance as all, takes a place like all, and is on no list: an
/// inspector that showed itself would never rest.
/// </summary>
/// <param name="site">What the site is under.</param>
internal sealed class InspectorEndpoint(
    Inspector inspector, SocketEntrance entrance, SocketHub hub, string boot, HostKey hostKey, LiveServeOptions options, SiteBase site)
{
    private const int MaximumViewers = 16;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private int _viewers;

    // Where a page can open a socket here.
    private IReadOnlyList<string> Addresses =>
    [
        site.Outward(ReservedPaths.Socket),
        .. new[] { options.EchoPath, options.RelayPath }.OfType<string>(),
        .. options.Proxies.Select(rule => UrlPath.Escape(rule.Route)).Distinct(),
    ];

    /// <summary>Answers an upgrade; returns when the socket has ended.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public async Task HandleAsync(HttpContext context, Func<int, string, string, Task> refuse)
    {
        if (Interlocked.Increment(ref _viewers) > MaximumViewers)
        {
            Interlocked.Decrement(ref _viewers);
            await refuse(503, $"{MaximumViewers} inspectors are open already.", "Close one of them.");
            return;
        }

        try
        {
            await entrance.AdmitAsync(context, refuse, RunAsync);
        }
        finally
        {
            Interlocked.Decrement(ref _viewers);
        }
    }

    /// <summary>Sends what is remembered as a file.</summary>
    public Task ExportAsync(HttpContext context, bool asArchive)
    {
        context.Response.ContentType = asArchive ? "application/json" : "application/x-ndjson";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"liveserve-sockets.{(asArchive ? "har" : "jsonl")}\"";
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        return asArchive
            ? HttpArchive.WriteAsync(context.Response.BodyWriter, inspector, LiveServer.Version, $"{context.Request.Scheme}://{context.Request.Host}", context.RequestAborted)
            : JsonLinesExport.WriteAsync(context.Response.BodyWriter, inspector, context.RequestAborted);
    }

    private async Task RunAsync(HttpContext context)
    {
        await using var stream = await Handshake.AcceptAsync(context, null);
        using var socket = new SocketConnection("inspector", stream, SocketProfile.Page);
        using var end = new CancellationTokenSource();
        var session = new InspectorSession(inspector, Judge);
        Post(socket, session.Greet(boot, Addresses));
        var feeding = FeedAsync(socket, session, end.Token);
        try
        {
            await hub.RunAsync(socket, received =>
            {
                if (session.Answer(received) is { } answer)
                {
                    Post(socket, answer);
                }

                return ValueTask.CompletedTask;
            });
        }
        finally
        {
            await end.CancelAsync();
            await feeding;
        }
    }

    // A viewer that has not read the last one gets no other: it sees less often, and nothing piles up.
    private static async Task FeedAsync(SocketConnection socket, InspectorSession session, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Between);
        try
        {
            do
            {
                if (socket.Waiting.Frames == 0 && session.Next() is { } news)
                {
                    Post(socket, news);
                }
            }
            while (await timer.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            // It has left.
        }
    }

    // Null when there were too many guesses to look at another one.
    private bool? Judge(string key) => hostKey.Proves(key, Environment.TickCount64, out var retryMs) ? true : retryMs > 0 ? null : false;

    private static void Post(SocketConnection socket, InspectorMessage message) =>
        socket.TryPost(Frame.Of(Opcode.Text, JsonSerializer.SerializeToUtf8Bytes(message, InspectorContext.Default.InspectorMessage)));
}

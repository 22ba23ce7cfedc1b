using System.Buffers;
using System.Globalization;
using System.Text;
using LiveServe.Protocol;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe;

/// <summary>
/// Tells clients without a WebSocket what a socket would: as server-sent events (WHATWG HTML §9.2), or as the answer to a long poll. One request may read
/// for several tabs of a browser, which lets only six connections to a server be open over HTTP/1.1.
/// </summary>
internal sealed class FallbackAnswers(VirtualConnections connections, FallbackTimes times)
{
    // As many messages at once; the rest is in the next answer.
    private const int MaximumMessages = 100;

    // Some proxies and browsers hold the first bytes back, up to this many.
    private const int FirstComment = 2048;

    private static readonly byte[] Unknown = Wire.Serialize(new Closed(CloseCode.Unknown, "This connection is not known any more. Open another."));

    /// <summary>Answers with a stream of events; returns when it is over.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public async Task StreamAsync(HttpContext context, FallbackRequest request, Func<int, string, string, Task> refuse)
    {
        using var reading = new Reading();
        var open = request.Attach(reading, connections);
        if (reading.IsOver)
        {
            await RefuseUnknownAsync(refuse);
            return;
        }

        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering(); // nor compressed, in an app that compresses
        Write(response.BodyWriter, $":{new string(' ', FirstComment)}\n\n");
        WriteLost(response.BodyWriter, request, open);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, reading.Cut);
        try
        {
            await response.BodyWriter.FlushAsync(end.Token);
            while (!reading.IsOver)
            {
                if (!await reading.WaitAsync(times.Comment, end.Token))
                {
                    Write(response.BodyWriter, ":\n\n");
                }

                while (WriteNews(response.BodyWriter, request, open, reading))
                {
                    await response.BodyWriter.FlushAsync(end.Token); // a slow reader is waited for here, and what is told meanwhile is counted
                }

                await response.BodyWriter.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort(); // it was cut, or has left
        }
    }

    /// <summary>Answers when there is news, or with 204 when there is none for as long as a poll is held.</summary>
    /// <param name="hold">How long the client wants it to be held at the most; <see langword="null"/> for as long as we do.</param>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    public async Task PollAsync(HttpContext context, FallbackRequest request, TimeSpan? hold, Func<int, string, string, Task> refuse)
    {
        using var reading = new Reading();
        var open = request.Attach(reading, connections);
        if (reading.IsOver)
        {
            await RefuseUnknownAsync(refuse);
            return;
        }

        var response = context.Response;
        response.Headers.CacheControl = "no-store, no-transform";
        var news = Take(reading, open);
        var time = hold is { } wish && wish < times.Hold ? wish : times.Hold;
        while (IsEmpty(news) && !reading.IsOver && await reading.WaitAsync(time, context.RequestAborted))
        {
            news = Take(reading, open);
        }

        if (IsEmpty(news))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        WriteArrays(body, news);
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Says that nobody is known by that name.</summary>
    public static Task RefuseUnknownAsync(Func<int, string, string, Task> refuse) =>
        refuse(410, "This connection is not known any more.", "Open another with POST.");

    private static void WriteLost(IBufferWriter<byte> body, FallbackRequest request, IReadOnlyList<VirtualConnection?> open)
    {
        for (var i = 0; i < open.Count; i++)
        {
            if (open[i] is null)
            {
                WriteEvent(body, request, i, Unknown);
            }
        }
    }

    private static bool WriteNews(IBufferWriter<byte> body, FallbackRequest request, IReadOnlyList<VirtualConnection?> open, Reading reading)
    {
        var any = false;
        for (var i = 0; i < open.Count; i++)
        {
            foreach (var message in open[i]?.Take(reading, MaximumMessages).Messages ?? [])
            {
                request.After[i]++;
                WriteEvent(body, request, i, message.Span);
                any = true;
            }
        }

        return any;
    }

    private static void WriteEvent(IBufferWriter<byte> body, FallbackRequest request, int place, ReadOnlySpan<byte> message)
    {
        if (request.Tokens.Count > 1)
        {
            Write(body, string.Create(CultureInfo.InvariantCulture, $"event: {place}\n"));
        }

        Write(body, $"id: {string.Join(',', request.After)}\ndata: ");
        body.Write(message); // JSON without line ends
        body.Write("\n\n"u8);
    }

    // Each its share, so that one who is told much does not keep the others waiting.
    private static ReadOnlyMemory<byte>[][] Take(Reading reading, IReadOnlyList<VirtualConnection?> open) =>
        [.. open.Select(connection => connection is null ? [Unknown] : connection.Take(reading, MaximumMessages / open.Count).Messages)];

    private static bool IsEmpty(ReadOnlyMemory<byte>[][] news) => Array.TrueForAll(news, messages => messages.Length == 0);

    private static void WriteArrays(IBufferWriter<byte> body, ReadOnlyMemory<byte>[][] news)
    {
        body.Write(news.Length > 1 ? "["u8 : []);
        for (var i = 0; i < news.Length; i++)
        {
            body.Write(i > 0 ? ",["u8 : "["u8);
            for (var j = 0; j < news[i].Length; j++)
            {
                body.Write(j > 0 ? ","u8 : []);
                body.Write(news[i][j].Span);
            }

            body.Write("]"u8);
        }

        body.Write(news.Length > 1 ? "]"u8 : []);
    }

    private static void Write(IBufferWriter<byte> body, string text) => Encoding.ASCII.GetBytes(text, body);
}

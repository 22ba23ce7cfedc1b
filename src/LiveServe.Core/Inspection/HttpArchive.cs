using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>
/// All that is remembered as an HTTP Archive, version 1.2, as browsers' developer tools import it; sockets carry their messages in
/// <c>_webSocketMessages</c>, as Chromium writes them. Headers and bodies of requests are not remembered. Secrets are masked.
/// </summary>
internal static class HttpArchive
{
    private const int FlushEvery = 16;

    /// <summary>Writes it; waits where the reader is slow.</summary>
    /// <param name="version">This program's.</param>
    /// <param name="origin">What the addresses begin with.</param>
    public static async Task WriteAsync(PipeWriter output, Inspector inspector, string version, string origin, CancellationToken cancellation)
    {
        var (views, secrets) = (new EntryViews(), inspector.Secrets(reveals: false));
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteString("version", "1.2");
        json.WriteStartObject("creator");
        json.WriteString("name", "LiveServe");
        json.WriteString("version", version);
        json.WriteEndObject();
        json.WriteStartArray("entries");
        var written = 0;
        foreach (var request in inspector.Requests.From(0, RequestLog.Capacity))
        {
            Write(json, views.Request(request, secrets), origin);
            await FlushAsync(json, output, ++written, cancellation);
        }

        foreach (var socket in inspector.Sockets)
        {
            Write(json, socket, views, secrets, origin);
            await FlushAsync(json, output, FlushEvery, cancellation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        await FlushAsync(json, output, FlushEvery, cancellation);
    }

    private static async ValueTask FlushAsync(Utf8JsonWriter json, PipeWriter output, int written, CancellationToken cancellation)
    {
        if (written % FlushEvery == 0)
        {
            await json.FlushAsync(cancellation);
            await output.FlushAsync(cancellation);
        }
    }

    private static void Write(Utf8JsonWriter json, RequestEntry request, string origin)
    {
        Begin(json, request.At, request.Ms, request.Method, origin + request.Target, request.Status, request.Type, request.Bytes ?? -1);
        json.WriteString("_answeredBy", request.By);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InspectedSocket socket, EntryViews views, Secrets secrets, string origin)
    {
        var at = views.At(socket.Since);
        var ms = socket.EndedAt == 0 ? 0 : views.At(socket.EndedAt) - at;
        Begin(json, at, ms, "GET", "ws" + origin["http".Length..] + views.Opened(socket, secrets).Target, 101, "x-unknown", 0);
        json.WriteString("_resourceType", "websocket");
        json.WriteString("_socket", socket.Id);
        json.WriteStartArray("_webSocketMessages");
        foreach (var frame in socket.Frames.From(0, FrameRing.Capacity, out _))
        {
            Write(json, frame, PayloadView.Of(frame, secrets, EntryViews.NamesOf(socket), FrameRecord.KeptWhole),
                PayloadView.Bytes(frame, secrets, EntryViews.NamesOf(socket)), views.At(frame.Time));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // As in Chromium: a text as it is, anything else in base64.
    private static void Write(Utf8JsonWriter json, in FrameRecord frame, PayloadView view, byte[] bytes, double at)
    {
        json.WriteStartObject();
        json.WriteString("type", (frame.Marks & FrameMarks.Sent) != 0 ? "receive" : "send");
        json.WriteNumber("time", at / 1000);
        json.WriteNumber("opcode", (int)frame.Opcode);
        if (frame.Opcode is Opcode.Text or Opcode.Continuation && view.Text is { } text)
        {
            json.WriteString("data", text);
        }
        else
        {
            json.WriteBase64String("data", (frame.Marks & FrameMarks.Compressed) != 0 ? [] : bytes);
        }

        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, double at, double ms, string method, string url, int status, string type, long bytes)
    {
        json.WriteStartObject();
        json.WriteString("startedDateTime", DateTimeOffset.UnixEpoch.AddMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteNumber("time", ms);
        json.WriteStartObject("request");
        json.WriteString("method", method);
        json.WriteString("url", url);
        json.WriteString("httpVersion", "HTTP/1.1");
        WriteEmpty(json, "cookies", "headers", "queryString");
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", -1);
        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteNumber("status", status);
        json.WriteString("statusText", "");
        json.WriteString("httpVersion", "HTTP/1.1");
        WriteEmpty(json, "cookies", "headers");
        json.WriteStartObject("content");
        json.WriteNumber("size", Math.Max(bytes, 0));
        json.WriteString("mimeType", type);
        json.WriteEndObject();
        json.WriteString("redirectURL", "");
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", bytes);
        json.WriteEndObject();
        json.WriteStartObject("cache");
        json.WriteEndObject();
        json.WriteStartObject("timings");
        json.WriteNumber("send", 0);
        json.WriteNumber("wait", ms);
        json.WriteNumber("receive", 0);
        json.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteStartArray(name);
            json.WriteEndArray();
        }
    }
}

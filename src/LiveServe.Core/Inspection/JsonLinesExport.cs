using System.IO.Pipelines;
using System.Text.Json;

namespace LiveServe.Inspection;

/// <summary>All that is remembered as JSON lines: first the sockets, then what happened, in the order of time. Secrets are masked.</summary>
internal static class JsonLinesExport
{
    private const int FlushEvery = 64;

    /// <summary>Writes it; waits where the reader is slow.</summary>
    public static async Task WriteAsync(PipeWriter output, Inspector inspector, CancellationToken cancellation)
    {
        var (views, secrets) = (new EntryViews(), inspector.Secrets(reveals: false));
        var sockets = inspector.Sockets;
        foreach (var socket in sockets)
        {
            Write(output, JsonSerializer.SerializeToUtf8Bytes(views.Socket(socket, inspector.PageOf(socket), secrets), InspectorContext.Default.SocketInfo));
        }

        var written = 0;
        foreach (var (_, entry) in Moments(sockets, inspector, views, secrets).OrderBy(moment => moment.Time))
        {
            Write(output, JsonSerializer.SerializeToUtf8Bytes(entry(), InspectorContext.Default.Entry));
            if (++written % FlushEvery == 0)
            {
                await output.FlushAsync(cancellation);
            }
        }

        await output.FlushAsync(cancellation);
    }

    // Entries are made when their turn comes: together they would be larger than what is remembered.
    private static IEnumerable<(long Time, Func<Entry> Entry)> Moments(IReadOnlyList<InspectedSocket> sockets, Inspector inspector, EntryViews views, Secrets secrets)
    {
        foreach (var request in inspector.Requests.From(0, RequestLog.Capacity))
        {
            yield return (request.Time, () => views.Request(request, secrets));
        }

        foreach (var socket in sockets)
        {
            yield return (socket.Since, () => views.Opened(socket, secrets));
            var frames = socket.Frames.From(0, FrameRing.Capacity, out var first);
            for (var i = 0; i < frames.Length; i++)
            {
                var (frame, number) = (frames[i], first + i);
                yield return (frame.Time, () => views.Frame(socket, number, frame, secrets, FrameRecord.KeptWhole));
            }

            if (socket.EndedAt != 0)
            {
                yield return (socket.EndedAt, () => new EndedEntry(views.At(socket.EndedAt), socket.Id));
            }
        }
    }

    private static void Write(PipeWriter output, byte[] line)
    {
        var into = output.GetSpan(line.Length + 1);
        line.CopyTo(into);
        into[line.Length] = (byte)'\n';
        output.Advance(line.Length + 1);
    }
}

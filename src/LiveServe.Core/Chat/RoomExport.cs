using System.IO.Pipelines;
using System.Text;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>Writes all that the room has kept, oldest first, a page at a time: how much there is costs time and no memory.</summary>
internal static class RoomExport
{
    private const int PageSize = 100;
    private const int FlushAt = 64 * 1024;

    /// <summary>One message a line, each the protocol's <c>chat</c> object.</summary>
    public static Task WriteLinesAsync(RoomOwner room, PipeWriter output, CancellationToken gone) => WriteAsync(room, output, message =>
    {
        ReadOnlySpan<byte> line = [.. Wire.Serialize(message with { Cid = null }), (byte)'\n']; // the cid is its sender's alone
        line.CopyTo(output.GetSpan(line.Length));
        output.Advance(line.Length);
    }, gone);

    /// <summary>For people: days, names, times and texts.</summary>
    public static Task WriteMarkdownAsync(RoomOwner room, PipeWriter output, CancellationToken gone)
    {
        var page = new MarkdownPage();
        return WriteAsync(room, output, message => Encoding.UTF8.GetBytes(page.Next(message), output), gone);
    }

    private static async Task WriteAsync(RoomOwner room, PipeWriter output, Action<ChatMessage> write, CancellationToken gone)
    {
        long? last = null;
        for (var more = true; more;)
        {
            (var messages, more) = room.Read(log =>
            {
                var from = Math.Max(last ?? 0, log.Oldest - 1); // the oldest may go while we write
                var page = log.After(from, PageSize, out var rest) ?? [];
                return (page, rest);
            });
            foreach (var message in messages)
            {
                write(message);
                last = message.Seq;
                if (output.UnflushedBytes > FlushAt)
                {
                    await output.FlushAsync(gone); // waits for a slow reader
                }
            }
        }
    }
}

using System.Buffers;
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
    public static Task WriteLinesAsync(IRoomLog log, PipeWriter output, CancellationToken gone) => WriteAsync(log, output, message =>
    {
        output.Write(Wire.Serialize(message with { Cid = null })); // it is its sender's alone
        output.Write("\n"u8);
    }, gone);

    /// <summary>For people: days, names, times and texts.</summary>
    public static Task WriteMarkdownAsync(IRoomLog log, PipeWriter output, CancellationToken gone)
    {
        var page = new MarkdownPage();
        return WriteAsync(log, output, message => Encoding.UTF8.GetBytes(page.Next(message), output), gone);
    }

    private static async Task WriteAsync(IRoomLog log, PipeWriter output, Action<ChatMessage> write, CancellationToken gone)
    {
        for (var (after, more) = (log.Oldest - 1, true); more;)
        {
            // Trimmed meanwhile: what is left comes next.
            var messages = log.After(after, PageSize, out more) ?? log.After(log.Oldest - 1, PageSize, out more) ?? [];
            foreach (var message in messages)
            {
                write(message);
                after = message.Seq;
                if (output.UnflushedBytes > FlushAt)
                {
                    await output.FlushAsync(gone); // waits for a slow reader
                }
            }
        }
    }
}

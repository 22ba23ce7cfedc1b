using System.IO.Pipelines;
using LiveServe.Files;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>
/// Sends a body: exactly the announced bytes, at constant memory. A file is read straight into the connection's own buffers, in pieces of
/// 256 KiB: fewer system calls than with Kestrel's blocks of 4 KiB, and no copy of ours between the two.
/// </summary>
internal static class BodySender
{
    private const int Piece = 256 * 1024;

    /// <summary>Sends the parts, one after the other.</summary>
    /// <param name="file">What parts that are not held are read from.</param>
    /// <returns><see langword="false"/> when the file has become shorter: the announced length cannot be kept, and nothing may look complete.</returns>
    public static async ValueTask<bool> SendAsync(HttpResponse response, OpenFile? file, IReadOnlyList<BodyPart> parts)
    {
        await response.StartAsync(); // before its head is written, the writer has no memory of the connection to give
        var writer = response.BodyWriter;
        var waiting = 0;
        foreach (var part in parts)
        {
            for (long sent = 0; sent < part.Length;)
            {
                var length = Put(writer, file, part, sent);
                if (length == 0)
                {
                    return false;
                }

                sent += length;
                waiting += length;
                if (waiting >= Piece)
                {
                    waiting = 0;
                    if ((await writer.FlushAsync()).IsCompleted)
                    {
                        return true; // the client has left
                    }
                }
            }
        }

        await writer.FlushAsync();
        return true;
    }

    private static int Put(PipeWriter writer, OpenFile? file, BodyPart part, long sent)
    {
        var length = (int)Math.Min(Piece, part.Length - sent);
        var memory = writer.GetMemory(length).Span[..length];
        if (part.Held.IsEmpty)
        {
            length = FileBytes.Read(file!, memory, part.Offset + sent); // a growing file is not asked for more than was announced
        }
        else
        {
            part.Held.Span.Slice((int)sent, length).CopyTo(memory);
        }

        writer.Advance(length);
        return length;
    }
}

using System.Buffers;
using LiveServe.Files;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>Sends a body in a coding: as <see cref="BodySender"/>, but of a length that nobody knows before the end, so it travels in chunks.</summary>
internal static class CodedSender
{
    private const int Piece = 64 * 1024;

    /// <summary>Sends the parts, one after the other.</summary>
    /// <param name="file">What parts that are not held are read from.</param>
    /// <returns><see langword="false"/> when the file has become shorter: the last chunk must not be sent.</returns>
    public static async ValueTask<bool> SendAsync(HttpResponse response, OpenFile? file, IReadOnlyList<BodyPart> parts, ContentCoding coding)
    {
        var gone = response.HttpContext.RequestAborted; // what is written to a client that has left is dropped in silence, and costs all the same
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await using var coded = coding.Coded(response.Body);
            foreach (var part in parts)
            {
                await coded.WriteAsync(part.Held, gone);
                for (var sent = (long)part.Held.Length; sent < part.Length;)
                {
                    var length = FileBytes.Read(file!, buffer.AsSpan(0, (int)Math.Min(Piece, part.Length - sent)), part.Offset + sent);
                    if (length == 0)
                    {
                        return false;
                    }

                    await coded.WriteAsync(buffer.AsMemory(0, length), gone);
                    sent += length;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

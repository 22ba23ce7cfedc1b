using System.Buffers;
using System.IO.Hashing;
using LiveServe.Content;

namespace LiveServe.Files;

/// <summary>Reading files: whole ones into rented memory, large ones piece by piece.</summary>
internal static class FileBytes
{
    /// <summary>Larger files are never read whole.</summary>
    public const int WholeLimit = 16 * 1024 * 1024;

    private const int Piece = 128 * 1024;

    /// <summary>Reads up to <paramref name="buffer"/>'s length from <paramref name="offset"/>; fewer bytes only at the file's end.</summary>
    public static int Read(OpenFile file, Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(file.Handle, buffer[total..], offset + total) is > 0 and var read)
        {
            total += read;
        }

        return total;
    }

    /// <summary>The hash of the whole file, at constant memory.</summary>
    public static ContentHash Hash(OpenFile file)
    {
        var hash = new XxHash128();
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long offset = 0; Read(file, buffer, offset) is > 0 and var read; offset += read)
            {
                hash.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new ContentHash(hash.GetCurrentHashAsUInt128());
    }

    /// <summary>Sends <paramref name="left"/> bytes from <paramref name="offset"/>; never more.</summary>
    /// <returns><see langword="false"/> when the file has become shorter: the announced length cannot be kept.</returns>
    public static async Task<bool> SendAsync(OpenFile file, long offset, long left, Stream to, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (left > 0)
            {
                var read = await RandomAccess.ReadAsync(file.Handle, buffer.AsMemory(0, (int)Math.Min(Piece, left)), offset, cancellation);
                if (read == 0)
                {
                    return false;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
                offset += read;
                left -= read;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

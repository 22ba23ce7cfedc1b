using System.IO.Compression;

namespace LiveServe.Proxying;

/// <summary>Content codings of answers. RFC 9110 §8.4.1.</summary>
internal static class Coding
{
    /// <summary>The body without its coding; <see langword="null"/> for a coding that is not known, and nothing is read then.</summary>
    /// <param name="coding">The value of <c>Content-Encoding</c>.</param>
    public static async ValueTask<Stream?> DecodeAsync(string coding, Func<ValueTask<Stream>> open, CancellationToken stop) =>
        coding.Trim().ToLowerInvariant() switch
        {
            "" or "identity" => await open(),
            "gzip" or "x-gzip" => new GZipStream(await open(), CompressionMode.Decompress),
            "br" => new BrotliStream(await open(), CompressionMode.Decompress),
            "deflate" => await InflateAsync(await open(), stop),
            _ => null,
        };

    // "deflate" is zlib's format; some servers send it bare. RFC 1950 §2.2: method 8, and a header that 31 divides.
    private static async ValueTask<Stream> InflateAsync(Stream body, CancellationToken stop)
    {
        var head = new byte[2];
        var length = await body.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, stop);
        var whole = new JoinedStream([head.AsMemory(0, length)], body);
        return length == 2 && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0
            ? new ZLibStream(whole, CompressionMode.Decompress)
            : new DeflateStream(whole, CompressionMode.Decompress);
    }
}

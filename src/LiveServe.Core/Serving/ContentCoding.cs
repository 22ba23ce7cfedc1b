using System.Globalization;
using System.IO.Compression;
using LiveServe.Content;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Serving;

/// <summary>A coding that a body may travel in. RFC 9110 §8.4.1 and §12.5.3, RFC 7932.</summary>
/// <param name="Name">As the headers have it; empty for none.</param>
internal readonly record struct ContentCoding(string Name)
{
    private const int Shortest = 1400; // what fits into one packet gets there no sooner

    /// <summary>The bytes as they are.</summary>
    public static ContentCoding None { get; } = new("");

    /// <summary>Whether an answer may be coded at all, so that it depends on <c>Accept-Encoding</c>.</summary>
    public static bool Helps(string contentType, long length) => length >= Shortest && MediaTypes.IsCompressible(contentType);

    /// <summary>What a client likes best of brotli, gzip and nothing, in that order among equals. Pure.</summary>
    /// <param name="acceptEncoding">Weight 0 is a no; what cannot be read counts for nothing.</param>
    public static ContentCoding Choose(StringValues acceptEncoding)
    {
        double? brotli = null, gzip = null, identity = null, any = null;
        foreach (var part in acceptEncoding.ToString().Split(','))
        {
            var semicolon = part.IndexOf(';', StringComparison.Ordinal);
            if (Weight(semicolon < 0 ? "" : part[(semicolon + 1)..]) is not { } weight)
            {
                continue;
            }

            switch ((semicolon < 0 ? part : part[..semicolon]).Trim().ToLowerInvariant())
            {
                case "br": brotli = weight; break;
                case "gzip" or "x-gzip": gzip = weight; break;
                case "identity": identity = weight; break;
                case "*": any = weight; break;
                default: break;
            }
        }

        var (forBrotli, forGzip) = (brotli ?? any ?? 0, gzip ?? any ?? 0);
        return Math.Max(forBrotli, forGzip) is var best && (best == 0 || identity > best) ? None
            : new ContentCoding(forBrotli == best ? "br" : "gzip");
    }

    /// <summary>The tag of the coded bytes: they are others than the file's (RFC 9110 §8.8.3.3).</summary>
    public string Tag(string tag) => Name.Length == 0 || tag.Length == 0 ? tag : $"{tag.AsSpan(..^1)}-{Name}\"";

    /// <summary>What codes the bytes that are written to it; made for speed, since each answer is coded anew.</summary>
    public Stream Coded(Stream to) => Name == "br"
        ? new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true)
        : new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);

    // RFC 9110 §12.4.2: at most 1, three digits.
    private static double? Weight(string parameter)
    {
        var text = parameter.Trim();
        return text.Length == 0 ? 1
            : text.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && text.Length <= 7
                && double.TryParse(text.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight <= 1 ? weight
            : null;
    }
}

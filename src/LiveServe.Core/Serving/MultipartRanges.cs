using System.Security.Cryptography;
using System.Text;

namespace LiveServe.Serving;

/// <summary>Several stretches of one file in one body: multipart/byteranges. RFC 9110 §14.6, RFC 2046 §5.1.</summary>
internal static class MultipartRanges
{
    /// <summary>The body's type and parts.</summary>
    /// <param name="contentType">Of the file.</param>
    public static (string ContentType, IReadOnlyList<BodyPart> Parts) Of(IReadOnlyList<ByteRange> ranges, FileContent content, string contentType)
    {
        var boundary = RandomNumberGenerator.GetHexString(32); // nothing that a file could know and hold
        var parts = new List<BodyPart>((ranges.Count * 2) + 1);
        foreach (var range in ranges)
        {
            parts.Add(Text($"{(parts.Count == 0 ? "" : "\r\n")}--{boundary}\r\nContent-Type: {contentType}\r\nContent-Range: {range.Describe(content.Length)}\r\n\r\n"));
            parts.Add(content.Slice(range.First, range.Length));
        }

        parts.Add(Text($"\r\n--{boundary}--\r\n"));
        return ($"multipart/byteranges; boundary={boundary}", parts);
    }

    private static BodyPart Text(string text) => BodyPart.Of(Encoding.ASCII.GetBytes(text));
}

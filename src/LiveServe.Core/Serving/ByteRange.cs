using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>The part of a file that is asked for. Films and sounds cannot be wound without it.</summary>
/// <remarks>
/// RFC 9110 §14.1.2 and §13.1.5. One range is answered; of several, and of units that we do not know, the whole is sent, as §14.2 allows.
/// </remarks>
/// <param name="First">The first byte, from 0.</param>
/// <param name="Length">How many; 0 when the range lies behind the end, which is status 416.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    /// <summary>What a request asks for; <see langword="null"/> for the whole.</summary>
    /// <param name="etag">The tag of what would be sent, with its quotes: <c>If-Range</c> with another one asks for the whole.</param>
    /// <param name="length">The length of the whole, in bytes.</param>
    public static ByteRange? Wanted(HttpRequest request, string etag, long length)
    {
        var condition = request.Headers.IfRange.ToString();
        return HttpMethods.IsGet(request.Method) && (condition.Length == 0 || condition == etag) && request.Headers.Range is [{ } header]
            ? Parse(header, length)
            : null;
    }

    /// <summary>Reads the header's value.</summary>
    public static ByteRange? Parse(string header, long length)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var text = header.AsSpan(6).Trim();
        var dash = text.IndexOf('-');
        if (dash < 0)
        {
            return null;
        }

        var from = text[..dash];
        var to = text[(dash + 1)..];
        if (from.IsEmpty)
        {
            // The last so many bytes; none of them is no range.
            return Number(to) is not { } count ? null : count == 0 ? default(ByteRange) : new ByteRange(Math.Max(0, length - count), Math.Min(count, length));
        }

        if (Number(from) is not { } first || (!to.IsEmpty && Number(to) is null) || (Number(to) is { } last && last < first))
        {
            return null;
        }

        return first >= length ? default(ByteRange) : new ByteRange(first, Math.Min(Number(to) ?? long.MaxValue, length - 1) - first + 1);
    }

    /// <summary>The value of Content-Range.</summary>
    public string Describe(long length) =>
        Length == 0 ? $"bytes */{length}" : string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{First + Length - 1}/{length}");

    // Digits only; more than fit are as good as the largest that do.
    private static long? Number(ReadOnlySpan<char> text) =>
        text.IsEmpty || text.ContainsAnyExceptInRange('0', '9') ? null : long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
}

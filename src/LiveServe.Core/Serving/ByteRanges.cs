using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Serving;

/// <summary>A stretch of a file that is asked for.</summary>
/// <param name="First">The first byte, from 0.</param>
/// <param name="Length">How many; at least one.</param>
internal readonly record struct ByteRange(long First, long Length)
{
    /// <summary>The byte behind the last one.</summary>
    public long End => First + Length;

    /// <summary>The value of Content-Range (RFC 9110 §14.4).</summary>
    public string Describe(long length) => string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{End - 1}/{length}");
}

/// <summary>What a Range header asks for. Films and sounds cannot be wound without it. Pure; RFC 9110 §14.1.2 and §14.2.</summary>
/// <remarks>
/// Units that we do not know, malformed sets and greedy ones (§17.15: many ranges, ranges over one another) are answered with the whole, as §14.2
/// allows. What overlaps becomes one part; the order is the client's.
/// </remarks>
internal static class ByteRanges
{
    private const int Most = 50, MostOverlaps = 2;

    /// <summary>The ranges of a file of <paramref name="length"/> bytes.</summary>
    /// <returns><see langword="null"/> for the whole; none when all of them lie behind the end, which is status 416.</returns>
    public static IReadOnlyList<ByteRange>? Parse(StringValues header, long length)
    {
        if (header is not [{ } value] || !value.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var ranges = new List<ByteRange>();
        var (seen, overlaps) = (0, 0);
        foreach (var part in value.AsSpan(6).Split(','))
        {
            var text = value.AsSpan(6)[part].Trim([' ', '\t']);
            if (text.IsEmpty)
            {
                continue; // §5.6.1: empty elements of a list do not count
            }

            if (++seen > Most || !TryParse(text, length, out var range))
            {
                return null;
            }

            if (range.Length > 0)
            {
                overlaps += Merge(ranges, range);
            }
        }

        return seen == 0 || overlaps > MostOverlaps ? null : ranges;
    }

    // False when it is malformed; an empty range when it lies behind the end.
    private static bool TryParse(ReadOnlySpan<char> text, long length, out ByteRange range)
    {
        range = default;
        var dash = text.IndexOf('-');
        var from = Number(text[..Math.Max(0, dash)]);
        var to = Number(text[(dash + 1)..]);
        if (dash < 0 || (dash > 0 && from is null) || (dash + 1 < text.Length && to is null) || text.Length == 1 || from > to)
        {
            return false;
        }

        if (from is null)
        {
            range = new ByteRange(length - Math.Min(to!.Value, length), Math.Min(to.Value, length)); // the last so many
        }
        else if (from < length)
        {
            range = new ByteRange(from.Value, Math.Min(to ?? long.MaxValue, length - 1) - from.Value + 1);
        }

        return true;
    }

    // Takes in all that the range overlaps, at the place of the first; gives how many that were.
    private static int Merge(List<ByteRange> ranges, ByteRange range)
    {
        var (at, count) = (ranges.Count, 0);
        for (var i = ranges.Count - 1; i >= 0; i--)
        {
            if (ranges[i].First < range.End && range.First < ranges[i].End)
            {
                var first = Math.Min(ranges[i].First, range.First);
                range = new ByteRange(first, Math.Max(ranges[i].End, range.End) - first);
                ranges.RemoveAt(i);
                (at, count) = (i, count + 1);
            }
        }

        ranges.Insert(at, range);
        return count;
    }

    // Digits only; more than fit are as good as the largest that do.
    private static long? Number(ReadOnlySpan<char> text) =>
        text.IsEmpty || text.ContainsAnyExceptInRange('0', '9') ? null : long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
}

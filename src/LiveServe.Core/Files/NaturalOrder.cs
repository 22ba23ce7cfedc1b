namespace LiveServe.Files;

/// <summary>Names as people order them: <c>page2</c> before <c>page10</c>, and case only where nothing else tells two apart.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The one that there is.</summary>
    public static NaturalOrder Comparer { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var (first, second) = (Run(a), Run(b));
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])
                ? CompareNumbers(a[..first], b[..second])
                : a[..first].CompareTo(b[..second], StringComparison.OrdinalIgnoreCase);
            if (order != 0)
            {
                return order;
            }

            a = a[first..];
            b = b[second..];
        }

        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
    }

    // The digits, or the other characters, that it begins with.
    private static int Run(ReadOnlySpan<char> text)
    {
        var end = char.IsAsciiDigit(text[0]) ? text.IndexOfAnyExceptInRange('0', '9') : text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}

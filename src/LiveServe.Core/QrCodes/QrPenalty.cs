namespace LiveServe.QrCodes;

/// <summary>How hard a code is to read: what looks like another pattern, or like nothing, counts against it. ISO/IEC 18004:2015 § 7.8.3.</summary>
internal static class QrPenalty
{
    // A finder pattern's proportions with four light modules on one side, as bits (table 11).
    private const int LikeFinder = 0b10111010000, LikeFinderMirrored = 0b00001011101;

    /// <summary>The sum of all four rules; less is better.</summary>
    public static int Of(bool[,] dark)
    {
        var size = dark.GetLength(0);
        var total = 0;
        for (var i = 0; i < size; i++)
        {
            var line = i;
            total += Line(size, at => dark[line, at]) + Line(size, at => dark[at, line]);
        }

        for (var row = 0; row < size - 1; row++)
        {
            for (var column = 0; column < size - 1; column++)
            {
                var one = dark[row, column];
                total += one == dark[row, column + 1] && one == dark[row + 1, column] && one == dark[row + 1, column + 1] ? 3 : 0;
            }
        }

        var share = dark.Cast<bool>().Count(one => one) * 100 / (size * size);
        return total + (Math.Abs(share - 50) / 5 * 10);
    }

    // Runs of one colour, and what could be taken for a finder pattern.
    private static int Line(int size, Func<int, bool> isDark)
    {
        var (total, run, window) = (0, 0, 0);
        for (var at = 0; at < size; at++)
        {
            run = at > 0 && isDark(at) == isDark(at - 1) ? run + 1 : 1;
            total += run == 5 ? 3 : run > 5 ? 1 : 0;
            window = ((window << 1) | (isDark(at) ? 1 : 0)) & 0x7FF;
            total += at >= 10 && window is (LikeFinder or LikeFinderMirrored) ? 40 : 0;
        }

        return total;
    }
}

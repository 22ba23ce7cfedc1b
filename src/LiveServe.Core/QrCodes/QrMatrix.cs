namespace LiveServe.QrCodes;

/// <summary>The modules of one code: patterns, data and mask. ISO/IEC 18004:2015 § 6.3, 7.7 to 7.10.</summary>
internal sealed class QrMatrix
{
    private const int FormatGenerator = 0x537, FormatMask = 0x5412, VersionGenerator = 0x1F25; // § 7.9, 7.10, annexes C and D
    private const int LevelL = 0b01;

    private readonly QrVersion _version;
    private readonly bool[,] _dark;
    private readonly bool[,] _fixed; // modules that hold no data

    private QrMatrix(QrVersion version)
    {
        _version = version;
        _dark = new bool[version.Size, version.Size];
        _fixed = new bool[version.Size, version.Size];
    }

    /// <summary>The code of these codewords under the mask that is easiest to read; rows first, <see langword="true"/> is dark.</summary>
    public static bool[,] Of(byte[] codewords, QrVersion version) =>
        Enumerable.Range(0, 8).Select(mask => Under(mask, codewords, version)).MinBy(QrPenalty.Of)!;

    private static bool[,] Under(int mask, byte[] codewords, QrVersion version)
    {
        var matrix = new QrMatrix(version);
        matrix.DrawPatterns();
        matrix.DrawFormat(mask);
        matrix.DrawVersion();
        matrix.DrawData(codewords, mask);
        return matrix._dark;
    }

    private int Size => _version.Size;

    // § 6.3.3 to 6.3.6.
    private void DrawPatterns()
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(3, Size - 4);
        DrawFinder(Size - 4, 3);
        var last = _version.Alignment.LastOrDefault();
        foreach (var row in _version.Alignment)
        {
            foreach (var column in _version.Alignment.Where(column => (row, column) is not (6, 6) && (row, column) != (6, last) && (row, column) != (last, 6)))
            {
                Square(row, column, 2, distance => distance != 1);
            }
        }
    }

    // With its separator: light at distance 2 and 4.
    private void DrawFinder(int row, int column) => Square(row, column, 4, distance => distance is not (2 or 4));

    private void Square(int row, int column, int reach, Func<int, bool> isDark)
    {
        for (var down = -reach; down <= reach; down++)
        {
            for (var right = -reach; right <= reach; right++)
            {
                if (row + down >= 0 && row + down < Size && column + right >= 0 && column + right < Size)
                {
                    Fix(row + down, column + right, isDark(Math.Max(Math.Abs(down), Math.Abs(right))));
                }
            }
        }
    }

    // § 7.9: twice, around the upper left corner and along the other two.
    private void DrawFormat(int mask)
    {
        var data = (LevelL << 3) | mask;
        var bits = ((data << 10) | Remainder(data, 10, FormatGenerator)) ^ FormatMask;
        for (var i = 0; i < 15; i++)
        {
            var dark = ((bits >> i) & 1) != 0;
            Fix(i < 6 ? i : i < 8 ? i + 1 : 8, i < 8 ? 8 : i == 8 ? 7 : 14 - i, dark);
            Fix(i < 8 ? 8 : Size - 15 + i, i < 8 ? Size - 1 - i : 8, dark);
        }

        Fix(Size - 8, 8, dark: true);
    }

    // § 7.10.
    private void DrawVersion()
    {
        if (_version.Number < 7)
        {
            return;
        }

        var bits = (_version.Number << 12) | Remainder(_version.Number, 12, VersionGenerator);
        for (var i = 0; i < 18; i++)
        {
            var dark = ((bits >> i) & 1) != 0;
            Fix(i / 3, Size - 11 + (i % 3), dark);
            Fix(Size - 11 + (i % 3), i / 3, dark);
        }
    }

    // § 7.7.3: two columns at a time from the right, up and down in turn; the column of the timing pattern is passed over.
    private void DrawData(byte[] codewords, int mask)
    {
        var bit = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            right = right == 6 ? 5 : right;
            var upward = ((right + 1) & 2) == 0;
            for (var step = 0; step < Size; step++)
            {
                var row = upward ? Size - 1 - step : step;
                for (var column = right; column > right - 2; column--)
                {
                    if (!_fixed[row, column])
                    {
                        var dark = bit < codewords.Length * 8 && ((codewords[bit / 8] >> (7 - (bit % 8))) & 1) != 0;
                        _dark[row, column] = dark ^ Flips(mask, row, column);
                        bit++;
                    }
                }
            }
        }
    }

    // Table 10.
    private static bool Flips(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };

    private static int Remainder(int data, int bits, int generator)
    {
        var remainder = data;
        for (var i = 0; i < bits; i++)
        {
            remainder = (remainder << 1) ^ ((remainder >> (bits - 1)) * generator);
        }

        return remainder;
    }

    private void Fix(int row, int column, bool dark) => (_dark[row, column], _fixed[row, column]) = (dark, true);
}

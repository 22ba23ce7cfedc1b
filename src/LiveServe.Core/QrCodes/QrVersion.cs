namespace LiveServe.QrCodes;

/// <summary>One size of a code at error correction level L, from 1 to 10. ISO/IEC 18004:2015.</summary>
/// <param name="Number">From 1 to 10.</param>
/// <param name="Codewords">All of them, in bytes (table 1).</param>
/// <param name="CorrectionPerBlock">Error correction codewords of each block (table 9).</param>
/// <param name="Blocks">Into which the data are divided (table 9).</param>
/// <param name="Alignment">Where alignment patterns have their centres, in both directions (annex E).</param>
internal sealed record QrVersion(int Number, int Codewords, int CorrectionPerBlock, int Blocks, int[] Alignment)
{
    private static readonly QrVersion[] All =
    [
        new(1, 26, 7, 1, []), new(2, 44, 10, 1, [6, 18]), new(3, 70, 15, 1, [6, 22]), new(4, 100, 20, 1, [6, 26]), new(5, 134, 26, 1, [6, 30]),
        new(6, 172, 18, 2, [6, 34]), new(7, 196, 20, 2, [6, 22, 38]), new(8, 242, 24, 2, [6, 24, 42]), new(9, 292, 30, 2, [6, 26, 46]), new(10, 346, 18, 4, [6, 28, 50]),
    ];

    /// <summary>The longest text, in bytes.</summary>
    public static int MaximumBytes => All[^1].Capacity;

    /// <summary>Modules along one side (§ 6.1).</summary>
    public int Size => 17 + (4 * Number);

    /// <summary>Data codewords.</summary>
    public int Data => Codewords - (CorrectionPerBlock * Blocks);

    /// <summary>Bits that say how many bytes there are (table 3).</summary>
    public int CountBits => Number < 10 ? 8 : 16;

    /// <summary>Bytes of text: what the mode and the count leave over.</summary>
    public int Capacity => Data - ((4 + CountBits + 7) / 8);

    /// <summary>The smallest one that holds so many bytes; <see langword="null"/> when none does.</summary>
    public static QrVersion? For(int bytes) => Array.Find(All, one => bytes <= one.Capacity);
}

namespace LiveServe.QrCodes;

/// <summary>From bytes to the codewords of a code: byte mode, padding, error correction, interleaving. ISO/IEC 18004:2015 § 7.4 to 7.6.</summary>
internal static class QrCodewords
{
    private const int ByteMode = 0b0100; // table 2

    /// <summary>All codewords of <paramref name="text"/>, in the order in which they are placed.</summary>
    public static byte[] Of(ReadOnlySpan<byte> text, QrVersion version)
    {
        var data = Data(text, version);
        var longer = version.Data % version.Blocks; // as many blocks, the last ones, have one data codeword more
        var blocks = new List<(byte[] Data, byte[] Correction)>();
        for (int i = 0, from = 0; i < version.Blocks; i++)
        {
            var length = (version.Data / version.Blocks) + (i >= version.Blocks - longer ? 1 : 0);
            var block = data[from..(from + length)];
            blocks.Add((block, Correction(block, version.CorrectionPerBlock)));
            from += length;
        }

        return [.. Interleave(blocks.Select(block => block.Data)), .. Interleave(blocks.Select(block => block.Correction))];
    }

    // § 7.4.5 byte mode, § 7.4.9 terminator, § 7.4.10 padding.
    private static byte[] Data(ReadOnlySpan<byte> text, QrVersion version)
    {
        var data = new byte[version.Data];
        var at = 0;
        void Put(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--, at++)
            {
                data[at / 8] |= (byte)(((value >> bit) & 1) << (7 - (at % 8)));
            }
        }

        Put(ByteMode, 4);
        Put(text.Length, version.CountBits);
        foreach (var one in text)
        {
            Put(one, 8);
        }

        at = Math.Min(at + 4, data.Length * 8); // four zeros, if there is room for them
        for (var (pad, even) = ((at + 7) / 8, true); pad < data.Length; pad++, even = !even)
        {
            data[pad] = even ? (byte)0xEC : (byte)0x11;
        }

        return data;
    }

    // § 7.6: the first of each block, then the second of each, as long as there are any.
    private static IEnumerable<byte> Interleave(IEnumerable<byte[]> blocks)
    {
        var all = blocks.ToList();
        for (var i = 0; i < all[^1].Length; i++)
        {
            foreach (var block in all.Where(block => i < block.Length))
            {
                yield return block[i];
            }
        }
    }

    // § 7.5.2: the remainder of the data polynomial by the generator polynomial over GF(256).
    private static byte[] Correction(byte[] data, int length)
    {
        var divisor = Generator(length);
        var remainder = new byte[length];
        foreach (var one in data)
        {
            var factor = (byte)(one ^ remainder[0]);
            remainder.AsSpan(1).CopyTo(remainder);
            remainder[^1] = 0;
            for (var i = 0; i < length; i++)
            {
                remainder[i] ^= Multiply(divisor[i], factor);
            }
        }

        return remainder;
    }

    // Annex A: the product of (x - 2^i), without its leading one.
    private static byte[] Generator(int degree)
    {
        var coefficients = new byte[degree];
        coefficients[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++, root = Multiply(root, 2))
        {
            for (var j = 0; j < degree; j++)
            {
                coefficients[j] = (byte)(Multiply(coefficients[j], root) ^ (j + 1 < degree ? coefficients[j + 1] : 0));
            }
        }

        return coefficients;
    }

    // In GF(256) with x^8 + x^4 + x^3 + x^2 + 1 (§ 7.5.2).
    private static byte Multiply(byte a, byte b)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D) ^ (((b >> bit) & 1) * a);
        }

        return (byte)product;
    }
}

using System.IO.Hashing;

namespace LiveServe.Content;

/// <summary>
/// The name of some bytes: equal for equal bytes, 32 lower-case hexadecimal digits.
/// </summary>
/// <remarks>
/// XXH128, not a cryptographic hash: it tells one version of the user's own file from the next and guards nothing.
/// <see langword="default"/> is the hash of no content at all and prints as the empty string.
/// </remarks>
internal readonly record struct ContentHash(UInt128 Value)
{
    /// <summary>The hash of <paramref name="bytes"/>.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes) => new(XxHash128.HashToUInt128(bytes));

    /// <summary>The hash that <paramref name="text"/> prints, or <see langword="null"/> when it is no such thing.</summary>
    public static ContentHash? Parse(string? text) =>
        text is { Length: 32 } && UInt128.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value)
            ? new(value)
            : null;

    /// <inheritdoc/>
    public override string ToString() => this == default ? "" : Value.ToString("x32", null);
}

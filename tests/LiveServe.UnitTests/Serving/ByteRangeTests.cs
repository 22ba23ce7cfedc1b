using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

/// <summary>RFC 9110 §14.1.2, with what the wild sends.</summary>
public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-", 100, "bytes 0-99/100")]
    [InlineData("bytes=0-0", 100, "bytes 0-0/100")]
    [InlineData("bytes=10-19", 100, "bytes 10-19/100")]
    [InlineData("bytes=90-200", 100, "bytes 90-99/100")]
    [InlineData("bytes=99-", 100, "bytes 99-99/100")]
    [InlineData("bytes=-10", 100, "bytes 90-99/100")]
    [InlineData("bytes=-200", 100, "bytes 0-99/100")]
    [InlineData("BYTES=1-2", 100, "bytes 1-2/100")]
    [InlineData("bytes= 1-2", 100, "bytes 1-2/100")]
    [InlineData("bytes=0-99999999999999999999", 100, "bytes 0-99/100")]
    [InlineData("bytes=100-", 100, "bytes */100")]
    [InlineData("bytes=99999999999999999999-", 100, "bytes */100")]
    [InlineData("bytes=-0", 100, "bytes */100")]
    [InlineData("bytes=0-", 0, "bytes */0")]
    [InlineData("bytes=5-4", 100, null)]
    [InlineData("bytes=", 100, null)]
    [InlineData("bytes=-", 100, null)]
    [InlineData("bytes=a-b", 100, null)]
    [InlineData("bytes=+1-2", 100, null)]
    [InlineData("bytes=1--2", 100, null)]
    [InlineData("bytes=0-1,5-6", 100, null)] // several: the whole
    [InlineData("lines=0-1", 100, null)]
    [InlineData("", 100, null)]
    public void A_range_is_what_the_standard_says(string header, long length, string? expected) =>
        Assert.Equal(expected, ByteRange.Parse(header, length)?.Describe(length));
}

using LiveServe.Serving;
using Microsoft.Extensions.Primitives;

namespace LiveServe.UnitTests.Serving;

/// <summary>RFC 9110 §14.1.2 and §14.2, with what the wild sends.</summary>
public sealed class ByteRangesTests
{
    [Theory]
    [InlineData("bytes=0-", 100, "0-99")]
    [InlineData("bytes=0-0", 100, "0-0")]
    [InlineData("bytes=10-19", 100, "10-19")]
    [InlineData("bytes=90-200", 100, "90-99")]
    [InlineData("bytes=99-", 100, "99-99")]
    [InlineData("bytes=-10", 100, "90-99")]
    [InlineData("bytes=-200", 100, "0-99")]
    [InlineData("BYTES=1-2", 100, "1-2")]
    [InlineData("bytes= 1-2", 100, "1-2")]
    [InlineData("bytes=0-99999999999999999999", 100, "0-99")]
    [InlineData("bytes=1-2,5-6", 100, "1-2 5-6")]
    [InlineData("bytes=1-2 , 5-6", 100, "1-2 5-6")]
    [InlineData("bytes=,1-2,,5-6,", 100, "1-2 5-6")]
    [InlineData("bytes=50-,0-0", 100, "50-99 0-0")] // the client's order
    [InlineData("bytes=0-4,5-9", 100, "0-4 5-9")] // neighbours do not overlap
    [InlineData("bytes=0-1,-1", 100, "0-1 99-99")]
    [InlineData("bytes=0-1,200-300", 100, "0-1")] // what lies behind the end is passed over
    [InlineData("bytes=0-10,5-20", 100, "0-20")]
    [InlineData("bytes=5-20,0-10,80-", 100, "0-20 80-99")]
    [InlineData("bytes=0-10,20-30,5-25", 100, "0-30")] // one that joins two
    [InlineData("bytes=0-,0-,0-", 100, "0-99")]
    [InlineData("bytes=100-", 100, "")]
    [InlineData("bytes=99999999999999999999-", 100, "")]
    [InlineData("bytes=-0", 100, "")]
    [InlineData("bytes=100-200,-0", 100, "")]
    [InlineData("bytes=0-", 0, "")]
    [InlineData("bytes=-5", 0, "")]
    [InlineData("bytes=0-,0-,0-,0-", 100, null)] // too much over one another
    [InlineData("bytes=5-4", 100, null)]
    [InlineData("bytes=0-1,5-4", 100, null)] // one that is malformed makes the set so
    [InlineData("bytes=0-1;5-6", 100, null)]
    [InlineData("bytes=", 100, null)]
    [InlineData("bytes=,", 100, null)]
    [InlineData("bytes=-", 100, null)]
    [InlineData("bytes=5", 100, null)]
    [InlineData("bytes=a-b", 100, null)]
    [InlineData("bytes=+1-2", 100, null)]
    [InlineData("bytes=1--2", 100, null)]
    [InlineData("bytes=1-2-3", 100, null)]
    [InlineData("bytes=0x0-1", 100, null)]
    [InlineData("bytes=٠-١", 100, null)]
    [InlineData("bytes 0-1", 100, null)]
    [InlineData("bytes =0-1", 100, null)]
    [InlineData("lines=0-1", 100, null)]
    [InlineData("", 100, null)]
    public void Ranges_are_what_the_standard_says(string header, long length, string? expected) => Assert.Equal(expected, Show(header, length));

    [Fact]
    public void Fifty_ranges_are_answered_and_more_are_greed()
    {
        Assert.Equal(50, ByteRanges.Parse(Many(50), 1000)!.Count);
        Assert.Null(ByteRanges.Parse(Many(51), 1000));
        Assert.Null(ByteRanges.Parse(Many(100_000), 1000));
    }

    [Fact]
    public void Two_headers_are_none() => Assert.Null(ByteRanges.Parse(new StringValues(["bytes=0-1", "bytes=5-6"]), 100));

    [Fact]
    public void A_part_says_where_it_is_from() => Assert.Equal("bytes 5-9/100", new ByteRange(5, 5).Describe(100));

    private static string Many(int count) => "bytes=" + string.Join(',', Enumerable.Range(0, count).Select(i => $"{i * 2}-{i * 2}"));

    private static string? Show(string header, long length) =>
        ByteRanges.Parse(header, length) is { } ranges ? string.Join(' ', ranges.Select(range => $"{range.First}-{range.End - 1}")) : null;
}

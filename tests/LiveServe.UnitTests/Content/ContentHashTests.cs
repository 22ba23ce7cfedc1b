using LiveServe.Content;

namespace LiveServe.UnitTests;

public sealed class ContentHashTests
{
    [Fact]
    public void Equal_bytes_have_equal_hashes_and_one_changed_bit_another()
    {
        Assert.Equal(ContentHash.Of("abc"u8), ContentHash.Of("abc"u8));
        Assert.NotEqual(ContentHash.Of("abc"u8), ContentHash.Of("abb"u8));
    }

    [Fact]
    public void What_it_prints_parses_back()
    {
        var hash = ContentHash.Of(""u8);
        Assert.Equal(hash, ContentHash.Parse(hash.ToString()));
        Assert.Equal(32, hash.ToString().Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("zz23456789abcdef0123456789abcdef")]
    [InlineData("../../../../../../etc/passwd/xxx")]
    public void Anything_else_is_no_hash(string? text) => Assert.Null(ContentHash.Parse(text));
}

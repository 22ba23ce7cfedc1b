using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

/// <summary>RFC 9110 §12.5.3.</summary>
public sealed class ContentCodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("gzip, deflate, br, zstd", "br")] // browsers
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("deflate", "")]
    [InlineData("br;q=0", "")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0.0, gzip;q=0.000", "")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0.8, gzip ; Q=0.8", "br")]
    [InlineData("*", "br")]
    [InlineData("*;q=0", "")]
    [InlineData("*;q=0, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("identity", "")]
    [InlineData("identity;q=1, br;q=0.5", "")]
    [InlineData("identity;q=0.5, br;q=0.5", "br")]
    [InlineData("identity;q=0, br", "br")]
    [InlineData("br;q=2", "")] // no weight
    [InlineData("br;q=-1", "")]
    [InlineData("br;q=NaN", "")]
    [InlineData("br;q=", "")]
    [InlineData("br;level=9", "")]
    [InlineData("brotli, gzipped, ,;,", "")]
    public void The_client_chooses(string acceptEncoding, string coding) => Assert.Equal(coding, ContentCoding.Choose(acceptEncoding).Name);

    [Theory]
    [InlineData("text/html; charset=utf-8", 2000, true)]
    [InlineData("image/svg+xml", 2000, true)]
    [InlineData("application/json", 2000, true)]
    [InlineData("application/wasm", 2000, true)]
    [InlineData("font/ttf", 2000, true)]
    [InlineData("text/css", 1000, false)]
    [InlineData("image/png", 2000, false)]
    [InlineData("font/woff2", 2000, false)]
    [InlineData("application/octet-stream", 2000, false)]
    public void Only_what_gets_shorter_is_coded(string type, long length, bool expected) => Assert.Equal(expected, ContentCoding.Helps(type, length));

    [Fact]
    public void Coded_bytes_have_a_tag_of_their_own()
    {
        Assert.Equal("\"a-br\"", new ContentCoding("br").Tag("\"a\""));
        Assert.Equal("\"a\"", ContentCoding.None.Tag("\"a\""));
        Assert.Equal("", new ContentCoding("br").Tag("")); // a page of ours has no versions
    }
}

namespace LiveServe.UnitTests;

public sealed class ResponseHeaderTests
{
    [Theory]
    [InlineData("X-Test: 1", "X-Test", "1")]
    [InlineData("X-Test:1", "X-Test", "1")]
    [InlineData("X-Test: \t a b \t", "X-Test", "a b")]
    [InlineData("Content-Security-Policy: default-src https://a.example:8443", "Content-Security-Policy", "default-src https://a.example:8443")]
    [InlineData("X-Empty:", "X-Empty", "")]
    [InlineData("Cache-Control: no-store", "Cache-Control", "no-store")]
    public void A_name_a_colon_and_a_value(string text, string name, string value)
    {
        var header = ResponseHeader.Parse(text, out var problem)!;
        Assert.Equal((name, value, ""), (header.Name, header.Value, problem));
    }

    [Theory]
    [InlineData("", "no colon")]
    [InlineData("X-Test", "no colon")]
    [InlineData(": x", "name")]
    [InlineData("X Test: 1", "name")]
    [InlineData("X-Tést: 1", "name")]
    [InlineData("X-\r\nSet-Cookie: 1", "name")]
    [InlineData("\tX: 1", "name")]
    [InlineData("X: 1\r\nSet-Cookie: evil=1", "control")]
    [InlineData("X: 1\nY: 2", "control")]
    [InlineData("X: 1\0", "control")]
    [InlineData("X: \u007F", "control")]
    [InlineData("X: \u0085", "control")]
    [InlineData("X: café", "ASCII")]
    [InlineData("Content-Length: 5", "Content-Length")]
    [InlineData("transfer-encoding: chunked", "transfer-encoding")]
    [InlineData("Connection: close", "Connection")]
    [InlineData("Content-Type: text/plain", "Content-Type")]
    [InlineData("Content-Encoding: gzip", "Content-Encoding")]
    [InlineData("ETag: \"x\"", "ETag")]
    public void What_would_break_an_answer_is_refused(string text, string word)
    {
        Assert.Null(ResponseHeader.Parse(text, out var problem));
        Assert.Contains(word, problem, StringComparison.OrdinalIgnoreCase);
    }
}

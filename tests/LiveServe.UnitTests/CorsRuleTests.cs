namespace LiveServe.UnitTests;

public sealed class CorsRuleTests
{
    [Theory]
    [InlineData("", "http://localhost:3000", "http://localhost:3000")]
    [InlineData("", "https://127.0.0.1", "https://127.0.0.1")]
    [InlineData("", "http://[::1]:9", "http://[::1]:9")]
    [InlineData("", "http://app.localhost", "http://app.localhost")]
    [InlineData("", "http://localhost.evil.example", null)]
    [InlineData("", "http://evil.example", null)]
    [InlineData("", "null", null)]
    [InlineData("", "", null)]
    [InlineData("", "file://", null)]
    [InlineData("", "http://localhost:3000, http://evil.example", null)]
    [InlineData("", "http://localhost\r\nX: 1", null)]
    [InlineData("http://a.example", "http://a.example", "http://a.example")]
    [InlineData("http://a.example/", "http://a.example:80", "http://a.example:80")]
    [InlineData("HTTP://A.example", "http://a.example", "http://a.example")]
    [InlineData("http://a.example", "https://a.example", null)]
    [InlineData("http://a.example", "http://a.example:8080", null)]
    [InlineData("http://a.example", "http://a.example.evil.example", null)]
    [InlineData("http://a.example", "http://b.a.example", null)]
    [InlineData("http://a.example", "http://localhost", null)]
    [InlineData("*", "http://evil.example", "*")]
    [InlineData("*", "null", "*")]
    public void Only_who_is_named_may_read(string rule, string origin, string? allowed) =>
        Assert.Equal(allowed, CorsRule.Parse(rule, out _)!.AllowedOrigin(origin));

    [Theory]
    [InlineData("localhost:3000")]
    [InlineData("http://")]
    [InlineData("http://a.example/path")]
    [InlineData("http://*.example")]
    [InlineData("null")]
    [InlineData("http://a.example,http://b.example")]
    public void What_is_no_origin_is_refused_with_the_way_to_write_one(string text)
    {
        Assert.Null(CorsRule.Parse(text, out var problem));
        Assert.Contains("scheme://host", problem, StringComparison.Ordinal);
    }
}

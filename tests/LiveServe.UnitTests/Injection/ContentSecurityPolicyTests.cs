using LiveServe.Injection;

namespace LiveServe.UnitTests.Injection;

public sealed class ContentSecurityPolicyTests
{
    [Theory]
    [InlineData("script-src 'nonce-", null)]
    [InlineData("script-src 'nonce-'", null)]
    [InlineData("script-src 'nonce-abc", null)] // no closing quote: browsers ignore the source
    [InlineData("script-src 'nonce-a\"b'", null)]
    [InlineData("script-src 'nonce-' 'NONCE-aZ09+/-_=='", "aZ09+/-_==")]
    [InlineData(";;; ; script-src", null)]
    public void A_nonce_is_repeated_only_when_it_is_one(string policy, string? nonce) =>
        Assert.Equal(nonce, ContentSecurityPolicy.Admit(policy).Nonce);

    [Fact]
    public void Any_policy_is_read_without_throwing()
    {
        string[] parts = ["script-src", "default-src", "connect-src", "'nonce-", "'nonce-a'", "'", "'self'", "'none'", "*", ";", " ", "\t", "http:", "'strict-dynamic'", "é", "\0"];
        var random = new Random(20261125);
        for (var round = 0; round < 20_000; round++)
        {
            var policy = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var once = ContentSecurityPolicy.Admit(policy);
            Assert.Empty(ContentSecurityPolicy.Admit(once.Policy).Extended); // extending it once is enough
        }
    }
}

using System.Net;
using LiveServe.Security;
using Microsoft.Extensions.Primitives;

namespace LiveServe.UnitTests.Security;

public sealed class PairingTests
{
    private static readonly byte[] Secret = new byte[32];
    private static readonly Pairing Door = new(Secret, "/site");
    private static readonly string Cookie = $"{Door.CookieName}={Door.Cookie}";

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:127.8.8.8", true)]
    [InlineData("192.168.1.7", false)]
    [InlineData("::ffff:192.168.1.7", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData(null, false)]
    public void This_machine_needs_nothing_and_every_other_does(string? address, bool local)
    {
        var peer = address is null ? null : IPAddress.Parse(address);
        Assert.Equal(local, Peer.IsLocal(peer));
        Assert.Equal(local ? PairingVerdict.Admitted : PairingVerdict.Unknown, Door.Judge(peer, null, StringValues.Empty));
    }

    [Fact]
    public void A_link_pairs_and_its_cookie_admits()
    {
        Assert.Equal(PairingVerdict.Paired, Judge(Door.Token));
        Assert.Equal(PairingVerdict.Admitted, Judge(null, Cookie));
        Assert.Equal(PairingVerdict.Admitted, Judge(null, "a=b; " + Cookie + "; c=d"));
        Assert.Equal(PairingVerdict.Admitted, Judge(null, "a=b", Cookie)); // HTTP/2 may send each on its own
        Assert.Equal(PairingVerdict.Admitted, Judge("old", Cookie));       // an old link in a paired browser
    }

    public static TheoryData<string?, string?> WrongOnes => new()
    {
        { "", null }, { "x", null }, { Door.Token + "x", null }, { Door.Token[..^1], null }, { Door.Cookie, null }, { Door.Token.ToUpperInvariant(), null },
        { new string('A', 10_000), null }, { "é" + Door.Token, null },
        { null, "" }, { null, Door.Cookie }, { null, $"{Door.CookieName}=" }, { null, $"{Door.CookieName}={Door.Token}" }, { null, Cookie + "x" }, { null, Cookie[..^1] },
        { null, $"x{Cookie}" }, { null, $"liveserve={Door.Cookie}" }, { null, Cookie + "," }, { null, ";;;" }, { null, $"{Door.CookieName}" },
        { null, $"\"{Cookie}\"" }, { null, $"{Door.CookieName}={new string('A', 10_000)}" },
    };

    [Theory, MemberData(nameof(WrongOnes))]
    public void Nothing_else_does(string? token, string? cookies) =>
        Assert.Equal(token is null ? PairingVerdict.Unknown : PairingVerdict.WrongLink, Judge(token, cookies ?? "a=b"));

    [Fact]
    public void The_cookie_outlives_a_run_and_the_link_does_not()
    {
        var next = new Pairing(Secret, "/site");
        Assert.Equal((Door.CookieName, Door.Cookie), (next.CookieName, next.Cookie));
        Assert.NotEqual(Door.Token, next.Token);
        Assert.True(Door.Token.Length >= 22, "A token has 128 bits.");
    }

    [Fact]
    public void Another_site_and_another_user_have_other_cookies()
    {
        foreach (var other in new[] { new Pairing(Secret, "/other"), new Pairing([.. Secret[..31], 1], "/site") })
        {
            Assert.NotEqual(Door.CookieName, other.CookieName);
            Assert.NotEqual(Door.Cookie, other.Cookie);
        }
    }

    [Fact]
    public void What_stands_behind_gets_all_cookies_but_ours()
    {
        Assert.Equal("a=b; c=d", Door.Without($"a=b; {Cookie}; c=d"));
        Assert.Equal("a=b; c=d", Door.Without(new StringValues(["a=b", Cookie, "c=d"])));
        Assert.Equal("a=b;c=\"d\"", Door.Without("a=b;c=\"d\"")); // as it came
        Assert.Equal(StringValues.Empty, Door.Without(Cookie));
        Assert.Equal(StringValues.Empty, Door.Without(StringValues.Empty));
    }

    [Fact]
    public void The_cookie_is_for_our_server_alone()
    {
        Assert.Equal($"{Cookie}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict", Door.SetCookie(secure: false));
        Assert.EndsWith("; Secure", Door.SetCookie(secure: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?liveserve=T", "T", "/", "/?liveserve=…")]
    [InlineData("/a/b?liveserve=T", "T", "/a/b", "/a/b?liveserve=…")]
    [InlineData("/a?x=1&liveserve=T", "T", "/a?x=1", "/a?x=1&liveserve=…")]
    [InlineData("/a?liveserve=T&x=1", "T", "/a?x=1", "/a?liveserve=…&x=1")]
    [InlineData("/a?x=1&liveserve=T&y=%20", "T", "/a?x=1&y=%20", "/a?x=1&liveserve=…&y=%20")]
    [InlineData("/a?liveserve=", "", "/a", "/a?liveserve=…")]
    [InlineData("//evil.example/?liveserve=T", "T", "/evil.example/", "//evil.example/?liveserve=…")]
    [InlineData("/\\evil.example/?liveserve=T", "T", "/evil.example/", "/\\evil.example/?liveserve=…")]
    [InlineData("http://evil.example/?liveserve=T", "T", "/", "http://evil.example/?liveserve=…")]
    [InlineData("/a?xliveserve=T", null, "/", "/a?xliveserve=T")]
    [InlineData("/liveserve=T", null, "/", "/liveserve=T")]
    [InlineData("/a?LiveServe=T", null, "/", "/a?LiveServe=T")]
    [InlineData("/a?", null, "/", "/a?")]
    [InlineData("", null, "/", "")]
    public void The_token_is_found_taken_out_and_hidden(string target, string? token, string without, string hidden)
    {
        Assert.Equal(token, PairingLink.TokenIn(target));
        Assert.Equal(without, PairingLink.Without(target));
        Assert.Equal(hidden, PairingLink.Hide(target));
    }

    private static PairingVerdict Judge(string? token, params string[] cookies) => Door.Judge(IPAddress.Parse("192.168.1.7"), token, new StringValues(cookies));
}

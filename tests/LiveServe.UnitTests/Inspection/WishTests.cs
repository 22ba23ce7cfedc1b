using System.Text;
using LiveServe.Inspection;

namespace LiveServe.UnitTests.Inspection;

/// <summary>What the inspector's page asks for is read strictly; whatever acts needs the host.</summary>
public sealed class WishTests
{
    [Theory]
    [InlineData("{}", "missing_field")]
    [InlineData("[]", "bad_json")]
    [InlineData("", "bad_json")]
    [InlineData("{\"type\":5}", "bad_type")]
    [InlineData("{\"type\":\"host\"}", "missing_field")]
    [InlineData("{\"type\":\"host\",\"type\":\"send\"}", "bad_json")]
    [InlineData("{\"type\":\"host\",\"key\":\"\\ud800\"}", "bad_json")]
    [InlineData("{\"type\":\"send\",\"to\":\"all\",\"data\":\"x\",\"opcode\":\"close\"}", "bad_json")]
    [InlineData("{\"type\":\"frames\",\"socket\":[]}", "bad_json")]
    [InlineData("{\"type\":\"frames\",\"socket\":\"a\",\"ref\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}", "too_long")]
    public void What_is_wrong_is_refused_in_words(string json, string code)
    {
        var (wish, refusal) = InspectorWish.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(wish);
        Assert.Equal(code, refusal!.Code);
    }

    [Fact]
    public void A_type_of_a_later_version_is_ignored() => Assert.Equal((null, null), InspectorWish.Read("{\"type\":\"replay\"}"u8.ToArray()));

    [Theory]
    [InlineData("{\"type\":\"host\",\"key\":\"k\"}", false)]
    [InlineData("{\"type\":\"follow\"}", false)]
    [InlineData("{\"type\":\"frames\",\"socket\":\"c1\"}", false)]
    [InlineData("{\"type\":\"payload\",\"socket\":\"c1\",\"n\":1}", false)]
    [InlineData("{\"type\":\"reveal\",\"on\":true}", true)]
    [InlineData("{\"type\":\"send\",\"to\":\"all\",\"data\":\"x\"}", true)]
    [InlineData("{\"type\":\"simulate\",\"socket\":\"c1\",\"pause\":true}", true)]
    [InlineData("{\"type\":\"close\",\"socket\":\"c1\"}", true)]
    public void Whatever_acts_needs_the_host(string json, bool needsHost) => Assert.Equal(needsHost, InspectorWish.Read(Encoding.UTF8.GetBytes(json)).Wish!.NeedsHost);

    [Theory]
    [InlineData(true, 0, false, true)]
    [InlineData(false, 100, false, true)]
    [InlineData(false, 0, true, true)]
    [InlineData(false, 0, false, false)]
    public void A_simulation_ends_by_itself_after_five_minutes(bool pause, int delay, bool drop, bool holds)
    {
        var simulation = new Simulation(pause, delay, drop, Until: 1000 + Simulation.Lasts);
        Assert.Equal(300_000, Simulation.Lasts);
        Assert.Equal(holds, simulation.Holds(1000));
        Assert.Equal(holds, simulation.Holds(999 + Simulation.Lasts));
        Assert.False(simulation.Holds(1000 + Simulation.Lasts));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome 140")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1", "Edge 140")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari 18")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0", "Firefox 141")]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData("Chrome/", "Chrome")]
    [InlineData("<script>alert(1)</script>aaaaaaaaaaaaaaaaaaaaaaaaa", "<script>alert(1)</script>aaaaa")]
    public void A_browser_has_a_short_name(string? userAgent, string name) => Assert.Equal(name, BrowserName.Of(userAgent));
}

using LiveServe.Serving;
using Microsoft.Extensions.Primitives;

namespace LiveServe.UnitTests.Serving;

public sealed class ValidatorsTests
{
    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("W/\"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"x\", \"a\"", true)]
    [InlineData("\"x\",W/\"a\" , \"y\"", true)]
    [InlineData("\"x, \\\"\", \"a\"", false)] // no escapes in tags: the rest is out of step, and nothing matches by luck
    [InlineData("\"b\"", false)]
    [InlineData("\"A\"", false)]
    [InlineData("a", false)]
    [InlineData("\"a", false)]
    [InlineData("", false)]
    [InlineData("\"\"", false)]
    [InlineData("\"", false)]
    [InlineData(",,,", false)]
    [InlineData("**", false)]
    public void A_copy_is_good_when_its_tag_is_named(string header, bool good) =>
        Assert.Equal(good, Validators.NoneMatchHolds(header, "\"a\""));

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("*", true)]
    [InlineData("\"x\", \"a\"", true)]
    [InlineData("W/\"a\", \"a\"", true)]
    [InlineData("W/\"a\"", false)] // strong comparison: a weak tag names no bytes
    [InlineData("w/\"a\"", false)]
    [InlineData("\"b\"", false)]
    [InlineData("a", false)]
    [InlineData("", false)]
    public void A_version_is_meant_when_its_strong_tag_is_named(string header, bool meant) =>
        Assert.Equal(meant, Validators.MatchHolds(header, "\"a\""));

    [Fact]
    public void Several_headers_are_one_list() =>
        Assert.True(Validators.NoneMatchHolds(new StringValues(["\"x\"", "\"a\""]), "\"a\""));
}

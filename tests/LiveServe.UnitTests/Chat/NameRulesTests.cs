using LiveServe.Chat;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Chat;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("Ann", null)]
    [InlineData("  Ann  ", null)]
    [InlineData("李小龍", null)]
    [InlineData("👨‍👩‍👧", null)]
    [InlineData("O'Neill-Smith", null)]
    [InlineData("", "bad_name")]
    [InlineData("   ", "bad_name")]
    [InlineData("\u3164", "bad_name")]
    [InlineData("\u2800\u115F", "bad_name")]
    [InlineData("a\nb", "bad_name")]
    [InlineData("a\u202Eb", "bad_name")]
    [InlineData("a\u2066b", "bad_name")]
    [InlineData("a\u200Bb", "bad_name")]
    [InlineData("\u001b[31mred", "bad_name")]
    [InlineData("123456789012345678901234567890123", "bad_name")]
    [InlineData("Server", "name_reserved")]
    [InlineData(" LIVESERVE ", "name_reserved")]
    [InlineData("everyone", "name_reserved")]
    public void Names(string name, string? code) => Assert.Equal(code, NameRules.JudgeName(name)?.Code);

    [Theory]
    [InlineData("hello", "text", null)]
    [InlineData("", "text", "empty")]
    [InlineData(" \n\t ", "text", "empty")]
    public void Bodies(string body, string format, string? code) =>
        Assert.Equal(code, NameRules.JudgeBody(new Say("k", body, format, null, null))?.Code);

    [Fact]
    public void Lengths_are_counted_in_characters_as_people_see_them()
    {
        var family = "👨‍👩‍👧‍👦"; // one character, 25 bytes
        Assert.Null(Judge(string.Concat(Enumerable.Repeat(family, 655)) + "123456789"));
        Assert.Equal("too_long", Judge(string.Concat(Enumerable.Repeat(family, 655)) + "1234567890"));
        Assert.Null(Judge(new string('x', 4000)));
        Assert.Equal("too_long", Judge(new string('x', 4001)));
        Assert.Null(NameRules.JudgeBody(new Say("k", new string('x', 32 * 1024), "code", null, null)));
        Assert.Equal("too_long", NameRules.JudgeBody(new Say("k", new string('x', (32 * 1024) + 1), "code", null, null))?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ü")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_cid_is_short_printable_ASCII(string cid) => Assert.Equal("cid", NameRules.JudgeBody(new Say(cid, "x", "text", null, null))?.Field);

    [Fact]
    public void Control_characters_leave_a_body_and_lines_end_alike() =>
        Assert.Equal("a\nb\tc[31m", NameRules.CleanBody("a\r\nb\tc\u001b\u0007[31m"));

    [Fact]
    public void Ten_at_once_then_two_a_second()
    {
        var allowance = new Allowance();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, allowance.Take(1000));
        }

        Assert.Equal(500, allowance.Take(1000));
        Assert.Equal(0, allowance.Take(1500));
        Assert.Equal(500, allowance.Take(1500));
        Assert.Equal(500, allowance.Take(0)); // a clock that goes back gives nothing
    }

    private static string? Judge(string body) => NameRules.JudgeBody(new Say("k", body, "text", null, null))?.Code;
}

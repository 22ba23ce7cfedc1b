using LiveServe.Chat;

namespace LiveServe.UnitTests.Chat;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("Ann", null)]
    [InlineData("  Ann  ", null)]
    [InlineData("\u00A0Ann\u3000", null)]
    [InlineData("李小龍", null)]
    [InlineData("هند", null)]
    [InlineData("สมชาย", null)]
    [InlineData("हिन्दी", null)]
    [InlineData("한글", null)]
    [InlineData("👨‍👩‍👧", null)]
    [InlineData("👩🏽‍💻", null)]
    [InlineData("❤️‍🔥", null)]
    [InlineData("🇨🇭", null)]
    [InlineData("1️⃣", null)]
    [InlineData("O'Neill-Smith", null)]
    [InlineData("<b>x</b>", null)]
    [InlineData("bob: hi", null)]
    [InlineData("Robert'); DROP TABLE people;--", null)]
    [InlineData("__proto__", null)]
    [InlineData("", "bad_name")]
    [InlineData("   ", "bad_name")]
    [InlineData("\u200B", "bad_name")]
    [InlineData("\u3164", "bad_name")]
    [InlineData("\u2800", "bad_name")]
    [InlineData("\u115F", "bad_name")]
    [InlineData("\u1160\uFFA0", "bad_name")]
    [InlineData("\u2800\u115F", "bad_name")]
    [InlineData("\u0301", "bad_name")]
    [InlineData("\u034F", "bad_name")]
    [InlineData("A\u3164nn", "bad_name")]
    [InlineData("a\nb", "bad_name")]
    [InlineData("a\tb", "bad_name")]
    [InlineData("a\0b", "bad_name")]
    [InlineData("a\u0085b", "bad_name")]
    [InlineData("a\u2028b", "bad_name")]
    [InlineData("a\u2029b", "bad_name")]
    [InlineData("a\u202Eb", "bad_name")]
    [InlineData("admin\u202E", "bad_name")]
    [InlineData("a\u2066b", "bad_name")]
    [InlineData("a\u061Cb", "bad_name")]
    [InlineData("a\u200Fb", "bad_name")]
    [InlineData("a\u200Bb", "bad_name")]
    [InlineData("a\u00ADb", "bad_name")]
    [InlineData("a\uFEFFb", "bad_name")]
    [InlineData("A\u200Dnn", "bad_name")]
    [InlineData("\u200D👧", "bad_name")]
    [InlineData("👧\u200D", "bad_name")]
    [InlineData("👧\u200Da", "bad_name")]
    [InlineData("a\uE000", "bad_name")]
    [InlineData("\u001b[31mred", "bad_name")]
    [InlineData("\u001b]0;title\u0007", "bad_name")]
    [InlineData("a\u0301\u0301\u0301\u0301", null)]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301", "bad_name")]
    [InlineData("12345678901234567890123456789012", null)]
    [InlineData("123456789012345678901234567890123", "bad_name")]
    [InlineData("system", "name_reserved")]
    [InlineData("Server", "name_reserved")]
    [InlineData("me", "name_reserved")]
    [InlineData("websocket", "name_reserved")]
    [InlineData("host", "name_reserved")]
    [InlineData(" LIVESERVE ", "name_reserved")]
    [InlineData("everyone", "name_reserved")]
    [InlineData("\u0455ystem", "name_reserved")] // Cyrillic
    [InlineData("SYST\u0395M", "name_reserved")] // Greek
    [InlineData("ｓｅｒｖｅｒ", "name_reserved")]
    [InlineData("𝐡𝐨𝐬𝐭", "name_reserved")]
    [InlineData("ⓗⓞⓢⓣ", "name_reserved")]
    [InlineData("h\u00F6st", "name_reserved")]
    [InlineData("ho\u0301st", "name_reserved")]
    [InlineData("h0st", "name_reserved")]
    [InlineData("Live Serve", "name_reserved")]
    [InlineData("(me)", "name_reserved")]
    [InlineData("hostess", null)]
    [InlineData("Meg", null)]
    public void Names(string name, string? code) => Assert.Equal(code, NameRules.Judge(name, out _)?.Code);

    [Theory]
    [InlineData("  Ann \u00A0 Lee ", "Ann Lee")]
    [InlineData("A\u2003\u3000B", "A B")]
    [InlineData("e\u0301", "e\u0301")]
    public void A_name_is_used_with_single_plain_spaces_and_otherwise_as_it_is(string name, string used)
    {
        Assert.Null(NameRules.Judge(name, out var taken));
        Assert.Equal(used, taken);
    }

    [Fact]
    public void The_refusal_says_which_limit_was_passed()
    {
        var families = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 32)); // 32 characters, 800 bytes
        Assert.Contains("800 bytes", NameRules.Judge(families, out _)!.Message, StringComparison.Ordinal);
        Assert.Contains("32 characters", NameRules.Judge(new string('a', 40), out _)!.Message, StringComparison.Ordinal);
        var marked = string.Concat(Enumerable.Repeat("a\u0301\u0302\u0303\u0304", 32));
        Assert.Contains("bytes", NameRules.Judge(marked, out _)!.Message, StringComparison.Ordinal);
    }
}

using LiveServe.Chat;

namespace LiveServe.UnitTests.Chat;

public sealed class BodyRulesTests
{
    private const string Family = "👨‍👩‍👧‍👦"; // one character, 25 bytes

    [Theory]
    [InlineData("hello", null)]
    [InlineData(" a ", null)]
    [InlineData("👧", null)]
    [InlineData("<script>alert(1)</script>", null)]
    [InlineData("x\",\"name\":\"teacher", null)]
    [InlineData("", "empty")]
    [InlineData(" \n\t ", "empty")]
    [InlineData("\u200B\u200D\uFEFF", "empty")]
    [InlineData("\u3164\u2800", "empty")]
    [InlineData("\u202E", "empty")]
    [InlineData("\u0301", "empty")]
    [InlineData("\0\u0007\u001b", "empty")]
    public void Bodies(string body, string? code) => Assert.Equal(code, Judge(body));

    [Fact]
    public void Lengths_are_counted_in_characters_as_people_see_them_and_in_bytes()
    {
        Assert.Null(Judge(Repeat(Family, 655) + "123456789")); // 16,384 bytes
        Assert.Equal("too_long", Judge(Repeat(Family, 655) + "1234567890"));
        Assert.Equal("too_long", Judge(Repeat(Family, 4000)));
        Assert.Null(Judge(new string('x', 4000)));
        Assert.Equal("too_long", Judge(new string('x', 4001)));
        Assert.Null(Judge(Repeat("e\u0301", 4000)));
        Assert.Equal("too_long", Judge(Repeat("e\u0301", 4001)));
        Assert.Null(Judge(new string('x', 32 * 1024), isCode: true));
        Assert.Equal("too_long", Judge(new string('x', (32 * 1024) + 1), isCode: true));
        Assert.Contains("100000 bytes", BodyRules.Judge(Repeat(Family, 4000), false, "k", out _)!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\r\r\nb", "a\n\nb")]
    [InlineData("\ta\n    b\n", "\ta\n    b\n")]
    [InlineData("b\tc\u001b\u0007[31m\u0085\u009b\u007f\0", "b\tc[31m")]
    [InlineData("\u2028\u2029\uFEFF\uFFFE\uFFFD\u0378", "\u2028\u2029\uFEFF\uFFFE\uFFFD\u0378")]
    [InlineData("\u202Ea\u2066b", "\u202Ea\u2066b")]
    [InlineData("👨‍👩‍👧‍👦🇨🇭1️⃣👩🏽‍💻❤️", "👨‍👩‍👧‍👦🇨🇭1️⃣👩🏽‍💻❤️")]
    [InlineData("e\u0301", "e\u0301")]
    public void Lines_end_alike_controls_leave_and_all_else_is_kept(string body, string kept) => Assert.Equal(kept, BodyRules.Clean(body));

    [Fact]
    public void Marks_beyond_the_eighth_leave()
    {
        Assert.Equal("Z" + new string('\u0301', 8) + "x", BodyRules.Clean("Z" + new string('\u0301', 500) + "x"));
        Assert.Equal(Repeat("Z" + new string('\u0301', 8), 2), BodyRules.Clean(Repeat("Z" + new string('\u0301', 9), 2)));
        Assert.Equal(8, BodyRules.Clean("Z" + Repeat("\u0301\u200D", 500)).Count(letter => letter == '\u0301')); // a joiner is no letter
    }

    [Theory]
    [InlineData("k1", null)]
    [InlineData("!~", null)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", null)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "too_long")]
    [InlineData("", "missing_field")]
    [InlineData("a b", "bad_json")]
    [InlineData("ü", "bad_json")]
    [InlineData("a\0", "bad_json")]
    public void A_cid_is_short_printable_ASCII(string cid, string? code)
    {
        var problem = BodyRules.JudgeCid(cid);
        Assert.Equal(code, problem?.Code);
        Assert.Equal(code is null ? null : "cid", problem?.Field);
    }

    [Theory]
    [InlineData("c#", "c#")]
    [InlineData("objective-c++", "objective-c++")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("a b", null)]
    [InlineData("\"><img>", null)]
    [InlineData("__proto__", null)]
    [InlineData("123456789012345678901234567890123", null)]
    public void A_language_is_a_short_plain_word(string? lang, string? kept) => Assert.Equal(kept, BodyRules.Language(lang));

    // A browser counts by the same standard (UAX #29), so both agree on what a character is.
    [Theory]
    [InlineData("👨‍👩‍👧‍👦", 1)]
    [InlineData("🇨🇭🇩🇪", 2)]
    [InlineData("1️⃣", 1)]
    [InlineData("👩🏽‍💻", 1)]
    [InlineData("❤️‍🔥", 1)]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("각", 1)]
    [InlineData("\u1100\u1161\u11A8", 1)]
    [InlineData("\r\n", 1)]
    [InlineData("นำ", 1)]
    [InlineData("a\u200Db", 2)]
    [InlineData("நி", 1)]
    public void Characters(string text, int count)
    {
        Assert.True(Graphemes.AreMoreThan(count - 1, text));
        Assert.False(Graphemes.AreMoreThan(count, text));
    }

    private static string? Judge(string body, bool isCode = false) => BodyRules.Judge(body, isCode, "k", out _)?.Code;

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}

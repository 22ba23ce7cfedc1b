using LiveServe.Content;

namespace LiveServe.UnitTests.Content;

/// <summary>Forms C and D. The letters are written as escapes, so that no editor of this file can change what is tested.</summary>
public sealed class NormalFormTests
{
    [Theory]
    [InlineData("plain.html", "")]
    [InlineData("caf\u00E9", "cafe\u0301")]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("\u1EC7", "e\u0323\u0302")] // two marks
    [InlineData("e\u0323\u0302", "\u1EC7")]
    [InlineData("\u1EB9\u0302", "\u1EC7 e\u0323\u0302")] // neither form
    [InlineData("\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF")] // Hangul
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("\u304C", "\u304B\u3099")] // kana
    [InlineData("\u00DF\u0391\u4E2D", "")] // nothing to take apart
    [InlineData("\u0301", "")] // a mark without a letter
    [InlineData("\uD83D\uDE00", "")]
    [InlineData("server.\u212Aey", "")] // the Kelvin sign stays one: a key file is not found by it
    [InlineData("\uD800", "")]
    public void A_name_has_other_spellings(string name, string others) => Assert.Equal(others, string.Join(' ', NormalForm.Others(name)));
}

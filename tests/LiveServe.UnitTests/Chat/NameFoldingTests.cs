using LiveServe.Chat;

namespace LiveServe.UnitTests.Chat;

public sealed class NameFoldingTests
{
    [Theory]
    [InlineData("Ann", "ann")]
    [InlineData("Ann", "\u0410nn")] // Cyrillic A
    [InlineData("Ann", "Ａｎｎ")]
    [InlineData("Ann", "𝓐𝓷𝓷")]
    [InlineData("Ann", "Ⓐⓝⓝ")]
    [InlineData("Ann", "A\u200Dnn")]
    [InlineData("Ann", "Änn")]
    [InlineData("Ann", "A\u0308nn")]
    [InlineData("Ann Lee", "Ann\u3000 Lee")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("E\u0301", "\u00E9")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Łukasz", "lukasz")]
    [InlineData("Bjørn", "Bjorn")]
    [InlineData("Weiß", "WEISS")]
    [InlineData("Ærlig", "aerlig")]
    [InlineData("ﬁnn", "finn")]
    [InlineData("Ilse", "llse")] // a capital I looks like an l
    [InlineData("Bob", "B0b")]
    [InlineData("al", "a1")]
    [InlineData("ΝΙΚΟΣ", "νικος")]
    [InlineData("\u039Dina", "Nina")] // Greek capital nu looks like N
    [InlineData("\u03BDera", "vera")] // and its small letter like v
    [InlineData("МИША", "миша")]
    [InlineData("Ёлка", "Елка")]
    [InlineData("Cтас", "стас")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("K", "\u212A")] // the Kelvin sign
    [InlineData("Ü\uFE0F", "u")]
    public void Alike(string one, string other) => Assert.True(AreAlike(one, other), $"{NameFolding.Looks(one)} {NameFolding.Looks(other)}");

    [Theory]
    [InlineData("Ann", "Anna")]
    [InlineData("Ann", "A nn")]
    [InlineData("Bob", "Rob")]
    [InlineData("李", "季")]
    [InlineData("가", "나")]
    [InlineData("ก", "ข")]
    [InlineData("कि", "की")] // the vowel makes another syllable
    [InlineData("か", "カ")]
    [InlineData("Ann 2", "Ann 3")]
    public void Different(string one, string other) => Assert.False(AreAlike(one, other));

    [Fact]
    public void Names_are_shared_once_two_people_have_gone_by_one_look()
    {
        var names = new SharedNames();
        Assert.False(names.Note("u1", "Ann"));
        Assert.False(names.Note("u1", "ANN")); // the same person
        Assert.False(names.IsShared("Ann"));
        Assert.True(names.Note("u2", "\u0410nn"));
        Assert.False(names.Note("u3", "Ann")); // nothing new
        Assert.True(names.IsShared("ann"));
        Assert.False(names.IsShared("Bob"));
    }

    private static bool AreAlike(string one, string other)
    {
        var (a, b) = (NameFolding.Looks(one), NameFolding.Looks(other));
        return a.Lower == b.Lower || a.Lower == b.AsWritten || a.AsWritten == b.Lower || a.AsWritten == b.AsWritten;
    }
}

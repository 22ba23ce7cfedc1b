using LiveServe.Files;

namespace LiveServe.UnitTests.Files;

public sealed class FileStatTests
{
    private const long Ms = 1_000_000;

    /// <summary>How long ago it changed in milliseconds, with what fraction of a second, and whether another edit could look the same.</summary>
    [Theory]
    [InlineData(0, 123, true)]
    [InlineData(99, 123, true)]
    [InlineData(100, 123, false)]
    [InlineData(5000, 123, false)]
    [InlineData(-50, 123, true)] // its clock is a little ahead of ours
    [InlineData(-5000, 123, false)] // from the future: the next edit is of now
    [InlineData(0, 0, true)]
    [InlineData(1999, 0, true)] // whole seconds only: an old file system
    [InlineData(2000, 0, false)]
    public void A_young_file_is_judged_by_its_content(long agoMs, long fractionMs, bool isRacy)
    {
        var changed = (1_800_000_000_000 + fractionMs) * Ms;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000 + fractionMs + agoMs);
        Assert.Equal(isRacy, new FileStat(FileKind.Regular, 1, 1, 5, changed).IsRacyAt(now));
    }
}

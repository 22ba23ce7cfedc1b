using LiveServe.Files;
using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

/// <summary>Seconds are given from noon; the file is looked at at 100.</summary>
public sealed class FileDatesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(50, 50, "12:00:50", 50, true)]
    [InlineData(50.999, 50.999, "12:00:50", 50, true)]
    [InlineData(99.999, 99.999, "12:01:39", 99, true)]
    [InlineData(100, 100, null, 100, false)] // its second is not over: another edit may have the same date
    [InlineData(100.2, 100.2, null, 100, false)]
    [InlineData(10, 50, "12:00:10", 50, true)] // put in place later than it says: that is when it changed
    [InlineData(10, 100, null, 100, false)]
    [InlineData(500, 50, "12:01:40", 500, false)] // from the future: as new as this answer
    [InlineData(500, 100, null, 500, false)]
    public void A_date_is_told_when_it_tells_versions_apart(double modified, double became, string? shown, int changed, bool isStrong)
    {
        var dates = FileDates.Of(new FileStat(FileKind.Regular, 1, 1, Ns(modified), Ns(became)), Noon.AddSeconds(100.5));
        Assert.Equal(shown is null ? null : $"Wed, 01 Jul 2026 {shown} GMT", dates.LastModified);
        Assert.Equal((Noon.AddSeconds(changed), isStrong), (dates.Changed, dates.IsStrong));
    }

    [Theory]
    [InlineData(0, "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData(-1, "Wed, 31 Dec 1969 23:59:59 GMT")]
    [InlineData(-1_000_000_000, "Wed, 31 Dec 1969 23:59:59 GMT")]
    [InlineData(long.MinValue, "Tue, 21 Sep 1677 00:12:43 GMT")]
    public void Dates_before_the_epoch_are_dates(long modifiedNs, string shown) =>
        Assert.Equal(shown, FileDates.Of(new FileStat(FileKind.Regular, 1, 1, modifiedNs, Ns(0)), Noon.AddSeconds(100)).LastModified);

    private static long Ns(double seconds) => (Noon.ToUnixTimeSeconds() * 1_000_000_000) + (long)(seconds * 1_000_000_000);
}

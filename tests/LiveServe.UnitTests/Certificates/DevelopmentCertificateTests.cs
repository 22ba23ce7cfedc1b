using LiveServe.Certificates;

namespace LiveServe.UnitTests.Certificates;

public sealed class DevelopmentCertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_valid_and_trusted_one_is_taken()
    {
        using var foreign = Made.Certificate(Now.AddDays(-1), Now.AddDays(900));
        using var expired = Made.Certificate(Now.AddDays(-9), Now.AddDays(-1), developmentVersion: 9);
        using var future = Made.Certificate(Now.AddDays(1), Now.AddDays(9), developmentVersion: 9);
        using var old = Made.Certificate(Now.AddDays(-1), Now.AddDays(365), developmentVersion: 2);
        using var right = Made.Certificate(Now.AddDays(-1), Now.AddDays(100), developmentVersion: 6);
        using var shorter = Made.Certificate(Now.AddDays(-1), Now.AddDays(50), developmentVersion: 6);
        Assert.Equal(right, DevelopmentCertificate.Among([foreign, expired, future, old, shorter, right], Now, _ => true));
        Assert.Equal(old, DevelopmentCertificate.Among([foreign, expired, future, old, shorter, right], Now, one => one.Equals(old)));
        Assert.Null(DevelopmentCertificate.Among([foreign, expired, future, old, right], Now, _ => false));
    }
}

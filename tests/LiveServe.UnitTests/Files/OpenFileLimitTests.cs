using LiveServe.Files;

namespace LiveServe.UnitTests.Files;

public sealed class OpenFileLimitTests
{
    [Theory]
    [InlineData(null, 2000, 10_000)]
    [InlineData(1_048_576L, 2000, 10_000)]
    [InlineData(20_000L, 2000, 9920)]
    [InlineData(1024L, 216, 432)]
    [InlineData(256L, 24, 48)]
    [InlineData(10L, 1, 1)]
    public void Each_has_its_share(long? limit, int connections, int sockets)
    {
        Assert.Equal(connections, OpenFileLimit.Connections(limit, 2000));
        Assert.Equal(sockets, OpenFileLimit.Sockets(limit, 10_000));
    }

    [Fact]
    public void The_system_tells_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such limit");
        Assert.InRange(OpenFileLimit.OfThisProcess() ?? 64, 64, long.MaxValue);
    }
}

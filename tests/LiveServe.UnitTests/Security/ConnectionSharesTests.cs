using System.Net;
using LiveServe.Security;

namespace LiveServe.UnitTests.Security;

public sealed class ConnectionSharesTests
{
    [Fact]
    public void One_machine_has_its_share_and_another_has_its_own()
    {
        var shares = new ConnectionShares();
        var (greedy, other) = (IPAddress.Parse("192.168.1.7"), IPAddress.Parse("192.168.1.8"));
        Assert.All(Enumerable.Repeat(greedy, ConnectionShares.Maximum), peer => Assert.True(shares.TryEnter(peer)));
        Assert.False(shares.TryEnter(greedy));
        Assert.False(shares.TryEnter(IPAddress.Parse("::ffff:192.168.1.7")));
        Assert.True(shares.TryEnter(other));
        shares.Leave(greedy);
        Assert.True(shares.TryEnter(greedy));
        Assert.False(shares.TryEnter(greedy));
    }

    [Fact]
    public void This_machine_is_not_counted()
    {
        var shares = new ConnectionShares();
        Assert.All(Enumerable.Repeat(IPAddress.Loopback, ConnectionShares.Maximum * 2), peer => Assert.True(shares.TryEnter(peer)));
    }

    [Fact]
    public void Of_many_that_come_and_go_at_once_none_is_left_over()
    {
        var shares = new ConnectionShares();
        var peer = IPAddress.Parse("fd00::1");
        Parallel.For(0, 10_000, _ =>
        {
            if (shares.TryEnter(peer))
            {
                shares.Leave(peer);
            }
        });
        Assert.All(Enumerable.Repeat(peer, ConnectionShares.Maximum), one => Assert.True(shares.TryEnter(one)));
        Assert.False(shares.TryEnter(peer));
    }
}

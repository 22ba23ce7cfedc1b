using System.Net;

namespace LiveServe.UnitTests;

public sealed class ReachableAddressesTests
{
    [Fact]
    public void The_likeliest_address_is_first_and_what_nobody_reaches_is_left_out()
    {
        (string Address, bool HasGateway)[] found =
        [
            ("127.0.0.1", false), ("::1", false), ("fe80::1", true), ("169.254.3.4", true), ("0.0.0.0", true), ("::", true), ("ff02::1", true),
            ("172.17.0.1", false), ("fd00::7", true), ("2001:db8::7", true), ("203.0.113.9", true), ("192.168.1.7", true), ("10.1.2.3", true), ("192.168.1.7", true), ("172.32.0.1", true),
        ];
        var sorted = ReachableAddresses.Sort(found.Select(one => (IPAddress.Parse(one.Address), one.HasGateway)));
        Assert.Equal(
            ["192.168.1.7", "10.1.2.3", "203.0.113.9", "172.32.0.1", "fd00::7", "2001:db8::7", "172.17.0.1"],
            sorted.Select(address => address.ToString()));
    }

    [Theory]
    [InlineData("Laptop", "laptop", "laptop.local")]
    [InlineData("web1.corp.example", "web1.corp.example", "web1", "web1.local")]
    [InlineData("laptop.local", "laptop.local", "laptop")]
    [InlineData("")]
    [InlineData("bad name")]
    [InlineData("a/b")]
    public void A_machine_goes_by_its_host_name(string host, params string[] names) => Assert.Equal(names, ReachableAddresses.Names(host));
}

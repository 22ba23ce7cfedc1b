using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LiveServe;

/// <summary>The addresses at which other machines can reach this one.</summary>
internal static class ReachableAddresses
{
    /// <summary>Those of this machine's interfaces that are up, the likeliest first.</summary>
    public static IReadOnlyList<IPAddress> OfThisMachine()
    {
        try
        {
            return Sort(NetworkInterface.GetAllNetworkInterfaces()
                .Where(one => one.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
                .Select(one => one.GetIPProperties())
                .SelectMany(one => one.UnicastAddresses.Select(address => (address.Address, one.GatewayAddresses.Count > 0))));
        }
        catch (NetworkInformationException)
        {
            return []; // a system that does not tell; pages on this machine work all the same
        }
    }

    /// <summary>The names that this machine goes by: its host name, and that name in mDNS's zone (RFC 6762 §3).</summary>
    public static IReadOnlyList<string> NamesOfThisMachine() => Names(Dns.GetHostName());

    /// <summary>The same for any host name.</summary>
    public static IReadOnlyList<string> Names(string host)
    {
        var full = host.TrimEnd('.').ToLowerInvariant();
        var first = full.Split('.')[0];
        return first.Length == 0 || full.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')) ? [] : [.. new[] { full, first, first + ".local" }.Distinct()];
    }

    /// <summary>
    /// Leaves out what no browser on another machine can open, and puts first what leads there most likely: an interface with a way out before a
    /// virtual one, IPv4 before IPv6, private before public.
    /// </summary>
    public static IReadOnlyList<IPAddress> Sort(IEnumerable<(IPAddress Address, bool HasGateway)> found) =>
    [
        .. found.Where(one => !IPAddress.IsLoopback(one.Address) && !one.Address.IsIPv6LinkLocal && !one.Address.IsIPv6Multicast && !IsLinkLocal(one.Address)
                && !one.Address.Equals(IPAddress.Any) && !one.Address.Equals(IPAddress.IPv6Any))
            .OrderByDescending(one => one.HasGateway)
            .ThenBy(one => one.Address.AddressFamily != AddressFamily.InterNetwork)
            .ThenBy(one => !IsPrivate(one.Address))
            .Select(one => one.Address)
            .Distinct(),
    ];

    // RFC 1918, RFC 4193.
    private static bool IsPrivate(IPAddress address) => address.IsIPv6UniqueLocal || (address.GetAddressBytes() is [var a, var b, _, _]
        && (a == 10 || (a == 172 && b is >= 16 and < 32) || (a == 192 && b == 168)));

    // RFC 3927: what an interface gives itself when nobody gives it an address.
    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, _, _];
}

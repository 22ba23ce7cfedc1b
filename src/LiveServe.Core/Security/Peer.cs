using System.Net;
using System.Net.Sockets;

namespace LiveServe.Security;

/// <summary>Who is at the other end of a connection.</summary>
internal static class Peer
{
    /// <summary>Whether it is this machine itself; an unknown address is not.</summary>
    /// <remarks>A socket for both families shows IPv4 peers as <c>::ffff:a.b.c.d</c> (RFC 4291 §2.5.5.2).</remarks>
    public static bool IsLocal(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>What one machine is counted by: its IPv4 address, or the first 64 bits of its IPv6 address, for the rest is its own to choose.</summary>
    /// <remarks>RFC 4291 §2.5.1, RFC 8981. Those whose address is unknown are counted together.</remarks>
    public static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null || address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}

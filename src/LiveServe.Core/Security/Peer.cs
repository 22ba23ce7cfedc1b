using System.Net;

namespace LiveServe.Security;

/// <summary>Who is at the other end of a connection.</summary>
internal static class Peer
{
    /// <summary>Whether it is this machine itself; an unknown address is not.</summary>
    /// <remarks>A socket for both families shows IPv4 peers as <c>::ffff:a.b.c.d</c> (RFC 4291 §2.5.5.2).</remarks>
    public static bool IsLocal(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}

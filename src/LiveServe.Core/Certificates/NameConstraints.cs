using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace LiveServe.Certificates;

/// <summary>
/// What our authority can vouch for: this machine's names and addresses that no public site can have. Whoever steals its key can be nobody else
/// to those who trust it. RFC 5280 §4.2.1.10.
/// </summary>
internal static class NameConstraints
{
    private const string Oid = "2.5.29.30";

    private static readonly Asn1Tag PermittedSubtrees = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    // RFC 1122 §3.2.1.3, RFC 1918, RFC 3927, RFC 6598; RFC 4291 §2.5.3, RFC 4193, RFC 4291 §2.5.6.
    private static readonly IPNetwork[] Networks =
    [
        .. new[] { "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10" }
            .Select(IPNetwork.Parse),
    ];

    /// <summary>The extension of an authority that vouches for these names, for all below them, and for private addresses.</summary>
    public static X509Extension For(IEnumerable<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(PermittedSubtrees))
        {
            foreach (var name in names)
            {
                using var subtree = writer.PushSequence();
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
            }

            foreach (var network in Networks)
            {
                using var subtree = writer.PushSequence();
                writer.WriteOctetString([.. network.BaseAddress.GetAddressBytes(), .. Mask(network)], IpAddress);
            }
        }

        return new X509Extension(Oid, writer.Encode(), critical: true);
    }

    /// <summary>Whether an authority of ours may vouch for an address.</summary>
    public static bool Permits(IPAddress address) => Networks.Any(network => network.Contains(address));

    /// <summary>The names that <paramref name="authority"/> may vouch for, each with all below it.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 authority)
    {
        if (authority.Extensions.FirstOrDefault(one => one.Oid?.Value == Oid) is not { } extension)
        {
            return [];
        }

        var names = new List<string>();
        var subtrees = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence().ReadSequence(PermittedSubtrees);
        while (subtrees.HasData)
        {
            var subtree = subtrees.ReadSequence();
            if (subtree.PeekTag().HasSameClassAndValue(DnsName))
            {
                names.Add(subtree.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            }
        }

        return names;
    }

    private static byte[] Mask(IPNetwork network)
    {
        var mask = new byte[network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 4 : 16];
        for (var bit = 0; bit < network.PrefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return mask;
    }
}

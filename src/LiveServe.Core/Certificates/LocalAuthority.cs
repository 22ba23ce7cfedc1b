using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveServe.Files;

namespace LiveServe.Certificates;

/// <summary>
/// An authority of this user alone, made when HTTPS is first wanted and no other certificate is there. Its key never leaves the state folder; what it can
/// vouch for is bounded (<see cref="NameConstraints"/>).
/// </summary>
/// <param name="state">Where it and its certificate for the server are kept.</param>
/// <param name="certificate">The authority's own, with its key.</param>
internal sealed class LocalAuthority(StateFolder state, X509Certificate2 certificate)
{
    // Names that end with .pem are never served, whatever the root is: Paths/HiddenNames.
    private const string AuthorityFile = "authority.pem", ServerFile = "server.pem";
    private const string PublicFile = "authority.crt"; // the ending that systems expect of what is to be trusted
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly string[] HomeNames = ["localhost"];
    private static readonly IPAddress[] HomeAddresses = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(5 * 365), ServerLife = TimeSpan.FromDays(180), RenewBefore = TimeSpan.FromDays(60);
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1); // clocks of other machines may be slow

    /// <summary>The authority.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Takes the one that is kept, or makes one.</summary>
    /// <param name="names">This machine's names: a new one can vouch for them.</param>
    public static LocalAuthority Open(StateFolder state, IReadOnlyList<string> names, DateTimeOffset now)
    {
        if (Load(state.Read(AuthorityFile)) is { } kept && kept.NotAfter.ToUniversalTime() - now.UtcDateTime > RenewBefore)
        {
            return new LocalAuthority(state, kept);
        }

        if (state.Read(AuthorityFile) is null)
        {
            // Two servers that start at once both take the one that was written first.
            return new LocalAuthority(state, Load(state.Create(AuthorityFile, Make(names, now))) ?? throw new IOException($"{state.At(AuthorityFile)} is damaged. Delete it."));
        }

        var made = Make(names, now);
        state.Replace(AuthorityFile, made);
        return new LocalAuthority(state, Load(made)!);
    }

    /// <summary>A certificate for this machine: the one that is kept, as long as it knows these names and addresses and is not near its end.</summary>
    /// <param name="addresses">Those at which other machines come.</param>
    /// <param name="names">Those of this machine.</param>
    /// <param name="warn">Is told how to make browsers trust the authority, while the system does not.</param>
    public ServerIdentity Issue(IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> names, DateTimeOffset now, Action<string, string?> warn)
    {
        var permitted = NameConstraints.NamesOf(Certificate);
        string[] ownNames = [.. HomeNames, "*.localhost", .. names.Where(name => permitted.Any(zone => name == zone || name.EndsWith("." + zone, StringComparison.Ordinal)))];
        IPAddress[] ownAddresses = [.. HomeAddresses, .. addresses.Where(NameConstraints.Permits)];
        var server = Load(state.Read(ServerFile));
        if (server is null || !Covers(server, ownNames, ownAddresses, now))
        {
            var made = MakeServer(ownNames.Distinct(), ownAddresses.Distinct(), now);
            state.Replace(ServerFile, made);
            server = Load(made)!;
        }

        if (!Trust.IsGiven(Certificate))
        {
            state.Replace(PublicFile, Certificate.ExportCertificatePem() + "\n");
            warn("This system does not trust the certificate of this server yet, so browsers warn.",
                $"Trust its authority once: {Trust.Commands(state.At(PublicFile))}. For Firefox import that file under Settings, Certificates, Authorities.");
        }

        return new ServerIdentity(server, [X509CertificateLoader.LoadCertificate(Certificate.RawData)]);
    }

    private bool Covers(X509Certificate2 server, IEnumerable<string> names, IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        var left = server.NotAfter.ToUniversalTime() - now.UtcDateTime;
        var known = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return known is not null && left > RenewBefore && server.NotBefore.ToUniversalTime() <= now.UtcDateTime && IsOurs(server)
            && !names.Except(known.EnumerateDnsNames()).Any() && !addresses.Except(known.EnumerateIPAddresses()).Any();
    }

    private bool IsOurs(X509Certificate2 server)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(server);
    }

    private static string Make(IEnumerable<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=LiveServe of {Plain(Environment.UserName)} on {Plain(Environment.MachineName)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(NameConstraints.For(HomeNames.Concat(names).Distinct()));
        using var made = request.CreateSelfSigned(now - Backdated, now + AuthorityLife);
        return Pem(made, key);
    }

    private string MakeServer(IEnumerable<string> names, IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // positive, and never shorter (RFC 5280 §4.1.2.2)
        using var made = request.Create(Certificate, Max(now - Backdated, Certificate.NotBefore), Min(now + ServerLife, Certificate.NotAfter), serial);
        return Pem(made, key);
    }

    private static string Pem(X509Certificate2 certificate, ECDsa key) => $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";

    private static X509Certificate2? Load(string? pem)
    {
        try
        {
            return pem is null ? null : CertificateFiles.Usable(X509Certificate2.CreateFromPem(pem, pem));
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return null; // damaged: another one is made
        }
    }

    // A name inside a distinguished name, without the characters that mean something there (RFC 4514 §2.4).
    private static string Plain(string name) => string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'));

    private static DateTimeOffset Max(DateTimeOffset a, DateTime b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTime b) => a < b ? a : b;
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveServe.Certificates;
using LiveServe.Files;

namespace LiveServe.UnitTests.Certificates;

public sealed class LocalAuthorityTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly IPAddress[] Lan = [IPAddress.Parse("192.168.1.7"), IPAddress.Parse("fd00::7"), IPAddress.Parse("203.0.113.9")];
    private static readonly string[] Names = ["laptop", "laptop.local"];

    private readonly string _folder = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private readonly List<(string Message, string? Hint)> _warnings = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Its_certificate_is_for_this_machine_and_short_lived()
    {
        var server = Issue(Lan, Names).Certificate;
        var known = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["localhost", "*.localhost", "laptop", "laptop.local"], known.EnumerateDnsNames());
        Assert.Equal(["127.0.0.1", "::1", "192.168.1.7", "fd00::7"], known.EnumerateIPAddresses().Select(address => address.ToString())); // no public one
        Assert.InRange((server.NotAfter - server.NotBefore).TotalDays, 1, 398);
        Assert.True(server.HasPrivateKey);
        Assert.True(IsTrusted(server));
    }

    [Fact]
    public void It_is_made_once_and_renewed_in_time()
    {
        var first = Issue([], []);
        Assert.Equal(first.Certificate.Thumbprint, Issue([], []).Certificate.Thumbprint);
        Assert.Equal(first.Certificate.Thumbprint, Issue([], [], Now.AddDays(119)).Certificate.Thumbprint);
        var renewed = Issue([], [], Now.AddDays(121));
        Assert.NotEqual(first.Certificate.Thumbprint, renewed.Certificate.Thumbprint);
        Assert.Equal(first.Chain[0].Thumbprint, renewed.Chain[0].Thumbprint);
        Assert.NotEqual(renewed.Chain[0].Thumbprint, Issue([], [], Now.AddDays((5 * 365) - 59)).Chain[0].Thumbprint);
    }

    [Fact]
    public void A_new_address_makes_a_new_certificate_and_an_old_one_does_not()
    {
        var home = Issue([], []).Certificate;
        var lan = Issue(Lan, Names).Certificate;
        Assert.NotEqual(home.Thumbprint, lan.Thumbprint);
        Assert.Equal(lan.Thumbprint, Issue([], []).Certificate.Thumbprint);
    }

    [Theory]
    [InlineData("authority.pem")]
    [InlineData("server.pem")]
    public void What_is_damaged_is_made_anew(string file)
    {
        var first = Issue([], []).Certificate;
        File.WriteAllText(Path.Combine(_folder, file), "-----BEGIN CERTIFICATE-----\nno\n");
        var second = Issue([], []).Certificate;
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.True(IsTrusted(second));
    }

    [Fact]
    public void Keys_are_kept_where_only_this_user_reads_them_and_no_site_serves_them()
    {
        Issue([], []);
        var files = Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);
        Assert.Equal(["authority.crt", "authority.pem", "server.pem"], files);
        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(Path.Combine(_folder, "authority.crt")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(_folder))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void While_the_system_does_not_trust_it_the_commands_that_mend_that_are_said()
    {
        Issue([], []);
        var (_, hint) = Assert.Single(_warnings);
        Assert.Contains(Path.Combine(_folder, "authority.crt"), hint, StringComparison.Ordinal);
        Assert.Contains("Firefox", hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("app.localhost", true)]
    [InlineData("laptop.local", true)]
    [InlineData("192.168.1.9", true)]
    [InlineData("fd00::9", true)]
    [InlineData("www.example.com", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Whoever_steals_its_key_can_be_no_public_site(string name, bool trusted)
    {
        Issue(Lan, Names);
        var pem = File.ReadAllText(Path.Combine(_folder, "authority.pem"));
        using var authority = X509Certificate2.CreateFromPem(pem, pem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stolen", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        using var forged = request.Create(authority, authority.NotBefore, Now.AddDays(9), [1, 2, 3]);
        Assert.Equal(trusted, IsTrusted(forged));
    }

    private ServerIdentity Issue(IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> names, DateTimeOffset? now = null) =>
        LocalAuthority.Open(new StateFolder(_folder), Names, now ?? Now).Issue(addresses, names, now ?? Now, (message, hint) => _warnings.Add((message, hint)));

    // As a client does that trusts the authority and nothing else.
    private bool IsTrusted(X509Certificate2 server)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, "authority.crt"));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    }
}

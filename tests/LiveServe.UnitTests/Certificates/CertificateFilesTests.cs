using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveServe.Certificates;

namespace LiveServe.UnitTests.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly RSA Other = RSA.Create(2048);
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly string _folder = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private readonly X509Certificate2 _certificate = Made.Certificate(Now.AddDays(-1), Now.AddDays(9));
    private readonly List<string> _warnings = [];

    public CertificateFilesTests()
    {
        using var key = _certificate.GetRSAPrivateKey()!;
        using var expired = Made.Certificate(Now.AddDays(-9), Now.AddDays(-1));
        using var future = Made.Certificate(Now.AddDays(8), Now.AddDays(9));
        using var mail = Made.Certificate(Now.AddDays(-1), Now.AddDays(9), usage: "1.3.6.1.5.5.7.3.4");
        Write("cert.pem", _certificate.ExportCertificatePem());
        Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        Write("rsa.pem", key.ExportRSAPrivateKeyPem());
        Write("both.pem", key.ExportPkcs8PrivateKeyPem() + "\n" + _certificate.ExportCertificatePem());
        Write("chain.pem", _certificate.ExportCertificatePem() + "\n" + expired.ExportCertificatePem());
        Write("other.pem", Other.ExportPkcs8PrivateKeyPem());
        Write("locked.pem", key.ExportEncryptedPkcs8PrivateKeyPem("open", Encryption));
        Write("text.txt", "hello");
        Write("empty.pem", "");
        File.WriteAllBytes(At("site.pfx"), _certificate.Export(X509ContentType.Pkcs12, "open"));
        File.WriteAllBytes(At("plain.pfx"), _certificate.Export(X509ContentType.Pkcs12));
        File.WriteAllBytes(At("expired.pfx"), expired.Export(X509ContentType.Pkcs12));
        File.WriteAllBytes(At("future.pfx"), future.Export(X509ContentType.Pkcs12));
        File.WriteAllBytes(At("mail.pfx"), mail.Export(X509ContentType.Pkcs12));
        using var bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        File.WriteAllBytes(At("bare.pfx"), bare.Export(X509ContentType.Pkcs12));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("cert.pem", "key.pem", null, null, 0)]
    [InlineData("cert.pem", "rsa.pem", null, null, 0)]
    [InlineData("cert.pem", "both.pem", null, null, 0)]
    [InlineData("both.pem", null, null, null, 0)]
    [InlineData("chain.pem", "key.pem", null, null, 1)]
    [InlineData("cert.pem", "locked.pem", null, "open", 0)]
    [InlineData(null, null, "site.pfx", "open", 0)]
    [InlineData(null, null, "plain.pfx", null, 0)]
    public void What_is_right_is_taken(string? cert, string? key, string? pfx, string? password, int chain)
    {
        var identity = Load(cert, key, pfx, password);
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.Equal(_certificate.Thumbprint, identity.Certificate.Thumbprint);
        Assert.Equal(chain, identity.Chain.Count);
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("none.pem", "key.pem", null, null, "There is no file", "--cert")]
    [InlineData("cert.pem", "none.pem", null, null, "There is no file", "--key")]
    [InlineData(null, null, "none.pfx", null, "There is no file", "--pfx")]
    [InlineData("cert.pem", null, null, null, "holds no private key", "--key")]
    [InlineData("cert.pem", "text.txt", null, null, "holds no private key", "PRIVATE KEY")]
    [InlineData("cert.pem", "other.pem", null, null, "is not the one of the certificate", "made for")]
    [InlineData("cert.pem", "locked.pem", null, null, "is encrypted", "--cert-password")]
    [InlineData("cert.pem", "locked.pem", null, "wrong", "does not open", "--cert-password")]
    [InlineData("text.txt", "key.pem", null, null, "no certificate in PEM", "--pfx")]
    [InlineData("empty.pem", "key.pem", null, null, "no certificate in PEM", "--pfx")]
    [InlineData("site.pfx", "key.pem", null, null, "no certificate in PEM", "--pfx")]
    [InlineData(null, "key.pem", null, null, "--key stands without --cert", "--cert")]
    [InlineData("cert.pem", null, "site.pfx", null, "--pfx stands beside", "Leave one")]
    [InlineData(null, "key.pem", "site.pfx", null, "--pfx stands beside", "Leave one")]
    [InlineData(null, null, "site.pfx", "wrong", "does not open", "--cert-password")]
    [InlineData(null, null, "site.pfx", null, "does not open", "--cert-password")]
    [InlineData(null, null, "cert.pem", null, "is no PFX file", "--cert")]
    [InlineData(null, null, "empty.pem", null, "is no PFX file", "--cert")]
    [InlineData(null, null, "bare.pfx", null, "no private key", "with the key")]
    [InlineData(null, null, "mail.pfx", null, "is not for servers", "server authentication")]
    public void What_is_wrong_is_said_with_its_remedy(string? cert, string? key, string? pfx, string? password, string words, string remedy)
    {
        var problem = Assert.Throws<CertificateException>(() => Load(cert, key, pfx, password));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired.pfx", "expired on")]
    [InlineData("future.pfx", "is not valid before")]
    public void What_is_out_of_date_is_used_and_said(string pfx, string words)
    {
        Load(null, null, pfx, null);
        Assert.Contains(words, Assert.Single(_warnings), StringComparison.Ordinal);
    }

    private ServerIdentity Load(string? cert, string? key, string? pfx, string? password) =>
        CertificateFiles.Load(new CertificateSources(At(cert), At(key), At(pfx), password), Now, (warning, _) => _warnings.Add(warning));

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(name))]
    private string? At(string? name) => name is null ? null : Path.Combine(_folder, name);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveServe.UnitTests.Certificates;

/// <summary>Certificates for tests.</summary>
internal static class Made
{
    // One for all of them: making an RSA key takes a tenth of a second.
    private static readonly RSA Key = RSA.Create(2048);

    /// <summary>A self-signed one.</summary>
    public static X509Certificate2 Certificate(DateTimeOffset from, DateTimeOffset to, string usage = "1.3.6.1.5.5.7.3.1", int? developmentVersion = null)
    {
        var request = new CertificateRequest("CN=localhost", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (developmentVersion is { } version)
        {
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.311.84.1.1", [(byte)version], critical: false));
        }

        return request.CreateSelfSigned(from, to);
    }
}

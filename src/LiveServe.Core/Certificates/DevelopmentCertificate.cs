using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveServe.Certificates;

/// <summary>ASP.NET Core's certificate for development, which <c>dotnet dev-certs https --trust</c> makes and this machine's browsers trust.</summary>
internal static class DevelopmentCertificate
{
    // The extension by which ASP.NET Core knows its own; its value is one byte, the certificate's version.
    private const string Mark = "1.3.6.1.4.1.311.84.1.1";

    /// <summary>The newest one that is valid and trusted, or <see langword="null"/>.</summary>
    public static X509Certificate2? Find(DateTimeOffset now)
    {
        try
        {
            using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return Among(store.Certificates, now, Trust.IsGiven);
        }
        catch (CryptographicException)
        {
            return null; // there is no such store
        }
    }

    /// <summary>The same among any certificates.</summary>
    public static X509Certificate2? Among(IEnumerable<X509Certificate2> certificates, DateTimeOffset now, Func<X509Certificate2, bool> isTrusted) =>
        certificates.Where(one => one.HasPrivateKey && Version(one) is not null
                && one.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime < one.NotAfter.ToUniversalTime())
            .OrderByDescending(Version).ThenByDescending(one => one.NotAfter)
            .FirstOrDefault(isTrusted);

    private static int? Version(X509Certificate2 certificate) =>
        certificate.Extensions.FirstOrDefault(one => one.Oid?.Value == Mark) is { } mark ? mark.RawData is [var version, ..] ? version : 0 : null;
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using LiveServe.Files;

namespace LiveServe.Certificates;

/// <summary>Where the user's own certificate is.</summary>
/// <param name="Certificate">PEM.</param>
/// <param name="Key">PEM; <see langword="null"/> when it is in the certificate's file.</param>
/// <param name="Pfx">PKCS #12, instead of the other two.</param>
/// <param name="Password">Of the key.</param>
internal sealed record CertificateSources(string? Certificate, string? Key, string? Pfx, string? Password);

/// <summary>What the server shows in a TLS handshake.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Chain">The certificates between it and the root.</param>
internal sealed record ServerIdentity(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    /// <summary>The user's own certificate; else ASP.NET's for development where it is trusted; else one of our own authority.</summary>
    /// <param name="addresses">The addresses of this machine at which others come: the development certificate does not know them.</param>
    /// <param name="names">This machine's names, for the same.</param>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    /// <exception cref="CertificateException">There is none that can be used.</exception>
    public static ServerIdentity Choose(
        CertificateSources sources, StateFolder state, IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> names, DateTimeOffset now,
        Action<string, string?> warn)
    {
        if (sources is not { Certificate: null, Key: null, Pfx: null })
        {
            return CertificateFiles.Load(sources, now, warn);
        }

        if (addresses.Count == 0 && DevelopmentCertificate.Find(now) is { } development)
        {
            return new ServerIdentity(development, []);
        }

        try
        {
            return LocalAuthority.Open(state, names, now).Issue(addresses, names, now, warn);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"No certificate can be kept in {state.FullPath}: {failure.Message}",
                "Make it a folder that this user can write, or name a certificate of your own with --cert and --key.");
        }
    }
}

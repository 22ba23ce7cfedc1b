using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveServe.Certificates;

/// <summary>Reads the user's own certificate, and says plainly what is wrong with it.</summary>
internal static class CertificateFiles
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280 §4.2.1.12
    private const int WrongPassword = unchecked((int)0x80070056);    // ERROR_INVALID_PASSWORD, on every system

    /// <summary>The certificate with its key and its chain.</summary>
    /// <exception cref="CertificateException">It cannot be used.</exception>
    public static ServerIdentity Load(CertificateSources sources, DateTimeOffset now, Action<string, string?> warn)
    {
        if (sources is { Pfx: not null, Certificate: not null } or { Pfx: not null, Key: not null })
        {
            throw new CertificateException("--pfx stands beside --cert or --key.", "Leave one of them out: a PFX file holds both.");
        }

        if (sources is { Certificate: null, Pfx: null })
        {
            throw new CertificateException("--key stands without --cert.", "Name the key's certificate with --cert.");
        }

        var file = sources.Pfx ?? sources.Certificate!;
        Require(file, sources.Pfx is null ? "--cert" : "--pfx");
        var identity = sources.Pfx is null ? FromPem(file, sources.Key, sources.Password) : FromPfx(file, sources.Password);
        Check(identity.Certificate, file, now, warn);
        return identity;
    }

    private static ServerIdentity FromPfx(string file, string? password)
    {
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        }
        catch (CryptographicException failure)
        {
            throw failure.HResult == WrongPassword
                ? new CertificateException($"The password does not open {file}.", "Give the right one with --cert-password.")
                : new CertificateException($"{file} is no PFX file: {failure.Message}", "If it is PEM, name it with --cert and --key.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, failure);
        }

        var own = all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new CertificateException($"{file} holds no private key.", "Export it again, with the key.");
        all.Remove(own);
        return new ServerIdentity(own, all);
    }

    private static ServerIdentity FromPem(string file, string? keyFile, string? password)
    {
        if (keyFile is not null)
        {
            Require(keyFile, "--key");
        }

        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPemFile(file);
        }
        catch (CryptographicException failure)
        {
            throw new CertificateException($"{file} is no certificate in PEM: {failure.Message}", "It begins with -----BEGIN CERTIFICATE-----. A PFX file is named with --pfx.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, failure);
        }

        if (chain.Count == 0)
        {
            throw new CertificateException($"{file} holds no certificate in PEM.", "It begins with -----BEGIN CERTIFICATE-----. A PFX file is named with --pfx.");
        }

        var own = WithKey(file, keyFile ?? file, password, chain[0]);
        chain.RemoveAt(0);
        return new ServerIdentity(own, chain);
    }

    private static X509Certificate2 WithKey(string file, string keyFile, string? password, X509Certificate2 certificate)
    {
        string pem;
        try
        {
            pem = File.ReadAllText(keyFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(keyFile, failure);
        }

        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new CertificateException($"{keyFile} holds no private key in PEM.",
                keyFile == file ? "Name the key's file with --key." : "It has a line -----BEGIN PRIVATE KEY-----, or one like it.");
        }

        var encrypted = pem.Contains("BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (encrypted && password is null)
        {
            throw new CertificateException($"The key in {keyFile} is encrypted.", "Give its password with --cert-password.");
        }

        try
        {
            var own = encrypted
                ? X509Certificate2.CreateFromEncryptedPem(certificate.ExportCertificatePem(), pem, password)
                : X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), pem);
            return Usable(own);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw Belongs(failure) ? new CertificateException($"The key in {keyFile} is not the one of the certificate in {file}.", "Name the key that the certificate was made for.")
                : encrypted ? new CertificateException($"The password does not open the key in {keyFile}.", "Give the right one with --cert-password.")
                : new CertificateException($"The key in {keyFile} cannot be read: {failure.Message}", "RSA and ECDSA keys in PKCS #8, PKCS #1 or SEC 1 can.");
        }
    }

    /// <summary>The same certificate, its key where the system's TLS can use it.</summary>
    // Windows does not take a key that is in memory only.
    public static X509Certificate2 Usable(X509Certificate2 certificate) =>
        OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;

    // The framework tells a key that does not match by an ArgumentException, alone or inside.
    private static bool Belongs(Exception failure) => failure is ArgumentException || failure.InnerException is ArgumentException;

    private static void Check(X509Certificate2 certificate, string file, DateTimeOffset now, Action<string, string?> warn)
    {
        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usage
            && !usage.EnhancedKeyUsages.Cast<Oid>().Any(one => one.Value == ServerAuthentication))
        {
            throw new CertificateException($"The certificate in {file} is not for servers.", "Get one whose extended key usage has server authentication.");
        }

        if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime)
        {
            warn($"The certificate in {file} expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; browsers will refuse it.", "Renew it.");
        }
        else if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime)
        {
            warn($"The certificate in {file} is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}; browsers will refuse it.", "Check this machine's clock.");
        }
    }

    private static void Require(string file, string option)
    {
        if (!File.Exists(file))
        {
            throw new CertificateException($"There is no file {file}.", $"Check the path after {option}.");
        }
    }

    private static CertificateException Unreadable(string file, Exception failure) =>
        new($"{file} cannot be read: {failure.Message}", "Give this user the right to read it.");
}

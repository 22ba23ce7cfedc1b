using System.Security.Cryptography.X509Certificates;

namespace LiveServe.Certificates;

/// <summary>Whether this machine trusts a certificate, and how to make it do so.</summary>
internal static class Trust
{
    /// <summary>Whether the system leads it back to a root that it trusts. Nothing is fetched for that.</summary>
    public static bool IsGiven(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    /// <summary>The commands that make a system and its browsers trust the authority in <paramref name="file"/>.</summary>
    public static string Commands(string file) =>
        OperatingSystem.IsWindows() ? Windows(file) : OperatingSystem.IsMacOS() ? Mac(file) : Linux(file);

    /// <summary>The commands for Windows.</summary>
    public static string Windows(string file) => $"certutil -user -addstore Root \"{file}\"";

    /// <summary>The commands for macOS.</summary>
    public static string Mac(string file) => $"security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db \"{file}\"";

    /// <summary>The commands for Linux: the system's own store, and the one of Chromium.</summary>
    public static string Linux(string file) =>
        $"sudo cp \"{file}\" /usr/local/share/ca-certificates/liveserve.crt && sudo update-ca-certificates; "
        + $"for Chrome: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n LiveServe -i \"{file}\"";
}

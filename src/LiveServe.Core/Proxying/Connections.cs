using System.Net;
using System.Net.Security;
using System.Text;

namespace LiveServe.Proxying;

/// <summary>The HTTP client as a proxy needs it: what comes is passed on, nothing is followed, unpacked, remembered or added.</summary>
internal static class Connections
{
    /// <summary>Connections that are opened by <paramref name="connect"/>.</summary>
    /// <param name="isInsecure">Whether any certificate will do.</param>
    public static HttpMessageInvoker To(bool isInsecure, Func<string, int, CancellationToken, ValueTask<Stream>> connect) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false, // the system's proxy does not know this machine's ports
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, // as Kestrel reads them; answers are read, and sent on, as Latin-1
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = (context, stop) => connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, stop),
            SslOptions = isInsecure ? AnyCertificate() : new SslClientAuthenticationOptions(),
        });

    // Asked for with --proxy-insecure, for a back end with a certificate of its own.
#pragma warning disable CA5359
    private static SslClientAuthenticationOptions AnyCertificate() => new() { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
}

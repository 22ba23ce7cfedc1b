using System.Net.Sockets;
using System.Security.Authentication;

namespace LiveServe.Proxying;

/// <summary>Why an upstream gave no answer, in words.</summary>
/// <param name="What">One sentence that goes on after the upstream's name.</param>
/// <param name="Remedy">One sentence.</param>
/// <param name="IsDown">Whether the upstream is not there at all; otherwise it is, and this request failed.</param>
internal sealed record FailureText(string What, string Remedy, bool IsDown)
{
    private const string Start = "Start it: pages that wait for it come up by themselves.";
    private const string Look = "Look into its own terminal.";

    /// <summary>Reads a failure of the HTTP client.</summary>
    public static FailureText Of(Exception? failure)
    {
        var inner = Inner(failure).ToList();
        return inner.OfType<SocketException>().FirstOrDefault() is { } socket ? OfSocket(socket.SocketErrorCode)
            : inner.OfType<AuthenticationException>().FirstOrDefault() is { } tls
                ? new($"could not be spoken to over TLS ({tls.Message.TrimEnd('.')})", "If the certificate is its own, accept it with --proxy-insecure; else check whether it is http.", false)
            : inner.Any(e => e is TimeoutException or OperationCanceledException) ? new("did not take the connection in time", Start, true)
            : inner.OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError switch
            {
                HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => new("cannot be reached", Start, true),
                HttpRequestError.NameResolutionError => new("has a name that leads nowhere", "Check its spelling.", true),
                HttpRequestError.SecureConnectionError => new("speaks no TLS there", "Check whether it is http or https.", false),
                HttpRequestError.ConfigurationLimitExceeded => new("sent a head of more than 64 KB", Look, false),
                HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
                    new("sent something that is not HTTP", "Check its port, and whether it is http or https.", false),
                _ => new("ended the connection without an answer", Look, false),
            };
    }

    private static FailureText OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => new("does not answer: nothing listens there", Start, true),
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new("has a name that leads nowhere", "Check its spelling.", true),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => new("cut the connection without an answer", Look, false),
        _ => new("cannot be reached", Start, true),
    };

    private static IEnumerable<Exception> Inner(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
            foreach (var one in failure is AggregateException many ? many.InnerExceptions.SelectMany(Inner) : [])
            {
                yield return one;
            }
        }
    }
}

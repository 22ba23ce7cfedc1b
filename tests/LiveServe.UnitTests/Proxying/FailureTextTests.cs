using System.Net.Sockets;
using System.Security.Authentication;
using LiveServe.Proxying;

namespace LiveServe.UnitTests.Proxying;

public sealed class FailureTextTests
{
    public static TheoryData<Exception?, string, bool> Failures => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.ConnectionRefused)), "nothing listens there", true },
        { new HttpRequestException(HttpRequestError.NameResolutionError, null, new SocketException((int)SocketError.HostNotFound)), "leads nowhere", true },
        { new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.NetworkUnreachable)), "cannot be reached", true },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, null, new AuthenticationException("The remote certificate is invalid.")), "The remote certificate is invalid)", false },
        { new HttpRequestException(HttpRequestError.ResponseEnded), "ended the connection", false },
        { new HttpRequestException(HttpRequestError.InvalidResponse), "not HTTP", false },
        { new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded), "64 KB", false },
        { new AggregateException(new IOException("", new SocketException((int)SocketError.ConnectionReset))), "cut the connection", false },
        { new TaskCanceledException("", new TimeoutException()), "in time", true },
        { null, "ended the connection", false },
    };

    [Theory, MemberData(nameof(Failures))]
    public void Failures_are_told_in_words(Exception? failure, string says, bool isDown)
    {
        var text = FailureText.Of(failure);
        Assert.Contains(says, text.What, StringComparison.Ordinal);
        Assert.Equal(isDown, text.IsDown);
    }
}

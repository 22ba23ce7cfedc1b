using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LiveServe.Sockets;

namespace LiveServe;

/// <summary>One WebSocket to a server: for people who want to see what it says, pings and close codes included. One reader, any number of senders.</summary>
public sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Stream _stream;
    private readonly SemaphoreSlim _writing = new(1);
    private long _pingedAt;

    private SocketClient(Stream stream) => _stream = stream;

    /// <summary>Opens a socket.</summary>
    /// <param name="url">Its address: <c>ws</c> or <c>wss</c>.</param>
    /// <param name="insecure">Whether any certificate will do.</param>
    /// <exception cref="LiveServeException">There is none to be had: who does not answer, or why not.</exception>
    public static async Task<SocketClient> ConnectAsync(Uri url, bool insecure, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestWait);
        Stream? stream = null;
        try
        {
            stream = await OpenAsync(url, insecure, patience.Token);
            var key = ClientHandshake.NewKey();
            await stream.WriteAsync(ClientHandshake.Request(url, key), patience.Token);
            var head = await ClientHandshake.ReadHeadAsync(stream, patience.Token);
            return (head is null ? "ends the connection without an answer." : ClientHandshake.Judge(head, key)) is { } problem
                ? throw Failure(url, problem, "Check the address: the path counts.")
                : new SocketClient(stream);
        }
        catch (Exception failure)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            throw failure switch
            {
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Failure(url, "does not answer: nothing listens there.", "Start the server, or check the port."),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => Failure(url, "has no such host.", "Check the name."),
                SocketException or IOException => Failure(url, $"cannot be reached: {failure.Message}", "Check the address."),
                OperationCanceledException when !cancellation.IsCancellationRequested => Failure(url, $"does not answer within {LongestWait.TotalSeconds} seconds.", "Check that a WebSocket server is there."),
                _ => failure,
            };
        }
    }

    /// <summary>Tells what comes until the socket has ended; the last word is a <see cref="SocketClosed"/>. To be called once.</summary>
    public async Task RunAsync(Action<SocketNews> tell, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tell);
        using var reader = new MessageReader(_stream, SocketConnection.MaximumMessage * 16, fromServer: true);
        try
        {
            while (await reader.ReadAsync(cancellation) is { } received)
            {
                switch (received.Opcode)
                {
                    case Opcode.Ping:
                        await AnswerAsync(Frame.Of(Opcode.Pong, received.Payload.Span));
                        tell(new SocketPinged());
                        break;
                    case Opcode.Pong:
                        tell(new SocketPonged(Stopwatch.GetElapsedTime(Interlocked.Read(ref _pingedAt))));
                        break;
                    case Opcode.Close:
                        var reason = received.Payload.Length > 2 ? Encoding.UTF8.GetString(received.Payload.Span[2..]) : "";
                        await AnswerAsync(Frame.Of(Opcode.Close, received.Payload.Span));
                        tell(new SocketClosed(received.CloseCode, reason));
                        return;
                    default:
                        tell(new SocketMessage(received.Opcode == Opcode.Binary, received.Payload));
                        break;
                }
            }

            tell(new SocketClosed(1006, "the connection broke"));
        }
        catch (ProtocolViolationException violation)
        {
            await CloseAsync(violation.Code, violation.Message);
            tell(new SocketClosed(violation.Code, $"the server broke the protocol. {violation.Message}"));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            tell(new SocketClosed(1006, "the connection broke"));
        }
    }

    /// <summary>Sends a text message.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    public ValueTask SendAsync(string text) => WriteAsync(Frame.Of(Opcode.Text, Encoding.UTF8.GetBytes(text)));

    /// <summary>Asks whether the other end is there; it answers with a pong.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public ValueTask PingAsync()
    {
        Interlocked.Exchange(ref _pingedAt, Stopwatch.GetTimestamp());
        return WriteAsync(Frame.Of(Opcode.Ping, []));
    }

    /// <summary>Says goodbye; the other end's goodbye ends <see cref="RunAsync"/>.</summary>
    /// <param name="code">One that may be sent: 1000, or from 3000 to 4999. RFC 6455 §7.4.</param>
    /// <param name="reason">At most 123 bytes of it are sent.</param>
    public ValueTask CloseAsync(int code, string reason) => AnswerAsync(Frame.Close(code, reason));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _writing.Dispose();
    }

    // What it said before it went is still to be heard.
    private async ValueTask AnswerAsync(byte[] frame)
    {
        try
        {
            await WriteAsync(frame);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // There is nobody left to say it to.
        }
    }

    private static async Task<Stream> OpenAsync(Uri url, bool insecure, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(url.DnsSafeHost, url.Port, cancellation);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return url.Scheme == "wss" ? await SecureAsync(plain, url, insecure, cancellation) : plain;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, Uri url, bool insecure, CancellationToken cancellation)
    {
        string? problem = null;
        var secure = new SslStream(plain, leaveInnerStreamOpen: false, (_, _, chain, errors) => (problem = ProblemOf(errors, chain)) is null || insecure);
        try
        {
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.DnsSafeHost }, cancellation);
            return secure;
        }
        catch (AuthenticationException failure)
        {
            await secure.DisposeAsync();
            throw problem is null
                ? Failure(url, $"does not speak TLS as it should: {failure.Message}", "For a server without TLS write ws://.")
                : Failure(url, $"is not trusted: {problem}", "If it is yours, --insecure connects all the same.");
        }
        catch (IOException)
        {
            await secure.DisposeAsync();
            throw Failure(url, "does not speak TLS.", "For a server without TLS write ws://.");
        }
    }

    private static string? ProblemOf(SslPolicyErrors errors, X509Chain? chain) => errors switch
    {
        SslPolicyErrors.None => null,
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "it shows no certificate.",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "its certificate is for another name.",
        _ => chain?.ChainStatus.Select(status => status.Status) is { } found && found.Contains(X509ChainStatusFlags.NotTimeValid)
            ? "its certificate has expired, or is not valid yet." : "nobody that this machine knows vouches for its certificate.",
    };

    private static LiveServeException Failure(Uri url, string what, string hint) => new(LiveServeFailure.CannotConnect, $"{url} {what}", hint);

    private async ValueTask WriteAsync(byte[] frame)
    {
        var masked = Frame.Masked(frame, RandomNumberGenerator.GetBytes(4));
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(masked);
        }
        finally
        {
            _writing.Release();
        }
    }
}

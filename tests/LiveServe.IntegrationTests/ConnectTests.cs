using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests;

/// <summary><c>liveserve echo</c> and <c>liveserve connect</c>, each as a user runs it.</summary>
public sealed partial class ConnectTests
{
    [Fact]
    public async Task What_is_typed_goes_out_and_what_is_heard_is_printed()
    {
        await using var echo = Tool.Start("echo", "--port", "0");
        var port = await echo.PortAsync();
        await echo.UntilAsync(EchoLine());
        await using var connect = Tool.Start("connect", $"localhost:{port}/any/path");
        await connect.UntilAsync(Line("received: Hello webSocket"));
        await connect.UntilAsync(PongLine());
        foreach (var (typed, heard) in new[] { ("I am listening", "I am listening"), ("é 😀 日本", "é 😀 日本"), ("", ""), ("//slash", "/slash") })
        {
            await connect.TypeAsync(typed + "\n");
            await connect.UntilAsync(Line($"received: I heard you say \"{heard}\""));
        }

        await connect.TypeAsync("/ping\n");
        await connect.UntilAsync(PongLine());
        await connect.SignalAsync("INT");
        Assert.Equal((0, ""), await connect.EndAsync());
        Assert.Equal("closed: 1000", connect.Output[^1]);
        await echo.UntilAsync(new Regex("received: /slash$"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Accept: text/html", "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate")]
    public async Task A_plain_request_to_the_echo_is_told_that_it_speaks_WebSocket(params string[] headers)
    {
        await using var echo = Tool.Start("echo", "--port", "0");
        var answer = await RawHttp.GetAsync(await echo.PortAsync(), "/any", [.. headers.Where(header => header.Length > 0)]);
        Assert.Equal(426, answer.Status);
        Assert.Contains(headers.Length > 1 ? "new WebSocket(" : "Upgrade Required", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_close_is_shown_with_its_code_and_reason_and_bytes_as_what_they_are()
    {
        using var server = new Server(async stream =>
        {
            await stream.WriteAsync(Frame.Of(Opcode.Binary, "text in bytes"u8));
            await stream.WriteAsync(Frame.Of(Opcode.Binary, new byte[] { 0, 1, 0xFE }));
            await stream.WriteAsync(Frame.Of(Opcode.Text, "\u001b[2Jnot cleared"u8));
            await stream.WriteAsync(Frame.Of(Opcode.Ping, "x"u8));
            await stream.WriteAsync(Frame.Close(4001, "x"));
        });
        await using var connect = Tool.Start("connect", $"ws://localhost:{server.Port}/");
        Assert.Equal((1, ""), await connect.EndAsync());
        Assert.Equal(
            ["received (binary, 13 bytes): text in bytes", "received (binary, 3 bytes): 0001FE", "received: \uFFFD[2Jnot cleared", "ping from the server, answered", "closed: 4001 x"],
            connect.Output[1..]);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "opens no socket there: 404 Not Found.")]
    [InlineData("HTTP/1.1 301 Moved\r\nlocation: /there\r\n\r\n", "sends us on to /there.")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n", "answers a handshake that was not ours.")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", "does not speak HTTP.")]
    [InlineData("", "ends the connection without an answer.")]
    public async Task Where_there_is_no_socket_the_reason_is_said(string answer, string reason)
    {
        using var server = new Server(answer);
        await using var connect = Tool.Start("connect", $"ws://localhost:{server.Port}/");
        var (code, errors) = await connect.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains($"error: ws://localhost:{server.Port}/ {reason}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_breaks_the_protocol_is_left_with_the_reason()
    {
        using var server = new Server(async stream => await stream.WriteAsync(RawSocket.Masked(Opcode.Text, [1])));
        await using var connect = Tool.Start("connect", $"ws://localhost:{server.Port}/");
        Assert.Equal(1, (await connect.EndAsync()).Code);
        Assert.Equal("closed: 1002 the server broke the protocol. A client masks its frames, a server does not.", connect.Output[^1]);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_it_is_said_not_to_matter()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = new Server(async stream => await stream.WriteAsync(Frame.Close(1000, "")), certificate);
        await using var careful = Tool.Start("connect", $"wss://localhost:{server.Port}/");
        var (code, errors) = await careful.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("is not trusted: nobody that this machine knows vouches for its certificate. If it is yours, --insecure connects all the same.", errors, StringComparison.Ordinal);
        await using var careless = Tool.Start("connect", "--insecure", $"wss://localhost:{server.Port}/");
        Assert.Equal((0, ""), await careless.EndAsync());
    }

    [Theory]
    [InlineData("Name the address of a WebSocket.", "connect")]
    [InlineData("Name one address only.", "connect", "ws://a", "ws://b")]
    [InlineData("ftp://x is no address of a WebSocket. Write it as ws://", "connect", "ftp://x")]
    [InlineData("There is no option --insecur. Did you mean --insecure?", "connect", "--insecur", "ws://a")]
    [InlineData("--spa means nothing to the echo. Leave it out.", "echo", "--spa")]
    [InlineData("A folder of the name echo is served as ./echo.", "echo", "folder")]
    public async Task Wrong_usage_is_named_with_its_remedy(string problem, params string[] arguments)
    {
        await using var tool = Tool.Start(arguments);
        var (code, errors) = await tool.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains(problem, errors, StringComparison.Ordinal);
    }

    private static Regex Line(string text) => new($"^{Regex.Escape(text)}$");

    [GeneratedRegex(@"^  Echo      ws://localhost:\d+/$")]
    private static partial Regex EchoLine();

    [GeneratedRegex(@"^pong after \d+\.\d ms$")]
    private static partial Regex PongLine();

    /// <summary>A server that gives every connection one answer, and after a handshake says what it is told to.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Server(string answer)
            : this(async (stream, _) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer)), null)
        {
        }

        public Server(Func<Stream, Task> say, X509Certificate2? certificate = null)
            : this(
                async (stream, head) =>
                {
                    var key = Regex.Match(head, "Sec-WebSocket-Key: (.*)\r").Groups[1].Value;
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {Handshake.Accept(key)}\r\n\r\n"));
                    await say(stream);
                    await stream.CopyToAsync(Stream.Null); // until it goes
                },
                certificate)
        {
        }

        private Server(Func<Stream, string, Task> answer, X509Certificate2? certificate)
        {
            _listener.Start();
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    try
                    {
                        Stream stream = client.GetStream();
                        if (certificate is not null)
                        {
                            var secure = new SslStream(stream);
                            await secure.AuthenticateAsServerAsync(certificate);
                            stream = secure;
                        }

                        await answer(stream, await ClientHandshake.ReadHeadAsync(stream, default) ?? "");
                    }
                    catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
                    {
                        // The tool did not like what it saw.
                    }
                }
            });
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Stop();
    }
}

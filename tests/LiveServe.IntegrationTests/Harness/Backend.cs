using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>A back end on ASP.NET Core.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Backend(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    /// <summary>Starts one that answers everything with <paramref name="answer"/>.</summary>
    public static async Task<Backend> StartAsync(RequestDelegate answer, int port = 0, bool isHttps = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (isHttps)
                {
                    listen.UseHttps(OwnCertificate());
                }
            });
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
        return new Backend(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static X509Certificate2 OwnCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>A back end that sends whatever bytes a test wants.</summary>
internal sealed class RawBackend : IDisposable
{
    private readonly TcpListener _listener;
    private int _connections;

    private RawBackend(TcpListener listener) => _listener = listener;

    /// <summary>Where it listens.</summary>
    public Uri Url => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many requests it saw.</summary>
    public int Requests => Volatile.Read(ref _connections);

    /// <summary>Starts one; <paramref name="serve"/> gets each connection with the head of its first request.</summary>
    public static RawBackend Start(Func<NetworkStream, string, Task> serve, int port = 0)
    {
        var backend = new RawBackend(new TcpListener(IPAddress.Loopback, port));
        backend._listener.Start();
        _ = backend.AcceptAsync(serve);
        return backend;
    }

    /// <summary>One that answers every request with these bytes and ends the connection.</summary>
    public static RawBackend Answering(string answer) => Answering(Encoding.Latin1.GetBytes(answer));

    /// <summary>The same.</summary>
    public static RawBackend Answering(byte[] answer) => Start(async (stream, _) => await stream.WriteAsync(answer));

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(Func<NetworkStream, string, Task> serve)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(), serve);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, string, Task> serve)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one) == 0)
                {
                    return; // somebody only looked whether we listen
                }

                head.Append((char)one[0]);
            }

            Interlocked.Increment(ref _connections);
            await serve(stream, head.ToString());
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(one) > 0)
            {
                // Closing with bytes unread would reset the connection.
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The other side had enough.
        }
    }
}

/// <summary>A port of a back end that is not there yet: bound, so that nobody else gets it, and refusing.</summary>
internal sealed class EmptyPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public EmptyPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public Uri Url => new($"http://localhost:{Number}");

    public void Dispose() => _socket.Dispose();
}

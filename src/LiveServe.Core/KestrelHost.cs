using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveServe.Files;
using LiveServe.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveServe;

/// <summary>
/// Kestrel without a host around it: no container, no configuration, no logging pipeline. That halves the start and a quarter of the
/// memory (docs/adr/0003-kestrel-without-a-host.md).
/// </summary>
internal sealed class KestrelHost : IDisposable
{
    private const int PortsToTry = 100;

    // Requests and the like; sockets have a limit of their own. Beyond it connections are closed at once, so that files can still be opened.
    private const int MaximumConnections = 2000;

    // Each open tab is a stream of its browser's one connection: with Kestrel's hundred, the hundredth tab would stop all loading.
    private const int MaximumStreams = 500;

    private readonly KestrelServer _server;

    private KestrelHost(KestrelServer server, int port) => (_server, Port) = (server, port);

    /// <summary>The port that is listened on.</summary>
    public int Port { get; }

    /// <summary>Listens and answers with <paramref name="pipeline"/>.</summary>
    /// <param name="identity">For HTTPS; <see langword="null"/> is plain http.</param>
    /// <exception cref="LiveServeException">The address or port cannot be listened on.</exception>
    public static async Task<KestrelHost> StartAsync(LiveServeOptions options, RequestDelegate pipeline, ShownIdentity? identity = null)
    {
        IReadOnlyList<IPAddress> addresses = options.Host is { } one ? [one] : options.Lan ? All() : Loopback();
        var first = options.Port == 0 ? FreePort(addresses) : options.Port;
        for (var port = first; ; port++)
        {
            var server = Create(addresses, port, identity, forwards: options.Upstream is not null || options.Proxies.Count > 0);
            try
            {
                await server.StartAsync(new Application(pipeline), CancellationToken.None);
                return new KestrelHost(server, port);
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException)
            {
                server.Dispose();
                if (options.Port == 0)
                {
                    port = FreePort(addresses) - 1; // taken between the look and the call
                }
                else if (options.StrictPort || port >= Math.Min(first + PortsToTry, 65535))
                {
                    throw new LiveServeException(LiveServeFailure.CannotListen, $"Port {first} is in use.",
                        "Choose another with --port, or leave out --strict-port to take the next free one.");
                }
            }
            catch (SocketException failure)
            {
                server.Dispose();
                throw new LiveServeException(LiveServeFailure.CannotListen, failure.SocketErrorCode == SocketError.AccessDenied
                    ? $"Port {port} may not be listened on by this user."
                    : $"{string.Join(", ", addresses.Select(a => a.ToString()))} cannot be listened on: {failure.Message}",
                    failure.SocketErrorCode == SocketError.AccessDenied ? "Choose a port above 1023 with --port." : "Choose an address of this machine with --host.");
            }
        }
    }

    /// <summary>Stops taking connections and gives the open ones until <paramref name="deadline"/>.</summary>
    public async Task StopAsync(TimeSpan deadline)
    {
        using var patience = new CancellationTokenSource(deadline);
        await _server.StopAsync(patience.Token);
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    private static KestrelServer Create(IReadOnlyList<IPAddress> addresses, int port, ShownIdentity? identity, bool forwards)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = 64 * 1024;
        options.Limits.MaxConcurrentConnections = OpenFileLimit.Connections(OpenFileLimit.OfThisProcess(), MaximumConnections);
        options.Limits.Http2.MaxStreamsPerConnection = MaximumStreams;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        options.Limits.MinResponseDataRate = null; // a paused video reads nothing for minutes, and is right to
        if (forwards)
        {
            options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1; // a back end's headers leave with the bytes they came with
        }

        var shares = addresses.All(IPAddress.IsLoopback) ? null : new ConnectionShares();
        foreach (var address in addresses)
        {
            options.Listen(address, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (shares is not null)
                {
                    listen.Use(next => connection => ShareAsync(shares, connection, next));
                }

                if (identity is not null)
                {
                    TlsOrPlain.Use(listen, identity);
                }
            });
        }

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    // Beyond its share a machine's connections are closed without a word: words would cost what the share is to save.
    private static async Task ShareAsync(ConnectionShares shares, ConnectionContext connection, ConnectionDelegate next)
    {
        var peer = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (!shares.TryEnter(peer))
        {
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            shares.Leave(peer);
        }
    }

    private static IReadOnlyList<IPAddress> Loopback() =>
        CanListen(IPAddress.IPv6Loopback) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    // Kestrel makes one socket of it for both families.
    private static IReadOnlyList<IPAddress> All() => CanListen(IPAddress.IPv6Any) ? [IPAddress.IPv6Any] : [IPAddress.Any];

    // Containers often have IPv6 compiled in and no ::1.
    private static bool CanListen(IPAddress address)
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }

        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A port that is free on all addresses at once: "localhost" may lead to either.
    private static int FreePort(IReadOnlyList<IPAddress> addresses)
    {
        while (true)
        {
            using var first = Bound(addresses[0], 0);
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            try
            {
                foreach (var address in addresses.Skip(1))
                {
                    Bound(address, port).Dispose();
                }

                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another try gets another port.
            }
        }
    }

    private static Socket Bound(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw port == 0
                ? new LiveServeException(LiveServeFailure.CannotListen, $"{address} cannot be listened on: {failure.Message}", "Choose an address of this machine with --host.")
                : failure;
        }
    }

    private sealed class Application(RequestDelegate pipeline) : IHttpApplication<HttpContext>
    {
        // A connection's requests come one after the other, and share one context.
        public HttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            var container = contextFeatures as IHostContextContainer<HttpContext>;
            if (container?.HostContext is DefaultHttpContext kept)
            {
                kept.Initialize(contextFeatures);
                return kept;
            }

            var made = new DefaultHttpContext(contextFeatures);
            if (container is not null)
            {
                container.HostContext = made;
            }

            return made;
        }

        public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

        public void DisposeContext(HttpContext context, Exception? exception) => ((DefaultHttpContext)context).Uninitialize();
    }
}

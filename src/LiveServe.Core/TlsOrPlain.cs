using System.Diagnostics.Metrics;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveServe;

/// <summary>
/// HTTPS on a port that plain http also reaches, so that <c>http://</c> typed by habit is answered with the way to <c>https://</c>: the first byte of a
/// connection tells the two apart.
/// </summary>
internal static class TlsOrPlain
{
    private const byte TlsHandshake = 0x16; // RFC 8446 §5.1: the content type of the record that a client begins with

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Puts TLS under an endpoint's HTTP/1.1 and HTTP/2; what comes without it is plain HTTP/1.1, which the pipeline redirects.</summary>
    public static void Use(ListenOptions listen, ShownIdentity identity)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.KestrelServerOptions.ApplicationServices ??= Services.Create();
        ConnectionDelegate? plain = null;
        listen.Use(secure => async connection =>
        {
            if (await FirstByteAsync(connection) is { } first)
            {
                await (first == TlsHandshake ? secure : plain!)(connection);
            }
        });
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(new SslServerAuthenticationOptions { ServerCertificateContext = identity.Context }) });
        listen.Use(behind => plain = behind); // the last one in is the first behind TLS
    }

    // Looked at, not taken. Who says nothing for long is let go, as one who does not finish a request's head is.
    private static async Task<byte?> FirstByteAsync(ConnectionContext connection)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(Patience);
        try
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(patience.Token);
            byte? first = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0];
            input.AdvanceTo(read.Buffer.Start);
            return first;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// What Kestrel's TLS asks a container for. Its own registrations are public through the builder of a web host only, so this is the least builder
    /// that takes them; nobody else pays for a container (docs/adr/0003-kestrel-without-a-host.md).
    /// </summary>
    private sealed class Services(IServiceCollection services) : IWebHostBuilder
    {
        public static IServiceProvider Create()
        {
            var services = new ServiceCollection();
            services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
            services.AddSingleton<IMeterFactory, NoMeters>();
            new Services(services).UseKestrelCore();
            return services.BuildServiceProvider();
        }

        public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
        {
            configureServices(services);
            return this;
        }

        public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices) =>
            ConfigureServices(own => configureServices(new WebHostBuilderContext(), own));

        public IWebHostBuilder ConfigureAppConfiguration(Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

        public string? GetSetting(string key) => null;

        public IWebHostBuilder UseSetting(string key, string? value) => this;

#pragma warning disable ASPDEPR008 // The interface names the old kind of host; none is ever built.
        public IWebHost Build() => throw new NotSupportedException("Only its registrations are wanted.");
#pragma warning restore ASPDEPR008
    }

    // Nobody listens to them.
    private sealed class NoMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}

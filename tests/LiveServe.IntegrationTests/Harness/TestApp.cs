using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>An ASP.NET Core app on a free port, with a content root and a web root of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private WebApplication _app = null!;

    private TestApp(string? folder) => Root = folder ?? Directory.CreateTempSubdirectory("liveserve-").FullName;

    /// <summary>The content root; the web root is <c>wwwroot</c> in it. Removed at the end.</summary>
    public string Root { get; }

    /// <summary>Where it listens.</summary>
    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>What LiveServe wrote to the app's log: the level, then the text.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Starts one.</summary>
    /// <param name="build">Adds middleware and endpoints.</param>
    /// <param name="files">Paths in the content root, and texts.</param>
    public static async Task<TestApp> StartAsync(
        Action<WebApplication> build, string environment = "Development", Action<IServiceCollection>? services = null, params (string Path, string Text)[] files)
    {
        var test = new TestApp(null);
        foreach (var (path, text) in files)
        {
            test.Write(path, text);
        }

        FileTick.Wait(test.Root);
        await test.RunAsync(build, environment, services, 0);
        return test;
    }

    /// <summary>Stops it, as Ctrl+C does.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Starts it again in the same place.</summary>
    public async Task RunAsync(Action<WebApplication> build, string environment, Action<IServiceCollection>? services, int port)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = Root, ApplicationName = "TestApp" });
        builder.Logging.ClearProviders().AddProvider(new Lines(_log));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        services?.Invoke(builder.Services);
        _app = builder.Build();
        build(_app);
        await _app.StartAsync();
    }

    /// <summary>Saves a file, and the folders it is in.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    private sealed class Lines(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName == "LiveServe" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}

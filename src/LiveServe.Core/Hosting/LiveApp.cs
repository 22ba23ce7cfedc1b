using LiveServe.Files;
using LiveServe.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveServe.Hosting;

/// <summary>What belongs to one app while it runs: its web root as a live site, its templates, and their end with the app's.</summary>
internal sealed class LiveApp
{
    private readonly TemplateWatch? _templates;
    private readonly ILogger _log;

    private LiveApp(LiveServeMiddlewareOptions options, IWebHostEnvironment environment, ILogger log)
    {
        _log = log;
        Hosts = new HostCheck(options.AllowedHosts);
        var webRoot = Directory.Exists(environment.WebRootPath) ? environment.WebRootPath : "";
        var inner = new LiveServeOptions
        {
            Root = webRoot,
            Listing = false,
            UseGitignore = false, // what is built into the web root is often ignored there, and pages show it
            Reload = options.Reload,
            Chat = options.Chat,
            Launcher = options.Launcher,
            History = options.History,
            AllowedHosts = [.. options.AllowedHosts],
            AllowedOrigins = [.. options.AllowedOrigins],
            Report = happened => EventLog.Write(log, happened),
        };
        Site = new LiveSite(inner, new SiteRoot(webRoot, inner.FollowLinks), reloadsAfterRestart: true);
        _templates = options.Templates && options.Reload != ReloadMode.None
            ? new TemplateWatch(environment.ContentRootPath, webRoot, Site.Updates, inner.Report) : null;
    }

    /// <summary>The web root, and who shows what of it.</summary>
    public LiveSite Site { get; }

    /// <summary>The names at which our own addresses answer.</summary>
    public HostCheck Hosts { get; }

    /// <summary>Takes one sentence, and what to do about it.</summary>
    public void Warn(string message, string? hint) => EventLog.Write(_log, new WarningRaised(message, hint));

    /// <summary>Starts, and stops when the app does: first the sockets, for the server waits for all that is open.</summary>
    public static LiveApp Start(LiveServeMiddlewareOptions options, IWebHostEnvironment environment, IHostApplicationLifetime lifetime, ILogger log)
    {
        var app = new LiveApp(options, environment, log);
        app.Site.Start();
        app._templates?.Start();
        var stopped = Task.CompletedTask;
        lifetime.ApplicationStopping.Register(() => stopped = Task.Run(app.StopAsync));
        lifetime.ApplicationStopped.Register(() => stopped.Wait(TimeSpan.FromSeconds(3))); // it takes two at the most
        return app;
    }

    private async Task StopAsync()
    {
        await (_templates?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Site.StopAsync();
        Site.Dispose();
    }
}

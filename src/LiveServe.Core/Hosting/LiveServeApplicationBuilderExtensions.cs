using LiveServe;
using LiveServe.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Where every Use… method is found without a using of its own.
namespace Microsoft.AspNetCore.Builder;

/// <summary>Makes an app's pages live.</summary>
public static class LiveServeApplicationBuilderExtensions
{
    private const string Used = "LiveServe.Used";

    /// <summary>
    /// Puts the client into the pages that the app answers with, watches the web root, tells open pages what changed, and opens the room at
    /// <c>/__liveserve/chat</c>. It stands before whatever makes pages, so as the first of the app's middleware.
    /// </summary>
    /// <remarks>Only in the environment <c>Development</c>, unless <see cref="LiveServeMiddlewareOptions.OutsideDevelopment"/> is set. A second call does nothing.</remarks>
    /// <param name="app">The app.</param>
    /// <param name="configure">Sets the options; the defaults do for most.</param>
    /// <returns><paramref name="app"/>.</returns>
    public static IApplicationBuilder UseLiveServe(this IApplicationBuilder app, Action<LiveServeMiddlewareOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = new LiveServeMiddlewareOptions();
        configure?.Invoke(options);
        var services = app.ApplicationServices;
        var environment = services.GetRequiredService<IWebHostEnvironment>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("LiveServe");
        if (!environment.IsDevelopment() && !options.OutsideDevelopment)
        {
            if (log.IsEnabled(LogLevel.Information))
            {
                log.LogInformation("Pages are not live: the environment is {Environment}, not Development.", environment.EnvironmentName);
            }

            return app;
        }

        if (!app.Properties.TryAdd(Used, true))
        {
            return app;
        }

        // Not before the pipeline is built: tools that only look at an app's services start nothing.
        return app.Use(next => new LiveServeMiddleware(next, LiveApp.Start(options, environment, services.GetRequiredService<IHostApplicationLifetime>(), log)).InvokeAsync);
    }
}

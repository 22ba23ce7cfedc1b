using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(LiveServe.BrowserTests.Chromium))]

namespace LiveServe.BrowserTests;

/// <summary>One real Chromium for all tests; each test has a context of its own, which is a browser's profile.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Args = Arguments,
            IgnoreDefaultArgs = ["--disable-back-forward-cache"], // pages that come back from it have to catch up
        });
    }

    /// <summary>A profile that nobody has used.</summary>
    public Task<IBrowserContext> NewProfileAsync(BrowserNewContextOptions? options = null) => _browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Find() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(path => path is not null && File.Exists(path))
        ?? throw new InvalidOperationException("No Chromium was found. ./test.sh installs one; or name it in the environment variable CHROMIUM.");
}

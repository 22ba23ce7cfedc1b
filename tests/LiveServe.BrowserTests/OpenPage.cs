using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>A page of a site in a profile of its own, with everything that went wrong in it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private OpenPage(IPage page) => Page = page;

    /// <summary>Playwright's page.</summary>
    public IPage Page { get; }

    /// <summary>Console errors, uncaught errors, policy violations.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>How often a document was loaded.</summary>
    public int Loads { get; private set; }

    /// <summary>Opens a page without our client, and waits until it says that it is live.</summary>
    public static async Task<OpenPage> OpenQuietAsync(Chromium chromium, TestSite site, string path)
    {
        var open = await NewAsync(await chromium.NewProfileAsync());
        await open.Page.GotoAsync(site.Server.Url.GetLeftPart(UriPartial.Authority) + path);
        await open.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        return open;
    }

    /// <summary>Opens a path of the site, or a whole address, and waits until the client is connected.</summary>
    public static async Task<OpenPage> OpenAsync(Chromium chromium, TestSite? site, string path, IBrowserContext? profile = null)
    {
        var open = await NewAsync(profile ?? await chromium.NewProfileAsync());
        var greeted = new TaskCompletionSource();
        open.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            // The pong follows the answer to the hello (client-snippet/hello.js): from here on the page hears of every save.
            if (frame.Text?.Contains("\"pong\"", StringComparison.Ordinal) == true)
            {
                greeted.TrySetResult();
            }
        };
        // The same without a WebSocket: what was posted has been handled when the post is answered.
        open.Page.RequestFinished += (_, request) =>
        {
            if (request.Url.Contains("/__liveserve/send", StringComparison.Ordinal) && request.PostData?.Contains("\"hello\"", StringComparison.Ordinal) == true)
            {
                greeted.TrySetResult();
            }
        };
        await open.Page.GotoAsync(path.StartsWith('/') ? site!.Server.Url.GetLeftPart(UriPartial.Authority) + path : path);
        await greeted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return open;
    }

    private static async Task<OpenPage> NewAsync(IBrowserContext profile)
    {
        var open = new OpenPage(await profile.NewPageAsync());
        open.Page.Console += (_, message) =>
        {
            // Chromium asks every site for one, and says so when there is none.
            if (message.Type == "error" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal))
            {
                open.Errors.Add(message.Text);
            }
        };
        open.Page.PageError += (_, error) => open.Errors.Add(error);
        open.Page.DOMContentLoaded += (_, _) => open.Loads++;
        return open;
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public Task UntilAsync(string expression) => Page.WaitForFunctionAsync(expression);

    /// <summary>Evaluates an expression.</summary>
    public Task<T> AskAsync<T>(string expression) => Page.EvaluateAsync<T>(expression);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}

using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>The first request for an address, kept waiting until the test lets it go. The ones after it pass.</summary>
internal sealed class HeldRequest
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the request is there.</summary>
    public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Holds the next request that a pattern fits, before the server gets it or, when it is <paramref name="answered"/>, before the page gets the answer.</summary>
    public static async Task<HeldRequest> OfAsync(IPage page, string pattern, bool answered = false)
    {
        var held = new HeldRequest();
        await page.RouteAsync(new System.Text.RegularExpressions.Regex(pattern), async route =>
        {
            if (held._arrived.Task.IsCompleted)
            {
                await route.ContinueAsync();
                return;
            }

            var answer = answered ? await route.FetchAsync() : null;
            held._arrived.SetResult();
            await held._released.Task;
            await (answer is null ? route.ContinueAsync() : route.FulfillAsync(new() { Response = answer }));
        });
        return held;
    }

    /// <summary>Lets it go.</summary>
    public void Release() => _released.SetResult();
}

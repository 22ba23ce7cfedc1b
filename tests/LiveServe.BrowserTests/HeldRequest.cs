using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>The first request for an address, kept waiting until the test lets it go. The ones after it pass.</summary>
internal sealed class HeldRequest
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the request is there.</summary>
    public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Holds the next request that a pattern fits.</summary>
    public static async Task<HeldRequest> OfAsync(IPage page, string pattern)
    {
        var held = new HeldRequest();
        await page.RouteAsync(new System.Text.RegularExpressions.Regex(pattern), async route =>
        {
            if (held._arrived.TrySetResult())
            {
                await held._released.Task;
            }

            await route.ContinueAsync();
        });
        return held;
    }

    /// <summary>Lets it go.</summary>
    public void Release() => _released.SetResult();
}

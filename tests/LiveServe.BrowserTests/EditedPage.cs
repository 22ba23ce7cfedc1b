using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>A site with one page that is open and will be edited.</summary>
internal sealed class EditedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _applied = new();
    private readonly string _path;
    private readonly Encoding _encoding;
    private string _source;

    private EditedPage(TestSite site, string path, string source, Encoding encoding)
    {
        Site = site;
        _path = path;
        _source = source;
        _encoding = encoding;
    }

    /// <summary>Where the page is from.</summary>
    public TestSite Site { get; }

    /// <summary>The page.</summary>
    public OpenPage Open { get; private set; } = null!;

    /// <summary>Playwright's page.</summary>
    public IPage Page => Open.Page;

    /// <summary>What the page told the server about its updates.</summary>
    public IEnumerable<(string Result, string? Why)> Applied => _applied.Select(frame =>
    {
        var message = JsonDocument.Parse(frame).RootElement;
        return (message.GetProperty("result").GetString()!, message.TryGetProperty("why", out var why) ? why.GetString() : null);
    });

    /// <summary>Opens a page with this source.</summary>
    public static async Task<EditedPage> OpenAsync(
        Chromium chromium, string source, string path = "index.html", Encoding? encoding = null, params (string Path, string Text)[] files)
    {
        var site = await TestSite.StartAsync(null, [(path, ""), .. files]);
        var edited = new EditedPage(site, path, source, encoding ?? Encoding.UTF8);
        await site.StopServerAsync();
        edited.Save();
        FileTick.Wait(site.Root);
        await site.StartServerAsync(port: 0);

        var profile = await chromium.NewProfileAsync();
        profile.Page += (_, page) => page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (frame.Text?.Contains("\"applied\"", StringComparison.Ordinal) == true)
            {
                edited._applied.Enqueue(frame.Text);
            }
        };
        edited.Open = await OpenPage.OpenAsync(chromium, site, "/" + path, profile);
        await edited.Open.UntilAsync("() => document.readyState === 'complete'");
        return edited;
    }

    /// <summary>Saves the page with one stretch of its source exchanged for another.</summary>
    public void Edit(string from, string to)
    {
        Assert.Contains(from, _source, StringComparison.Ordinal);
        _source = _source.Replace(from, to, StringComparison.Ordinal);
        Save();
    }

    /// <summary>Does something in the page.</summary>
    public Task DoAsync(string script) => Page.EvaluateAsync($"() => {{ {script} }}");

    /// <summary>Waits until something is so in the page.</summary>
    public Task UntilAsync(string condition) => Open.UntilAsync($"() => {condition}");

    /// <summary>Asserts that something is so, in a page that was loaded once and has nothing to complain of.</summary>
    public async Task KeepsAsync(string condition)
    {
        Assert.True(await Open.AskAsync<bool>($"() => Boolean({condition})"), condition);
        Assert.Empty(Open.Errors);
        Assert.Equal(1, Open.Loads);
    }

    public async ValueTask DisposeAsync()
    {
        await Open.DisposeAsync();
        await Site.DisposeAsync();
    }

    private void Save() => Site.Write(_path, _encoding.GetBytes(_source));
}

using System.IO.Compression;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>A page with things to lose: a variable, typed text, a scroll position, a known number of elements. And what it asked the server for.</summary>
internal sealed class Undisturbed : IAsyncDisposable
{
    /// <summary>What the body begins with, so that there is something to type into and somewhere to scroll.</summary>
    public const string Body = "<input id=field style='position:absolute;top:300px'><i id=far style='position:absolute;top:4000px'>.</i>";

    private readonly List<string> _requests = [];
    private readonly OpenPage _open;
    private int _links;

    private Undisturbed(OpenPage open) => _open = open;

    /// <summary>The page.</summary>
    public OpenPage Open => _open;

    /// <summary>Paths and queries that the page asked for since it was opened, but for our own; versions read <c>t=*</c>.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Opens a page and uses it.</summary>
    public static async Task<Undisturbed> OpenAsync(Chromium chromium, IntegrationTests.Harness.TestSite site, string path = "/")
    {
        var live = new Undisturbed(await OpenPage.OpenAsync(chromium, site, path));
        await live._open.Page.Locator("#field").PressSequentiallyAsync("typed");
        await live._open.AskAsync<object>("() => { window.kept = 42; window.updates = 0; addEventListener('liveserve:after', () => window.updates++); scrollTo(0, 77); }");
        live._links = await live._open.AskAsync<int>("() => document.querySelectorAll('link, style').length");
        live._open.Page.Request += live.Note;
        return live;
    }

    /// <summary>Fails unless all of it is as it was.</summary>
    public async Task AssertAsync()
    {
        await _open.UntilAsync("() => window.updates > 0");
        Assert.Equal(1, _open.Loads);
        Assert.Equal(42, await _open.AskAsync<int>("() => window.kept"));
        Assert.Equal("typed", await _open.AskAsync<string>("() => document.querySelector('#field').value"));
        Assert.Equal("field", await _open.AskAsync<string>("() => document.activeElement.id"));
        Assert.Equal(77, await _open.AskAsync<int>("() => scrollY"));
        Assert.Equal(_links, await _open.AskAsync<int>("() => document.querySelectorAll('link, style').length"));
        Assert.Empty(_open.Errors);
    }

    /// <summary>Waits until a pixel of the viewport has a colour, <c>r,g,b</c>.</summary>
    public async Task UntilPixelAsync(string colour, float x = 2, float y = 2)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = "";
        while (seen != colour)
        {
            Assert.False(patience.IsCancellationRequested, $"The pixel is {seen}, not {colour}.");
            seen = await PixelAsync(x, y);
        }
    }

    /// <summary>The colour of a pixel of the viewport.</summary>
    public async Task<string> PixelAsync(float x = 2, float y = 2)
    {
        var png = await _open.Page.ScreenshotAsync(new() { Clip = new() { X = x, Y = y, Width = 1, Height = 1 } });
        using var data = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                data.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        data.Position = 0;
        using var raw = new ZLibStream(data, CompressionMode.Decompress);
        var line = new byte[4]; // the filter, which changes nothing in the first pixel, then red, green, blue
        await raw.ReadExactlyAsync(line);
        return $"{line[1]},{line[2]},{line[3]}";
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    private void Note(object? sender, IRequest request)
    {
        var url = new Uri(request.Url);
        if (!url.AbsolutePath.StartsWith("/__liveserve/", StringComparison.Ordinal) && url.Scheme == "http")
        {
            lock (_requests)
            {
                _requests.Add(System.Text.RegularExpressions.Regex.Replace(url.PathAndQuery, @"\bt=\d{13}\b", "t=*"));
            }
        }
    }
}

using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;
using LiveServe.UnitTests.Architecture;

namespace LiveServe.BrowserTests;

/// <summary><c>samples/aspnet</c> as it is run, with a browser in front.</summary>
public sealed partial class LibraryTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private Tool _app = null!;
    private string _url = "";

    public async ValueTask InitializeAsync()
    {
        foreach (var folder in new[] { "Pages", "wwwroot" })
        {
            Directory.CreateDirectory(At(folder));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "aspnet", folder)))
            {
                File.Copy(file, At(folder, Path.GetFileName(file)));
            }
        }

        FileTick.Wait(_root);
        _app = Tool.StartProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "AspNetSample.dll"), "--urls", "http://127.0.0.1:0"], _root, ("ASPNETCORE_ENVIRONMENT", "Development"));
        _url = $"http://localhost:{await _app.UntilAsync(Listening())}";
    }

    [Fact]
    public async Task The_samples_page_takes_a_style_sheet_in_place_and_a_template_by_loading_again()
    {
        await using var open = await OpenPage.OpenAsync(chromium, null, _url + "/");
        await open.Page.Locator("input").FillAsync("typed");
        Save("rgb(20, 90, 160)", "rgb(1, 2, 3)", "wwwroot", "site.css");
        await open.UntilAsync("() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'");
        Assert.Equal(("typed", 1), (await open.Page.Locator("input").InputValueAsync(), open.Loads));

        Save("<h1>An app</h1>", "<h1>Another</h1>", "Pages", "Index.cshtml");
        await open.UntilAsync("() => document.querySelector('h1')?.textContent === 'Another' && document.querySelector('input').value === 'typed'");
        Assert.Equal(2, open.Loads);
        Assert.DoesNotContain("client.js", await open.AskAsync<string>("() => fetch('/time').then(answer => answer.text())"), StringComparison.Ordinal);
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task The_samples_page_that_is_a_file_is_patched()
    {
        await using var open = await OpenPage.OpenAsync(chromium, null, _url + "/about.html");
        await open.AskAsync<object>("() => { document.querySelector('h1').textContent = 'by a script'; }");
        Save("This page is a file.", "This page was a file.", "wwwroot", "about.html");
        await open.UntilAsync("() => document.querySelector('#text').textContent.startsWith('This page was')");
        Assert.Equal(("by a script", 1), (await open.AskAsync<string>("() => document.querySelector('h1').textContent"), open.Loads));
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task The_samples_room_opens_and_its_pages_have_the_button()
    {
        await using var page = await OpenPage.OpenAsync(chromium, null, _url + "/");
        await page.UntilAsync("() => document.querySelector('liveserve-chat')");
        await using var room = await OpenPage.OpenAsync(chromium, null, _url + "/__liveserve/chat");
        await room.Page.GetByLabel("Name").FillAsync("Ann");
        await room.Page.GetByLabel("Name").PressAsync("Enter");
        await room.Page.GetByLabel("Message").FillAsync("a first word");
        await room.Page.GetByLabel("Message").PressAsync("Enter");
        await room.Page.GetByText("a first word").WaitForAsync();
        Assert.Empty(room.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.SignalAsync("TERM");
        Assert.Equal(0, (await _app.EndAsync()).Code);
        await _app.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private string At(params string[] path) => Path.Combine([_root, .. path]);

    private void Save(string old, string text, params string[] path)
    {
        var before = File.ReadAllText(At(path));
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(At(path), before.Replace(old, text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"Now listening on: http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}

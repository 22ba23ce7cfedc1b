using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LiveServe.IntegrationTests;

/// <summary>What is live in an app: its sockets, its files, its templates.</summary>
public sealed partial class LibraryLiveTests
{
    private const string Page = "<!doctype html>\n<html><head><title>é</title></head><body>hi</body></html>";
    private static readonly string[] Navigation = ["Accept: text/html,*/*;q=0.8", "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, br"];

    [Fact]
    public async Task The_apps_own_socket_is_untouched_and_ours_is_ours()
    {
        await using var app = await TestApp.StartAsync(built =>
        {
            built.UseLiveServe();
            built.UseWebSockets();
            built.Run(async context =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                var buffer = new byte[10];
                var received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, true, context.RequestAborted);
            });
        });
        using (var theirs = await RawSocket.OpenAtAsync(app.Port, "/ws"))
        {
            await theirs.SendFrameAsync(Opcode.Text, "[1]"u8.ToArray());
            Assert.Equal("[1]", (await theirs.NextAsync()).GetRawText());
        }

        using var ours = await RawSocket.OpenAsync(app.Port);
        await ours.NextAsync("connected");
        using var foreign = await RawSocket.OpenAsync(app.Port, null, "Origin: https://evil.example");
        Assert.StartsWith("HTTP/1.1 403", foreign.Handshake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host: evil.example", 403)]
    [InlineData("Host: app.test", 200)]
    [InlineData("Host: 127.0.0.1", 200)]
    [InlineData("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403)]
    public async Task Our_addresses_are_for_this_apps_names_and_pages_only_and_the_apps_are_its_own_business(string header, int status)
    {
        await using var app = await TestApp.StartAsync(built =>
        {
            built.UseLiveServe(options => options.AllowedHosts.Add("app.test"));
            built.Run(context => Html(context, Page));
        });
        Assert.Equal(status, (await RawHttp.GetAsync(app.Port, "/__liveserve/client.js", header)).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(app.Port, "/x", header)).Status);
        Assert.Equal(404, (await RawHttp.GetAsync(app.Port, "/__liveserve/nothing")).Status);
        Assert.Equal(405, (await RawHttp.SendAsync(app.Port, "POST", "/__liveserve/status", "Content-Length: 0")).Status);
    }

    [Theory, InlineData("Production", false), InlineData("Staging", false), InlineData("Production", true), InlineData("Development", true)]
    public async Task It_works_in_development_and_elsewhere_only_when_told_to(string environment, bool works)
    {
        await using var app = await TestApp.StartAsync(
            built =>
            {
                built.UseLiveServe(options => options.OutsideDevelopment = works);
                built.Run(context => Html(context, Page));
            },
            environment);
        Assert.Equal(works, (await RawHttp.GetAsync(app.Port, "/x", Navigation)).Text.Contains("client.js", StringComparison.Ordinal));
        Assert.Equal(works, (await RawHttp.GetAsync(app.Port, "/__liveserve/status")).Text.StartsWith('{'));
        Assert.Equal(works ? [] : [$"Information: Pages are not live: the environment is {environment}, not Development."], app.Log);
    }

    [Fact]
    public async Task A_page_that_is_a_file_is_known_by_its_source_and_a_saved_file_is_told_of()
    {
        await using var app = await TestApp.StartAsync(
            built =>
            {
                built.UseLiveServe();
                built.UsePathBase("/base");
                built.UseStaticFiles();
            },
            files: [("wwwroot/a.html", Page), ("wwwroot/a.css", "p {}")]);
        var answer = await RawHttp.GetAsync(app.Port, "/a.html", Navigation);
        Assert.Equal(Page, WithoutScript(answer, out var script));
        var doc = Doc().Match(script).Groups[1].Value;
        Assert.Equal(Page, (await RawHttp.GetAsync(app.Port, $"/__liveserve/source/{doc}")).Text);
        Assert.Equal(304, (await RawHttp.GetAsync(app.Port, "/a.html", [.. Navigation, $"If-None-Match: {answer["ETag"]}"])).Status);
        Assert.Equal("no-cache", (await RawHttp.GetAsync(app.Port, "/base/a.css"))["Cache-Control"]);

        using var page = await RawSocket.OpenAsync(app.Port, "liveserve.1");
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "resources", add = new[] { "/base/a.css" } });
        await page.SendAsync(new { type = "hello", v = 1, page = new { url = "/a.html", doc, top = true, visible = true } });
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.SkipToAsync("pong");
        app.Write("wwwroot/a.html", Page.Replace("hi", "ho", StringComparison.Ordinal));
        Assert.Equal("html", (await page.NextAsync("updated")).GetProperty("items")[0].GetProperty("kind").GetString());
        app.Write("wwwroot/a.css", "p { color: red }");
        var item = (await page.NextAsync("updated")).GetProperty("items")[0];
        Assert.Equal(("css", "/base/a.css"), (item.GetProperty("kind").GetString(), item.GetProperty("url").GetString()));
    }

    [Fact]
    public async Task A_template_reloads_pages_and_so_does_the_app_when_it_starts_again()
    {
        static void Build(WebApplication built)
        {
            built.UseLiveServe(options => options.Templates = true);
            built.Run(context => Html(context, Page));
        }

        await using var app = await TestApp.StartAsync(Build, files: [("Views/a.cshtml", "old"), ("Program.cs", "old"), ("obj/b.cshtml", "old")]);
        var port = app.Port;
        var hello = await HelloAsync(port, null);
        app.Write("obj/b.cshtml", "new");
        app.Write("Program.cs", "new");
        app.Write("Views/a.cshtml", "new");
        var item = (await hello.NextAsync("updated")).GetProperty("items")[0];
        Assert.Equal(("reload", "Views/a.cshtml"), (item.GetProperty("kind").GetString(), item.GetProperty("why").GetString()));
        hello.Dispose();

        using var open = await HelloAsync(port, null);
        var stopping = app.StopAsync();
        Assert.Equal(1001, await open.CloseCodeAsync()); // and not after the server has waited for it
        open.Dispose();
        await stopping;
        await app.RunAsync(Build, "Development", null, port);
        using var back = await HelloAsync(port, "0123456789abcdef");
        Assert.Equal("the app was started again", (await back.NextAsync("updated")).GetProperty("items")[0].GetProperty("why").GetString());
    }

    private static async Task<RawSocket> HelloAsync(int port, string? boot)
    {
        var page = await RawSocket.OpenAsync(port, "liveserve.1");
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "hello", v = 1, boot, seq = 0, time = DateTimeOffset.UtcNow, page = new { url = "/x", doc = "", top = true, visible = true } });
        if (boot is null)
        {
            await page.SendAsync(new { type = "ping", t = 1 });
            await page.NextAsync("pong");
        }

        return page;
    }

    private static Task Html(HttpContext context, string text)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    private static string WithoutScript(RawAnswer answer, out string script)
    {
        var match = Assert.Single(Script().Matches(answer.Text));
        script = match.Value;
        return answer.Text.Remove(match.Index, match.Length);
    }

    [GeneratedRegex("<script src=\"/__liveserve/client.js\"[^>]*></script>")]
    private static partial Regex Script();

    [GeneratedRegex("data-doc=\"([^\"]+)\"")]
    private static partial Regex Doc();
}

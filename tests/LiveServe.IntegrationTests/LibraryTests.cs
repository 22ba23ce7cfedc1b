using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveServe.IntegrationTests;

/// <summary>What <c>app.UseLiveServe()</c> does to an app, and what it leaves alone.</summary>
public sealed partial class LibraryTests
{
    private const string Page = "<!doctype html>\n<html><head><title>é</title></head><body>hi</body></html>";
    private static readonly string[] Navigation = ["Accept: text/html,*/*;q=0.8", "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, br"];

    [Fact]
    public async Task A_page_of_the_app_gets_the_client_and_its_headers_say_so()
    {
        await using var app = await OneAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = Encoding.UTF8.GetByteCount(Page);
            context.Response.Headers.ETag = "\"t\"";
            context.Response.Headers.AcceptRanges = "bytes";
            return context.Response.WriteAsync(Page);
        });
        var answer = await RawHttp.GetAsync(app.Port, "/x", Navigation);
        Assert.Equal(Page, WithoutScript(answer, out var script));
        Assert.Contains("data-doc=\"\"", script, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>\n<html><head><script src=\"/__liveserve/client.js\" async", answer.Text, StringComparison.Ordinal);
        Assert.Equal(($"{answer.Body.Length}", "", "Sec-Fetch-Dest, Accept", "no-cache"), (answer["Content-Length"], answer["Accept-Ranges"], answer["Vary"], answer["Cache-Control"]));
        Assert.Matches("^\"t-[0-9a-f]{16}-0\"$", answer["ETag"]);

        var head = await RawHttp.SendAsync(app.Port, "HEAD", "/x", Navigation);
        Assert.Equal((200, 0, "", answer["ETag"]), (head.Status, head.Body.Length, head["Content-Length"], head["ETag"]));
        Assert.Equal(200, (await RawHttp.GetAsync(app.Port, "/__liveserve/client.js")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(app.Port, "/__liveserve/chat")).Status);
        Assert.Contains("\"seq\":0", (await RawHttp.GetAsync(app.Port, "/__liveserve/status")).Text, StringComparison.Ordinal);
    }

    /// <summary>Content-Type and more, what is asked with, what is written.</summary>
    public static TheoryData<string, string, string> Untouched => new()
    {
        { "application/json", "Sec-Fetch-Dest: document", "{\"a\":\"<head>\"}" },
        { "text/html", "Sec-Fetch-Dest: empty", Page },
        { "text/html", "Accept: application/json", Page },
        { "text/html", "Accept: */*", "<p>a fragment that a tool asked for" },
        { "", "Sec-Fetch-Dest: document", Page },
        { "text/html|Content-Disposition: attachment", "Sec-Fetch-Dest: document", Page },
        { "text/html|Content-Encoding: zstd", "Sec-Fetch-Dest: document", Page },
        { "text/html|Content-Security-Policy: sandbox", "Sec-Fetch-Dest: document", Page },
        { "text/html", "Sec-Fetch-Dest: document", "<!doctype html><head><meta name=liveserve content=off></head><p>opted out" },
    };

    [Theory, MemberData(nameof(Untouched))]
    public async Task What_is_no_page_passes_untouched(string type, string header, string body)
    {
        await using var app = await OneAsync(async context =>
        {
            context.Response.ContentType = type.Split('|')[0];
            foreach (var line in type.Split('|').Skip(1))
            {
                context.Response.Headers[line.Split(": ")[0]] = line.Split(": ")[1];
            }

            context.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
            context.Response.Headers.ETag = "\"t\"";
            await context.Response.WriteAsync(body);
        });
        var answer = await RawHttp.GetAsync(app.Port, "/x", header);
        Assert.Equal((body, $"{Encoding.UTF8.GetByteCount(body)}", "\"t\"", ""), (answer.Text, answer["Content-Length"], answer["ETag"], answer["Vary"]));
    }

    [Fact]
    public async Task A_page_that_is_packed_passes_and_it_is_said_once()
    {
        await using var app = await OneAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 });
        });
        Assert.Equal([1, 2, 3], (await RawHttp.GetAsync(app.Port, "/x", Navigation)).Body);
        await RawHttp.GetAsync(app.Port, "/x", Navigation);
        Assert.StartsWith("Warning: /x is packed as gzip", Assert.Single(app.Log), StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task With_the_apps_own_compression_before_or_after_it_the_page_is_whole(bool isBefore)
    {
        await using var app = await TestApp.StartAsync(
            built =>
            {
                if (isBefore)
                {
                    built.UseResponseCompression();
                }

                built.UseLiveServe();
                if (!isBefore)
                {
                    built.UseResponseCompression();
                }

                built.Run(context =>
                {
                    context.Response.ContentType = "text/html";
                    return context.Response.WriteAsync(Page + new string('x', 5000));
                });
            },
            services: services => services.AddResponseCompression());
        var answer = await RawHttp.GetAsync(app.Port, "/x", [.. Navigation[..2], "Accept-Encoding: gzip"]);
        Assert.Equal(isBefore ? "gzip" : "", answer["Content-Encoding"]);
        var body = isBefore ? Unpack(answer.Body) : answer.Body;
        Assert.Equal(Page + new string('x', 5000), WithoutScript(answer with { Body = body }, out _));
    }

    [Theory, InlineData(1), InlineData(7), InlineData(100_000)]
    public async Task However_the_page_is_written_all_of_it_arrives(int step)
    {
        var page = Page + new string('x', 300_000);
        await using var app = await OneAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            for (var at = 0; at < page.Length; at += at < 200 ? step : 100_000)
            {
                await context.Response.WriteAsync(page[at..Math.Min(page.Length, at + (at < 200 ? step : 100_000))]);
            }
        });
        Assert.Equal(page, WithoutScript(await RawHttp.GetAsync(app.Port, "/x", Navigation), out _));
    }

    [Theory]
    [InlineData("<!doctype html><html><head><title>t</title></head>")]
    [InlineData("<!doctype html><title>t</title><p>first")]
    public async Task What_is_written_bit_by_bit_arrives_bit_by_bit_once_the_head_has_ended(string first)
    {
        var heard = new TaskCompletionSource();
        await using var app = await OneAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync(first);
            await heard.Task;
            await context.Response.WriteAsync("<p>end");
        });
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        await using var stream = await client.GetStreamAsync($"http://localhost:{app.Port}/x");
        var buffer = new byte[1000];
        await stream.ReadAtLeastAsync(buffer, 60);
        heard.SetResult();
        Assert.EndsWith("<p>end", await new StreamReader(stream).ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_set_at_the_last_moment_admits_the_client()
    {
        await using var app = await TestApp.StartAsync(built =>
        {
            built.UseLiveServe();
            built.Use(async (context, next) =>
            {
                context.Response.OnStarting(() => Task.FromResult(context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'nonce-abc'"));
                await next(context);
            });
            built.Run(context => Html(context, Page));
        });
        var answer = await RawHttp.GetAsync(app.Port, "/x", Navigation);
        Assert.Equal("default-src 'none'; script-src 'nonce-abc'; connect-src 'self'", answer["Content-Security-Policy"]);
        WithoutScript(answer, out var script);
        Assert.Contains("nonce=\"abc\"", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_page_takes_the_place_of_what_was_held_back()
    {
        await using var app = await TestApp.StartAsync(built =>
        {
            built.UseLiveServe();
            built.UseExceptionHandler(handler => handler.Run(context => Html(context, "<!doctype html><head></head><p>sorry")));
            built.Run(async context =>
            {
                await Html(context, "<!doctype html><head><title>half");
                throw new InvalidOperationException("in the middle");
            });
        });
        var answer = await RawHttp.GetAsync(app.Port, "/x", Navigation);
        Assert.Equal((500, "<!doctype html><head></head><p>sorry"), (answer.Status, WithoutScript(answer, out _)));
    }

    [Fact]
    public async Task An_error_handler_outside_finds_nothing_sent()
    {
        await using var app = await TestApp.StartAsync(built =>
        {
            built.UseExceptionHandler(handler => handler.Run(context => Html(context, "<p>sorry")));
            built.UseLiveServe();
            built.Run(async context =>
            {
                await Html(context, "<!doctype html><head><title>half");
                throw new InvalidOperationException("in the middle");
            });
        });
        var answer = await RawHttp.GetAsync(app.Port, "/x", Navigation);
        Assert.Equal((500, "<p>sorry", ""), (answer.Status, answer.Text, answer["Vary"])); // and nothing says that it is a page of ours
    }

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

    private static Task<TestApp> OneAsync(RequestDelegate answer) => TestApp.StartAsync(built =>
    {
        built.UseLiveServe();
        built.Run(answer);
    });

    private static Task Html(HttpContext context, string text)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    private static byte[] Unpack(byte[] body)
    {
        using var unpacked = new MemoryStream();
        new GZipStream(new MemoryStream(body), CompressionMode.Decompress).CopyTo(unpacked);
        return unpacked.ToArray();
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

using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveServe.IntegrationTests;

/// <summary>What <c>app.UseLiveServe()</c> does to an app, and what it leaves alone.</summary>
public sealed partial class LibraryTests
{
    private const string Page = "<!doctype html>\n<html><head><title>é</title></head><body>hi</body></html>";
    private static readonly string[] Navigation = ["Accept: text/html,*/*;q=0.8", "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, br"];

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
}

using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>The inspector's page in a real browser.</summary>
public sealed class InspectorTests(Chromium chromium)
{
    // §8.G of what a room has to withstand: as a frame's text, a socket's address and program, a close reason, a request's target.
    public static TheoryData<string> Payloads =>
    [
        "<script>window.pwned = 1</script>", "<img src=x onerror='window.pwned = 1'>", "<svg onload='window.pwned = 1'>", "<svg><animate onbegin='window.pwned = 1' attributeName=x dur=1s>",
        "<iframe srcdoc=\"<script>parent.pwned = 1</script>\">", "<details open ontoggle='window.pwned = 1'>", "<video><source onerror='window.pwned = 1'></video>",
        "<math><mtext><table><mglyph><style><img src=x onerror='window.pwned = 1'>", "<input autofocus onfocus='window.pwned = 1'>", "\"><img src=x onerror='window.pwned = 1'>",
        "'onmouseover='window.pwned = 1", "${window.pwned = 1}", "{{constructor.constructor('window.pwned = 1')()}}", "</textarea><script>window.pwned = 1</script>",
        "</title><script>window.pwned = 1</script>", "</script><script>window.pwned = 1</script>", "<!--<script>window.pwned = 1</script>", "]]><script>window.pwned = 1</script>",
        "<style>@import 'http://evil.example/x.css'", "javascript:window.pwned=1", "<link rel=stylesheet href=http://evil.example/x.css>", "{\"__proto__\":{\"pwned\":1},\"type\":\"constructor\"}",
    ];

    [Fact]
    public async Task Frames_and_requests_are_seen_as_they_happen_and_details_say_it_all()
    {
        await using var site = await SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo", null, "User-Agent: curl/8.5.0");
        await using var open = await OpenAsync(site);
        await open.Page.GetByText("Hello webSocket").WaitForAsync(); // of before
        await echo.SendTextAsync("""{"type":"chat","from":{"name":"Ann"},"body":"hello there"}""");
        await Row(open, "hello there").First.ClickAsync();
        var detail = open.Page.GetByRole(AriaRole.Region, new() { Name = "Details" });
        Assert.Contains("\"name\": \"Ann\"", await detail.GetByLabel("Payload").TextContentAsync(), StringComparison.Ordinal);
        await detail.GetByRole(AriaRole.Button, new() { Name = "As it came" }).ClickAsync();
        Assert.Contains("{\"type\":\"chat\",\"from\"", await detail.GetByLabel("Payload").TextContentAsync(), StringComparison.Ordinal);
        await RawHttp.GetAsync(site.Port, "/about.html");
        await Row(open, "/about.html").WaitForAsync();
        await echo.SendFrameAsync(Opcode.Close, [0x0F, 0xA1, .. "enough"u8]);
        await Row(open, "4001 enough").WaitForAsync();
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.False(await detail.IsVisibleAsync());
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task Filters_narrow_the_timeline_by_text_expression_path_direction_type_and_socket()
    {
        await using var site = await SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        using var relay = await RawSocket.OpenAtAsync(site.Port, "/relay");
        await using var open = await OpenAsync(site);
        await echo.SendTextAsync("""{"type":"chat","n":1}""");
        await relay.SendTextAsync("""{"type":"move","n":22}""");
        await relay.SendFrameAsync(Opcode.Ping, "p"u8.ToArray());
        await Row(open, "pong").WaitForAsync();
        var filter = open.Page.GetByLabel("Filter");
        foreach (var (query, rows) in new[] { ("MOVE", 1), ("/\"n\":\\d\\d/", 1), ("$.type = chat", 1), ("$.n", 2), ("nothing at all", 0), ("/(/", -1), ("", -1) })
        {
            await filter.FillAsync(query);
            await CountAsync(open, rows);
            Assert.Equal(query == "/(/" ? "true" : "false", await filter.GetAttributeAsync("aria-invalid"));
        }

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Ping, pong" }).ClickAsync();
        await CountAsync(open, 2);
        await open.Page.GetByLabel("Direction").SelectOptionAsync("out");
        await CountAsync(open, 1);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Ping, pong" }).ClickAsync();
        await open.Page.Locator("[data-socket]").Filter(new() { HasText = "/relay" }).ClickAsync();
        await CountAsync(open, 1); // the pong
        await open.Page.GetByLabel("Direction").SelectOptionAsync("all");
        await CountAsync(open, 4); // opened, text, ping, pong
    }

    [Fact]
    public async Task A_visitor_finds_the_acts_locked_and_the_host_sends_simulates_and_closes()
    {
        await using var site = await SiteAsync();
        using var echo = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await echo.FrameAsync();
        await using var open = await OpenAsync(site);
        await open.Page.Locator("[data-socket]").Filter(new() { HasText = "/echo" }).ClickAsync();
        await open.Page.GetByText("Send as host").First.ClickAsync();
        Assert.True(await open.Page.GetByRole(AriaRole.Button, new() { Name = "Send as host" }).IsDisabledAsync());
        Assert.True(await open.Page.GetByLabel("Drop messages").IsDisabledAsync());

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Act as host" }).ClickAsync();
        await open.Page.GetByLabel("Host key").FillAsync("wrong-key");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await open.Page.GetByText("not the host").WaitForAsync();
        await open.Page.GetByLabel("Host key").FillAsync("hosthost");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "You are the host" }).WaitForAsync();

        await open.Page.GetByLabel("Data").FillAsync("from the host");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Send as host" }).ClickAsync();
        Assert.Equal((1, "from the host"u8.ToArray()), await NextAsync(echo));
        await open.Page.GetByLabel("Drop messages").CheckAsync();
        await open.Page.GetByText("off by itself in").WaitForAsync();
        await open.Page.GetByLabel("Close code").FillAsync("4007");
        await open.Page.GetByLabel("Reason").FillAsync("bye");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Close it" }).ClickAsync();
        Assert.Equal((8, new byte[] { 0x0F, 0xA7 }.Concat("bye"u8.ToArray()).ToArray()), await NextAsync(echo));

        await open.Page.ReloadAsync(); // this browser keeps the key
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "You are the host" }).WaitForAsync();
    }

    [Fact]
    public async Task The_hosts_link_unlocks_and_leaves_the_address_at_once()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site, "#host=hosthost");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "You are the host" }).WaitForAsync();
        Assert.EndsWith("/__liveserve/sockets", open.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_three_lines_open_a_socket_and_the_form_does_the_same()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        await open.Page.GetByText("Open a socket yourself").ClickAsync();
        await open.Page.GetByLabel("Address").FillAsync("/echo");
        var lines = await open.Page.GetByLabel("Paste this in the console").TextContentAsync();
        Assert.Equal(3, lines!.Split('\n').Length);
        await using var page = await OpenPage.OpenAsync(chromium, site, "/about.html", open.Page.Context);
        var said = page.Page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("I heard you say \"I am listening\"", StringComparison.Ordinal) });
        await page.Page.AddScriptTagAsync(new() { Content = lines });
        await said;
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await open.Page.GetByText("received: I heard you say \"I am listening\"").WaitForAsync();
        Assert.Empty(open.Errors);
    }

    [Theory, MemberData(nameof(Payloads))]
    public async Task Nothing_that_comes_in_a_frame_an_address_or_a_reason_is_run(string payload)
    {
        await using var site = await SiteAsync();
        using var relay = await RawSocket.OpenAtAsync(site.Port, $"/relay?{Uri.EscapeDataString(payload)}", null, $"User-Agent: {payload}");
        await using var open = await OpenAsync(site);
        await relay.SendTextAsync(payload);
        await relay.SendFrameAsync(Opcode.Binary, System.Text.Encoding.UTF8.GetBytes(payload));
        await RawHttp.GetAsync(site.Port, $"/missing?{Uri.EscapeDataString(payload)}");
        await Row(open, payload).First.ClickAsync();
        await open.Page.Locator("[data-socket]").Filter(new() { HasText = "/relay?" }).ClickAsync();
        await open.Page.GetByLabel("Filter").FillAsync(payload);
        var reason = System.Text.Encoding.UTF8.GetBytes(payload);
        await relay.SendFrameAsync(Opcode.Close, [0x0F, 0xA1, .. reason[..Math.Min(reason.Length, 120)]]);
        await open.Page.GetByLabel("Filter").FillAsync("4001");
        await Row(open, payload).First.WaitForAsync();
        Assert.False(await open.AskAsync<bool>("() => 'pwned' in window || 'pwned' in {}"));
        Assert.Equal(0, await open.AskAsync<int>("() => document.querySelectorAll('iframe, img, svg, video, link[rel=stylesheet], body script').length"));
        Assert.DoesNotContain(open.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal)); // nothing was even tried
    }

    [Fact]
    public async Task Ten_thousand_frames_leave_the_page_small()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        using var relay = await RawSocket.OpenAtAsync(site.Port, "/relay");
        var frame = RawSocket.Masked(Opcode.Text, "one of many"u8.ToArray());
        for (var i = 0; i < 100; i++)
        {
            await relay.SendBytesAsync([.. Enumerable.Repeat(frame, 100).SelectMany(bytes => bytes)]);
        }

        await relay.SendTextAsync("the last one");
        await Row(open, "the last one").WaitForAsync();
        Assert.InRange(await open.AskAsync<int>("() => document.querySelectorAll('.entry').length"), 1, 100);
        await open.Page.GetByRole(AriaRole.Listbox, new() { Name = "Timeline" }).FocusAsync();
        await open.Page.Keyboard.PressAsync("Home");
        await open.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("newer") }).Or(open.Page.Locator(".entry[aria-posinset='1']")).First.WaitForAsync();
        Assert.InRange(await open.AskAsync<int>("() => document.querySelectorAll('.entry').length"), 1, 100);
    }

    [Fact]
    public async Task It_comes_back_when_the_server_does()
    {
        await using var site = await SiteAsync();
        await using var open = await OpenAsync(site);
        var port = site.Port;
        await site.StopServerAsync();
        await open.Page.GetByText("Connection lost").WaitForAsync();
        await site.StartServerAsync(port);
        await open.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        using var echo = await RawSocket.OpenAtAsync(port, "/echo");
        await Row(open, "Hello webSocket").WaitForAsync();
    }

    // A browser may take longer than a heartbeat.
    private static async Task<(int Opcode, byte[] Payload)?> NextAsync(RawSocket socket)
    {
        while (true)
        {
            var frame = await socket.FrameAsync();
            if (frame is not (9, var ping))
            {
                return frame;
            }

            await socket.SendFrameAsync(Opcode.Pong, ping);
        }
    }

    private static ILocator Row(OpenPage open, string text) =>
        open.Page.GetByRole(AriaRole.Listbox, new() { Name = "Timeline" }).GetByRole(AriaRole.Option).Filter(new() { HasText = text });

    // A negative number is any but none.
    private static Task CountAsync(OpenPage open, int rows) => open.UntilAsync($"() => {{ const n = document.querySelectorAll('.entry').length; return {rows} < 0 ? n > 0 : n === {rows}; }}");

    private static Task<TestSite> SiteAsync() => TestSite.StartAsync(
        options => options with { EchoPath = "/echo", RelayPath = "/relay", HostKey = "hosthost" }, ("about.html", "<!doctype html><p>about"));

    private async Task<OpenPage> OpenAsync(TestSite site, string fragment = "") => await OpenPage.OpenQuietAsync(chromium, site, "/__liveserve/sockets" + fragment);
}

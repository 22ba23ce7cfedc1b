using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests;

/// <summary>The echo and the relay, spoken by hand.</summary>
public sealed class UserSocketTests
{
    [Fact]
    public async Task The_echo_greets_and_repeats_in_text_whatever_it_hears()
    {
        await using var site = await TestSite.StartAsync(options => options with { EchoPath = "/" });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/");
        Assert.Equal("Hello webSocket", await TextAsync(socket));
        foreach (var said in new[] { "I am listening", "", "é 😀 日本", "\"quoted\"\n\u001b[2J" })
        {
            await socket.SendTextAsync(said);
            Assert.Equal($"I heard you say \"{said}\"", await TextAsync(socket));
            await site.EventAsync(happened => happened is EchoHeard heard && heard.Message == said);
        }

        await socket.SendFrameAsync(Opcode.Binary, [.. "a"u8, 0xFF, .. "é"u8]);
        Assert.Equal("I heard you say \"a\uFFFDé\"", await TextAsync(socket));
    }

    [Fact]
    public async Task A_long_message_is_logged_in_part_and_cut_between_characters()
    {
        await using var site = await TestSite.StartAsync(options => options with { EchoPath = "/echo" });
        using var socket = await RawSocket.OpenAtAsync(site.Port, "/echo");
        await TextAsync(socket);
        await socket.SendTextAsync(new string('€', 1000));
        Assert.Equal($"I heard you say \"{new string('€', 1000)}\"", await TextAsync(socket));
        Assert.Contains(site.Events, happened => happened is EchoHeard heard && heard.Message == new string('€', 666) + "…");
    }

    [Theory]
    [InlineData("/echo")]
    [InlineData("/echo/?a=b")]
    [InlineData("/r%65lay")]
    public async Task Who_comes_without_a_socket_is_told_to_upgrade(string target)
    {
        await using var site = await SiteAsync();
        var tool = await RawHttp.GetAsync(site.Port, target);
        Assert.Equal((426, "Upgrade Required", "text/plain"), (tool.Status, tool.Text, tool["Content-Type"]));
        Assert.Equal(("websocket", "13"), (tool["Upgrade"], tool["Sec-WebSocket-Version"]));
        var browser = await RawHttp.GetAsync(site.Port, target, "Sec-Fetch-Dest: document", "Accept: text/html");
        Assert.Equal(426, browser.Status);
        Assert.StartsWith("text/html", browser["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("new WebSocket(", browser.Text, StringComparison.Ordinal);
        Assert.Equal((426, ""), ((await RawHttp.SendAsync(site.Port, "HEAD", target)) is var head ? (head.Status, head.Text) : default));
    }

    [Fact]
    public async Task At_the_root_pages_are_served_beside_it_and_other_addresses_have_no_socket()
    {
        await using var site = await TestSite.StartAsync(options => options with { EchoPath = "/" }, ("index.html", "<!doctype html><p>hello"));
        Assert.Contains("hello", (await RawHttp.GetAsync(site.Port, "/")).Text, StringComparison.Ordinal);
        using var elsewhere = await RawSocket.OpenAtAsync(site.Port, "/other");
        Assert.StartsWith("HTTP/1.1 404", elsewhere.Handshake, StringComparison.Ordinal);
        using var ours = await RawSocket.OpenAsync(site.Port);
        await ours.NextAsync("connected");
    }

    [Theory]
    [InlineData("/echo")]
    [InlineData("/relay")]
    public async Task They_pass_the_same_entrance_as_our_own(string path)
    {
        await using var site = await SiteAsync(options => options with { MaximumSockets = 1 });
        Assert.StartsWith("HTTP/1.1 403", await HandshakeAsync(site, path, "Origin: http://evil.example"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await HandshakeAsync(site, path, "Origin: null"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await HandshakeAsync(site, path, "Host: evil.example"), StringComparison.Ordinal);
        using var one = await RawSocket.OpenAtAsync(site.Port, path, "chat, x", $"Origin: http://localhost:{site.Port}");
        Assert.StartsWith("HTTP/1.1 101", one.Handshake, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: chat\r\n", one.Handshake, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 503", await HandshakeAsync(site, path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/echo")]
    [InlineData("/relay")]
    public async Task Behind_a_password_they_ask_for_it(string path)
    {
        await using var site = await SiteAsync(options => options with { Auth = new Credentials("a", "b") });
        Assert.StartsWith("HTTP/1.1 401", await HandshakeAsync(site, path), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 101", await HandshakeAsync(site, path, "Authorization: Basic YTpi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_relay_passes_everything_to_everyone_else_as_binary_and_says_nothing_itself()
    {
        await using var site = await SiteAsync();
        using var anna = await RelayedAsync(site, 1);
        using var ben = await RelayedAsync(site, 2);
        using var carl = await RelayedAsync(site, 3);
        await anna.SendTextAsync("{\"name\":\"anna\",\"msg\":\"hi\"}");
        await ben.SendFrameAsync(Opcode.Binary, [0, 0xFF, 0x80]);
        await carl.SendBytesAsync([.. RawSocket.Masked(Opcode.Text, "a"u8.ToArray(), final: false), .. RawSocket.Masked(Opcode.Continuation, "b"u8.ToArray())]);
        Assert.Equal(["00FF80", "6162"], await BinariesAsync(anna, 2));
        Assert.Equal(["6162", Convert.ToHexString("{\"name\":\"anna\",\"msg\":\"hi\"}"u8)], await BinariesAsync(ben, 2));
        Assert.Equal(["00FF80", Convert.ToHexString("{\"name\":\"anna\",\"msg\":\"hi\"}"u8)], await BinariesAsync(carl, 2));
        await ben.SendFrameAsync(Opcode.Close, []);
        await ben.CloseCodeAsync();
        await anna.SendTextAsync("c");
        Assert.Equal(["63"], await BinariesAsync(carl, 1));
    }

    [Fact]
    public async Task A_burst_reaches_everyone_in_order()
    {
        await using var site = await SiteAsync();
        using var sender = await RelayedAsync(site, 1);
        using var receiver = await RelayedAsync(site, 2);
        await sender.SendBytesAsync([.. Enumerable.Range(0, 5000).SelectMany(i => RawSocket.Masked(Opcode.Text, BitConverter.GetBytes(i & 0x7F)))]);
        for (var i = 0; i < 5000; i++)
        {
            Assert.Equal(BitConverter.GetBytes(i & 0x7F), (await receiver.FrameAsync())!.Value.Payload);
        }
    }

    [Fact]
    public async Task A_slow_reader_of_the_relay_is_cut_and_costs_the_others_nothing()
    {
        await using var site = await SiteAsync();
        using var sender = await RelayedAsync(site, 1);
        using var reader = await RelayedAsync(site, 2);
        using var slow = await RelayedAsync(site, 3);
        var message = new byte[SocketConnection.MaximumMessage];
        for (var i = 0; i < 40; i++) // more than its outbox and all buffers of the system hold
        {
            await sender.SendFrameAsync(Opcode.Binary, message);
            var (opcode, payload) = (await reader.FrameAsync())!.Value;
            while (opcode == (int)Opcode.Ping) // on a busy machine this takes longer than a beat
            {
                await reader.SendFrameAsync(Opcode.Pong, payload);
                (opcode, payload) = (await reader.FrameAsync())!.Value;
            }

            Assert.Equal(message.Length, payload.Length);
        }

        await CountAsync(site, 2);
    }

    [Theory]
    [InlineData("echo", null, "It begins with no slash. Write it as /echo.")]
    [InlineData("/__liveserve/ws", null, "Choose another address.")]
    [InlineData("/ws", "/ws/", "Give one of them another address.")]
    public async Task What_cannot_be_an_address_ends_the_start_in_words(string echo, string? relay, string words)
    {
        var problem = await Assert.ThrowsAsync<LiveServeException>(() => TestSite.StartAsync(options => options with { EchoPath = echo, RelayPath = relay }));
        Assert.Equal(LiveServeFailure.WrongConfiguration, problem.Failure);
        Assert.Contains(words, $"{problem.Message} {problem.Hint}", StringComparison.Ordinal);
    }

    private static Task<TestSite> SiteAsync(Func<LiveServeOptions, LiveServeOptions>? more = null) =>
        TestSite.StartAsync(options => (more ?? (same => same))(options with { EchoPath = "/echo", RelayPath = "/relay" }));

    private static async Task<string> HandshakeAsync(TestSite site, string path, params string[] headers)
    {
        using var socket = await RawSocket.OpenAtAsync(site.Port, path, null, headers);
        return socket.Handshake;
    }

    /// <summary>A new member, once there are so many: the answer to its ping proves that it hears.</summary>
    private static async Task<RawSocket> RelayedAsync(TestSite site, int count)
    {
        var socket = await RawSocket.OpenAtAsync(site.Port, "/relay");
        await socket.SendFrameAsync(Opcode.Ping, []);
        Assert.Equal((int)Opcode.Pong, (await socket.FrameAsync())!.Value.Opcode);
        await CountAsync(site, count);
        return socket;
    }

    private static Task CountAsync(TestSite site, int count) => Retry.UntilAsync(
        async () =>
        {
            await Task.Yield();
            return site.Server.SocketCount;
        },
        open => open == count);

    private static async Task<string> TextAsync(RawSocket socket)
    {
        var (opcode, payload) = (await socket.FrameAsync())!.Value;
        Assert.Equal((int)Opcode.Text, opcode);
        return Encoding.UTF8.GetString(payload);
    }

    private static async Task<string[]> BinariesAsync(RawSocket socket, int count)
    {
        var all = new List<string>();
        while (all.Count < count)
        {
            var (opcode, payload) = (await socket.FrameAsync())!.Value;
            Assert.Equal((int)Opcode.Binary, opcode);
            all.Add(Convert.ToHexString(payload));
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }
}

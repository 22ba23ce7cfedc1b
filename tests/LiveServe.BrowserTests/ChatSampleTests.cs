using System.Net.WebSockets;
using LiveServe.IntegrationTests.Harness;
using LiveServe.UnitTests.Architecture;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary><c>samples/chat</c>: a front end that expects bytes from a relay of its own, with ours, and with its own back end behind the proxy.</summary>
public sealed class ChatSampleTests(Chromium chromium)
{
    private static readonly (string, string) Sample = ("", Path.Combine(Repository.Root, "samples", "chat"));

    [Fact]
    public async Task Two_people_talk_through_the_relay_and_no_back_end()
    {
        await using var site = await TestSite.StartAsync(options => options with { RelayPath = "/ws" }, Sample);
        await TalkAsync(site);
    }

    [Fact]
    public async Task Two_people_talk_through_the_proxy_and_a_back_end_of_their_own_which_may_stop_and_start()
    {
        var port = await FreePortAsync();
        var relay = new OwnRelay();
        await using var site = await TestSite.StartAsync(options => options with { Proxies = [ProxyRule.Parse($"/ws=ws://localhost:{port}", out _)!] }, Sample);
        await using (await Backend.StartAsync(relay.RunAsync, port))
        {
            await TalkAsync(site);
        }

        await using var gone = await PersonAsync(site, "Cem");
        await gone.Page.Locator("#chat-text .system").Nth(0).WaitForAsync();
        Assert.Equal("websocket disconnected", await gone.Page.Locator("#chat-text div").First.TextContentAsync());
        await Assertions.Expect(gone.Page.GetByLabel("Message")).ToBeDisabledAsync();
        await using var again = await Backend.StartAsync(relay.RunAsync, port);
        await TalkAsync(site);
    }

    private async Task TalkAsync(TestSite site)
    {
        await using var ann = await PersonAsync(site, "Ann");
        await using var bob = await PersonAsync(site, "Bob");
        foreach (var person in new[] { ann, bob })
        {
            await person.Page.GetByText("websocket connected").WaitForAsync();
        }

        await ann.Page.GetByLabel("Message").FillAsync("""a "quote", é 😀 and <b>no markup</b>""");
        await ann.Page.GetByLabel("Message").PressAsync("Enter");
        await bob.Page.GetByText("""Ann a "quote", é 😀 and <b>no markup</b>""", new() { Exact = true }).WaitForAsync();
        await bob.Page.GetByLabel("Message").FillAsync("hello");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await ann.Page.GetByText("Bob hello", new() { Exact = true }).WaitForAsync();
        Assert.Equal(["websocket connected", """me a "quote", é 😀 and <b>no markup</b>""", "Bob hello"], await ann.Page.Locator("#chat-text div").AllTextContentsAsync());
    }

    private async Task<OpenPage> PersonAsync(TestSite site, string name)
    {
        var open = await OpenPage.OpenAsync(chromium, site, "/");
        await open.Page.GetByLabel("My Name").FillAsync(name);
        return open;
    }

    private static async Task<int> FreePortAsync()
    {
        await using var probe = await Backend.StartAsync(_ => Task.CompletedTask);
        return probe.Url.Port;
    }

    /// <summary>A back end as such chats have: what it gets from one it sends to all others, as bytes.</summary>
    private sealed class OwnRelay
    {
        private readonly List<WebSocket> _open = [];

        public async Task RunAsync(HttpContext context)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            lock (_open)
            {
                _open.Add(socket);
            }

            try
            {
                var buffer = new byte[64 * 1024];
                while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
                {
                    foreach (var other in Others(socket))
                    {
                        await other.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Binary, endOfMessage: true, context.RequestAborted);
                    }
                }
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
            {
                // The page went, or we stop.
            }
            finally
            {
                lock (_open)
                {
                    _open.Remove(socket);
                }
            }
        }

        private WebSocket[] Others(WebSocket socket)
        {
            lock (_open)
            {
                return [.. _open.Where(other => other != socket && other.State == WebSocketState.Open)];
            }
        }
    }
}

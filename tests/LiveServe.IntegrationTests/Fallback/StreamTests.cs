using System.Net;
using System.Security.Cryptography.X509Certificates;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Fallback;

/// <summary>What a client is told by server-sent events.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_tells_what_a_socket_tells_in_the_same_order()
    {
        await using var site = await TestSite.StartAsync(null, ("a.css", "old"), ("b.css", "old"));
        using var socket = await RawSocket.OpenAsync(site.Port);
        var greeted = await socket.NextAsync("connected");
        using var client = await VirtualClient.OpenAsync(site);
        using var stream = await client.StreamAsync();
        var connected = await stream.NextAsync("connected");
        foreach (var field in greeted.EnumerateObject().Where(field => field.Name is not "id" and not "time"))
        {
            Assert.Equal(field.Value.ToString(), connected.GetProperty(field.Name).ToString());
        }

        foreach (var path in new[] { "a.css", "b.css", "a.css" })
        {
            site.Write(path, Guid.NewGuid().ToString());
            var told = await socket.NextAsync("updated");
            Assert.Equal(told.ToString(), (await stream.NextAsync("updated")).ToString());
        }
    }

    [Fact]
    public async Task What_is_posted_is_answered_in_the_stream_like_on_a_socket()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        using var stream = await client.StreamAsync();
        await stream.NextAsync("connected");
        await client.SayAsync(new { type = "ping", t = 1 }, new { type = "nonsense" }, new { type = 5 }, new { type = "ping", t = 2 });
        Assert.Equal(1, (await stream.NextAsync("pong")).GetProperty("t").GetInt32());
        Assert.Equal("bad_type", (await stream.NextAsync("error")).GetProperty("code").GetString());
        Assert.Equal(2, (await stream.NextAsync("pong")).GetProperty("t").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("[{\"type\":")).StatusCode);
        Assert.Equal("bad_json", (await stream.NextAsync("error")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_page_that_says_hello_hears_of_what_concerns_it_and_of_nothing_else()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "old"), ("other.html", "old"));
        using var client = await VirtualClient.OpenPageAsync(site, "/", Content.ContentHash.Of("old"u8).ToString(), null, 0);
        using var stream = await client.StreamAsync();
        await stream.NextAsync("connected");
        site.Write("other.html", "new");
        site.Write("index.html", "new");
        Assert.Contains("index.html", (await stream.NextAsync("updated")).GetProperty("files").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_broke_goes_on_where_the_client_is_and_doubles_nothing()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        using (var broken = await client.StreamAsync())
        {
            await broken.NextAsync("connected");
            await client.SayAsync(new { type = "ping", t = 1 }, new { type = "ping", t = 2 });
            Assert.Equal(1, (await broken.NextAsync("pong")).GetProperty("t").GetInt32());
        }

        await client.SayAsync(new { type = "ping", t = 3 });
        using (var stream = await client.StreamAsync(after: 2))
        {
            Assert.Equal(2, (await stream.NextAsync("pong")).GetProperty("t").GetInt32());
            Assert.Equal(3, (await stream.NextAsync("pong")).GetProperty("t").GetInt32());
        }

        using var again = await client.StreamAsync(after: 2, lastEventId: "3"); // an EventSource opens the old address again
        Assert.Equal("4", (await again.EventAsync())!.Value.Id);
        using var gone = await client.StreamAsync(after: 1);
        Assert.Equal(HttpStatusCode.Gone, gone.Answer.StatusCode); // it had said that it has them
    }

    [Fact]
    public async Task A_second_stream_replaces_the_first()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        using var first = await client.StreamAsync();
        await first.NextAsync("connected");
        using var second = await client.StreamAsync(after: 1);
        Assert.Null(await first.EventAsync());
        await client.SayAsync(new { type = "ping", t = 1 });
        await second.NextAsync("pong");
    }

    [Fact]
    public async Task One_stream_serves_several_tabs_and_says_which_each_message_is_for()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await VirtualClient.OpenAsync(site);
        using var bob = await VirtualClient.OpenAsync(site);
        using var stream = await ann.StreamAsync($"events?id={ann.Id},{bob.Id},unknown&after=0,0,0");
        var (id, name, data) = (await stream.EventAsync())!.Value;
        Assert.Equal(("0,0,0", "2"), (id, name));
        Assert.Contains("\"closed\",\"code\":4001", data, StringComparison.Ordinal);
        Assert.Equal(("1,0,0", "0"), (await stream.EventAsync()) is var (i, n, _) ? (i, n) : default);
        Assert.Equal(("1,1,0", "1"), (await stream.EventAsync()) is var (j, m, _) ? (j, m) : default);
        await bob.SayAsync(new { type = "ping", t = 7 });
        (id, name, data) = (await stream.EventAsync())!.Value;
        Assert.Equal(("1,2,0", "1", """{"type":"pong","t":7}"""), (id, name, data));
        await bob.LeaveAsync();
        await ann.SayAsync(new { type = "ping", t = 8 });
        (_, name, data) = (await stream.EventAsync())!.Value;
        Assert.Equal(("0", """{"type":"pong","t":8}"""), (name, data));
    }

    [Fact]
    public async Task Its_head_keeps_proxies_from_holding_it_back()
    {
        await using var site = await TestSite.StartAsync(options => options with { Compress = true });
        using var client = await VirtualClient.OpenAsync(site, handler: new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        using var stream = await client.StreamAsync();
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.GetValues("Content-Type").Single());
        Assert.Equal("no-cache, no-transform", string.Join(", ", stream.Answer.Headers.NonValidated["Cache-Control"]));
        Assert.Equal("no", stream.Answer.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Empty(stream.Answer.Content.Headers.ContentEncoding);
        Assert.InRange((await stream.LineAsync())!.Length, 2048, 3000);
    }

    [Fact]
    public async Task A_quiet_stream_shows_signs_of_life()
    {
        await using var site = await TestSite.StartAsync(options => options with { Fallback = FallbackTimes.Default with { Comment = TimeSpan.FromMilliseconds(10) } });
        using var client = await VirtualClient.OpenAsync(site);
        using var stream = await client.StreamAsync();
        await stream.NextAsync("connected");
        Assert.Equal(":", await stream.LineAsync());
        Assert.Equal("", await stream.LineAsync());
        Assert.Equal(":", await stream.LineAsync());
        Assert.Equal((15, 25), (FallbackTimes.Default.Comment.TotalSeconds, FallbackTimes.Default.Hold.TotalSeconds));
    }

    [Fact]
    public async Task A_box_that_closes_idle_connections_does_not_close_a_quiet_stream()
    {
        var times = FallbackTimes.Default with { Comment = TimeSpan.FromMilliseconds(30) };
        await using var site = await TestSite.StartAsync(options => options with { Fallback = times });
        await using var box = MiddleBox.Before(site.Port, idleTime: TimeSpan.FromMilliseconds(1500));
        using var client = await VirtualClient.OpenAsync(site);
        using var stream = await client.StreamAsync(box.UrlOf($"/__liveserve/events?id={client.Id}"));
        await stream.NextAsync("connected");
        for (var i = 0; i < 200; i++) // for three times as long as the box lets a silent one be
        {
            Assert.Contains(await stream.LineAsync(), new[] { ":", "" });
        }

        await client.SayAsync(new { type = "ping", t = 1 });
        await stream.NextAsync("pong");
    }

    [Fact]
    public async Task Stopping_ends_it_with_a_word()
    {
        var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        using var idle = await VirtualClient.OpenAsync(site);
        using var stream = await client.StreamAsync();
        await stream.NextAsync("connected");
        var last = stream.NextAsync("closed");
        await site.DisposeAsync();
        Assert.Equal(1001, (await last).GetProperty("code").GetInt32());
        Assert.Null(await stream.EventAsync());
    }

    [Fact]
    public async Task Over_http_2_it_is_the_same()
    {
        await using var site = await TestSite.StartAsync(options => options with { Https = true });
        var any = new X509ChainPolicy { VerificationFlags = X509VerificationFlags.AllFlags, RevocationMode = X509RevocationMode.NoCheck };
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = any } };
        using var client = await VirtualClient.OpenAsync(site, handler: handler, version: HttpVersion.Version20);
        using var stream = await client.StreamAsync();
        Assert.Equal(HttpVersion.Version20, stream.Answer.Version);
        await stream.NextAsync("connected");
        await client.SayAsync(new { type = "ping", t = 1 });
        await stream.NextAsync("pong");
        site.Write("a.css", "x");
        await stream.NextAsync("updated");
    }

    [Fact]
    public async Task Who_asks_and_never_reads_is_closed_and_costs_the_others_nothing()
    {
        await using var site = await TestSite.StartAsync();
        using var lazy = await VirtualClient.OpenAsync(site);
        using var other = await VirtualClient.OpenAsync(site);
        using var stream = await other.StreamAsync();
        await stream.NextAsync("connected");
        for (var i = 0; i < 3; i++)
        {
            await lazy.SayAsync([.. Enumerable.Repeat(new { type = "ping", t = 1 }, 100)]);
        }

        var news = await lazy.PollAsync(0);
        Assert.Equal(4008, Assert.Single(news).GetProperty("code").GetInt32());
        site.Write("a.css", "x");
        await stream.NextAsync("updated");
    }
}

using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>The host's key, and what it opens.</summary>
public sealed class RoomHostTests
{
    private const string Key = "correct-horse-battery";

    [Theory]
    [InlineData("""{"type":"host","cid":"h","action":"clear"}""")]
    [InlineData("""{"type":"host","cid":"h","action":"mute","user":"USER"}""")]
    [InlineData("""{"type":"host","cid":"h","action":"kick","user":"USER"}""")]
    [InlineData("""{"type":"host","cid":"h","action":"slow","ms":1000}""")]
    [InlineData("""{"type":"host","cid":"h","action":"readonly","on":true}""")]
    public async Task Without_the_key_it_is_forbidden_on_this_machine_too(string command)
    {
        await using var site = await TestSite.StartAsync(options => options with { HostKey = Key });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob", hostKey: "correct-horse-batterz");
        var refused = await bob.NextAsync("error");
        Assert.Equal(("forbidden", "hostKey"), (refused.GetProperty("code").GetString(), refused.GetProperty("field").GetString()));
        await bob.Socket.SendTextAsync(command.Replace("USER", ann.User, StringComparison.Ordinal));
        refused = await bob.NextAsync("error");
        Assert.Equal(("forbidden", "h"), (refused.GetProperty("code").GetString(), refused.GetProperty("cid").GetString()));
        Assert.Equal(1, (await ann.SaidAsync("k1", "x")).GetProperty("seq").GetInt32());
    }

    [Fact]
    public async Task The_printed_link_carries_a_key_that_works()
    {
        await using var site = await TestSite.StartAsync();
        var link = site.Server.HostLink!;
        Assert.Equal(("/__liveserve/chat", site.Port), (link.AbsolutePath, link.Port));
        Assert.Equal("", link.Query); // the key is in the fragment, which no browser sends
        Assert.StartsWith("#host=", link.Fragment, StringComparison.Ordinal);
        using var host = await RoomClient.JoinAsync(site, "Teach", hostKey: Uri.UnescapeDataString(link.Fragment["#host=".Length..]));
        Assert.True(host.Self.GetProperty("you").GetProperty("host").GetBoolean());
        using var tab = await RoomClient.JoinAsync(site, "Teach", host.Key); // the browser is the host, not the tab
        Assert.True(tab.Self.GetProperty("you").GetProperty("host").GetBoolean());
    }

    [Fact]
    public async Task Clear_mute_slow_and_read_only_do_what_they_say()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { HostKey = Key, RoomClock = clock });
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        using var host = await RoomClient.JoinAsync(site, "Teach", hostKey: Key);
        await bob.SaidAsync("k1", "x");

        await host.SendAsync(new { type = "host", action = "clear" });
        var reset = await bob.NextAsync("reset");
        Assert.NotEqual(bob.Epoch, reset.GetProperty("room").GetProperty("epoch").GetString());
        await bob.SendAsync(new { type = "history", limit = 10 });
        Assert.Equal(0, (await bob.NextAsync("history")).GetProperty("messages").GetArrayLength());

        await host.SendAsync(new { type = "host", action = "mute", user = bob.User, on = true });
        await bob.LineAsync("notice");
        Assert.Equal("muted", await CodeAsync(bob, "k2"));
        await host.SendAsync(new { type = "host", action = "mute", user = bob.User, on = false });
        await bob.LineAsync("notice");
        await bob.SaidAsync("k2", "x");

        await host.SendAsync(new { type = "host", action = "slow", ms = 5000 });
        Assert.Equal(5000, (await bob.LineAsync("notice")).GetProperty("rules").GetProperty("slowMs").GetInt32());
        Assert.Equal("rate_limited", await CodeAsync(bob, "k3"));
        clock.Pass(TimeSpan.FromSeconds(5));
        await bob.SaidAsync("k3", "x");
        await host.SendAsync(new { type = "host", action = "slow", ms = 0 });

        await host.SendAsync(new { type = "host", action = "readonly", on = true });
        await host.SaidAsync("h1", "listen");
        Assert.Equal("read_only", await CodeAsync(bob, "k4"));
        using var late = await RoomClient.JoinAsync(site, "Late");
        Assert.True(late.Self.GetProperty("rules").GetProperty("readOnly").GetBoolean());
    }

    [Fact]
    public async Task Who_is_sent_out_is_closed_with_4103_and_gets_updates_again_but_not_in()
    {
        await using var site = await TestSite.StartAsync(options => options with { HostKey = Key }, ("index.html", "<p>1"));
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        using var host = await RoomClient.JoinAsync(site, "Teach", hostKey: Key);
        await host.SendAsync(new { type = "host", action = "kick", user = bob.User });
        Assert.Equal(4103, await bob.Socket.CloseCodeAsync());
        using var again = await RawSocket.OpenPageAsync(site.Port, "/", null, null, 0);
        await again.SendAsync(new { type = "join", name = "Bob", key = bob.Key });
        Assert.Equal("forbidden", (await again.SkipToAsync("error")).GetProperty("code").GetString());
        site.Write("index.html", "<p>2");
        await again.SkipToAsync("updated");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with a space")]
    [InlineData("schlüssel-schlüssel")]
    public async Task A_key_that_cannot_be_used_is_said_before_anything_is_served(string key)
    {
        var failure = await Assert.ThrowsAsync<LiveServeException>(() => LiveServer.StartAsync(new LiveServeOptions { Root = AppContext.BaseDirectory, Watch = false, HostKey = key }));
        Assert.Equal(LiveServeFailure.WrongConfiguration, failure.Failure);
        Assert.Contains("--host-key", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(key, failure.Message + failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_of_a_page_and_a_save_are_lines_of_the_room()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>1"));
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var page = await RawSocket.OpenPageAsync(site.Port, "/", null, null, 0);
        await page.SendAsync(new { type = "problem", source = "page", message = "ReferenceError: x\u001b[2J\nat y", file = "/js/app.js", line = 3 });
        var line = await ann.LineAsync("problem");
        Assert.Equal(("ReferenceError: x[2J", "js/app.js"), (line.GetProperty("text").GetString(), line.GetProperty("path").GetString()));
        site.Write("index.html", "<p>2");
        Assert.Equal("index.html", (await ann.LineAsync("saved")).GetProperty("path").GetString());
    }

    private static async Task<string?> CodeAsync(RoomClient client, string cid)
    {
        await client.SayAsync(cid, "x");
        return (await client.NextAsync("error")).GetProperty("code").GetString();
    }
}

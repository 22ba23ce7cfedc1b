using System.Net;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Fallback;

/// <summary>What a client is told by long polls.</summary>
public sealed class PollTests
{
    [Fact]
    public async Task A_poll_is_held_until_there_is_news()
    {
        await using var site = await TestSite.StartAsync();
        using var socket = await RawSocket.OpenAsync(site.Port);
        await socket.NextAsync("connected");
        using var client = await VirtualClient.OpenAsync(site);
        Assert.Equal("connected", Type(Assert.Single(await client.PollAsync(0))));
        var held = client.PollAsync(1);
        Assert.False(held.IsCompleted);
        site.Write("a.css", "x");
        Assert.Equal((await socket.NextAsync("updated")).ToString(), Assert.Single(await held).ToString());
    }

    [Fact]
    public async Task Without_news_it_is_answered_with_204_when_its_time_is_up()
    {
        await using var site = await TestSite.StartAsync(options => options with { Fallback = FallbackTimes.Default with { Hold = TimeSpan.FromMilliseconds(20) } });
        using var client = await VirtualClient.OpenAsync(site);
        await client.PollAsync(0);
        using var answer = await client.GetAsync($"poll?id={client.Id}&after=1");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("no-store, no-transform", string.Join(", ", answer.Headers.NonValidated["Cache-Control"]));
    }

    [Fact]
    public async Task Who_wants_the_answer_at_once_gets_it()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        Assert.Single(await client.PollAsync(0, "&hold=0"));
        Assert.Empty(await client.PollAsync(1, "&hold=0"));
    }

    [Fact]
    public async Task An_answer_that_did_not_arrive_is_given_again()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        await client.SayAsync(new { type = "ping", t = 1 });
        Assert.Equal(["connected", "pong"], (await client.PollAsync(0)).Select(Type));
        Assert.Equal(["connected", "pong"], (await client.PollAsync(0)).Select(Type));
        Assert.Equal(["pong"], (await client.PollAsync(1)).Select(Type));
        using var gone = await client.GetAsync($"poll?id={client.Id}&after=0"); // it had said that it has the first
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Fact]
    public async Task At_most_a_hundred_messages_come_at_once_and_the_rest_after_them()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        for (var t = 0; t < 120; t += 60)
        {
            await client.SayAsync([.. Enumerable.Range(t, 60).Select(i => (object)new { type = "ping", t = i })]);
        }

        var first = await client.PollAsync(0);
        var rest = await client.PollAsync(first.Count);
        Assert.Equal((100, 21), (first.Count, rest.Count));
        Assert.Equal(Enumerable.Range(0, 120), first.Skip(1).Concat(rest).Select(pong => pong.GetProperty("t").GetInt32()));
    }

    [Fact]
    public async Task A_second_poll_replaces_the_first()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await VirtualClient.OpenAsync(site);
        await client.PollAsync(0);
        var first = client.PollAsync(1);
        await Retry.UntilAsync(() => client.PollAsync(1, "&hold=1"), _ => first.IsCompleted);
        Assert.Empty(await first);
    }

    [Fact]
    public async Task One_poll_serves_several_tabs()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await VirtualClient.OpenAsync(site);
        using var bob = await VirtualClient.OpenAsync(site);
        await bob.SayAsync(new { type = "ping", t = 1 });
        using var answer = await ann.GetAsync($"poll?id={ann.Id},{bob.Id}&after=0,0");
        var lists = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["connected", "connected pong"], lists.EnumerateArray().Select(list => string.Join(' ', list.EnumerateArray().Select(Type))));
    }

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();
}

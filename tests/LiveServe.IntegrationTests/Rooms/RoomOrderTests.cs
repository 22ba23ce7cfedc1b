using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>Sending, acknowledgement, order.</summary>
public sealed class RoomOrderTests
{
    [Fact]
    public async Task The_senders_copy_is_the_acknowledgement_and_everybody_gets_one_order()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        var own = await ann.SaidAsync("k1", "hi");
        var other = await bob.NextAsync("chat");
        Assert.Equal("k1", own.GetProperty("cid").GetString());
        Assert.False(other.TryGetProperty("cid", out _));
        Assert.Equal((1, "Ann", "text"), (other.GetProperty("seq").GetInt64(), other.GetProperty("from").GetProperty("name").GetString(), other.GetProperty("format").GetString()));
        Assert.Equal($"{ann.Epoch}-1", own.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Eight_at_once_are_one_order_for_all_and_each_senders_own_order_is_kept()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        var people = new List<RoomClient>();
        for (var i = 0; i < 8; i++)
        {
            people.Add(await RoomClient.JoinAsync(site, $"Person {i}"));
        }

        var lists = people.Select(_ => new List<(long Seq, string Body)>()).ToList();
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(people.Select(async (one, p) =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await one.SayAsync($"k{round}-{i}", $"{p} {(10 * round) + i}");
                }
            }));
            await Task.WhenAll(people.Select(async (one, p) =>
            {
                for (var i = 0; i < 80; i++)
                {
                    var said = await one.NextAsync("chat");
                    lists[p].Add((said.GetProperty("seq").GetInt64(), said.GetProperty("body").GetString()!));
                }
            }));
            clock.Pass(TimeSpan.FromSeconds(5)); // everybody's allowance is whole again
        }

        Assert.Equal(Enumerable.Range(1, 800).Select(i => (long)i), lists[0].Select(said => said.Seq));
        Assert.All(lists, list => Assert.Equal(lists[0], list));
        for (var p = 0; p < 8; p++)
        {
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{p} {i}"), lists[0].Select(said => said.Body).Where(body => body.StartsWith($"{p} ", StringComparison.Ordinal)));
        }

        people.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task The_same_cid_again_is_the_same_message_after_a_reconnect_too()
    {
        await using var site = await TestSite.StartAsync();
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        var ann = await RoomClient.JoinAsync(site, "Ann");
        var first = await ann.SaidAsync("k1", "hi");
        var second = await ann.SaidAsync("k1", "hi");
        ann.Dispose();
        using var again = await RoomClient.JoinAsync(site, "Ann", ann.Key);
        var third = await again.SaidAsync("k1", "something else");
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(first.GetRawText(), third.GetRawText());
        await bob.SayAsync("k1", "ho"); // another person's
        Assert.Equal(["hi", "ho"], [(await bob.NextAsync("chat")).GetProperty("body").GetString(), (await bob.NextAsync("chat")).GetProperty("body").GetString()]);
    }

    [Fact]
    public async Task Cut_off_before_the_acknowledgement_it_is_sent_again_and_there_once()
    {
        await using var site = await TestSite.StartAsync();
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        var ann = await RoomClient.JoinAsync(site, "Ann");
        for (var i = 0; i < 5; i++)
        {
            await ann.SayAsync($"k{i}", $"m{i}");
            ann.Dispose(); // without reading the answer
            ann = await RoomClient.JoinAsync(site, "Ann", ann.Key);
            await ann.SaidAsync($"k{i}", $"m{i}");
        }

        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], (await bob.UntilNowAsync()).Where(told => told.GetProperty("type").GetString() == "chat").Select(said => said.GetProperty("body").GetString()));
        ann.Dispose();
    }

    [Fact]
    public async Task A_message_that_never_ended_is_none()
    {
        await using var site = await TestSite.StartAsync();
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        var ann = await RoomClient.JoinAsync(site, "Ann");
        await ann.Socket.SendFrameAsync(Opcode.Text, Encoding.UTF8.GetBytes("""{"type":"chat","cid":"k1","body":"half"}"""), final: false);
        await ann.Socket.SendFrameAsync(Opcode.Continuation, " "u8.ToArray(), final: false);
        ann.Dispose();
        var said = await bob.SaidAsync("k1", "whole");
        Assert.Equal(1, said.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Messages_and_saves_on_one_socket_are_both_complete()
    {
        await using var site = await TestSite.StartAsync(null, ("a.txt", "0"));
        var people = new List<RoomClient>();
        for (var i = 0; i < 10; i++)
        {
            people.Add(await RoomClient.JoinAsync(site, $"Person {i}"));
        }

        using var plain = await RawSocket.OpenAsync(site.Port); // it hears of every batch
        using var reader = await RoomClient.JoinAsync(site, "Reader");
        await reader.SendAsync(new { type = "resources", add = new[] { "/a.txt" } });
        await reader.SendAsync(new { type = "hello", v = 1, page = new { url = "/", top = true, visible = true } });
        for (var i = 0; i < 10; i++)
        {
            await Task.WhenAll(people.Select(one => one.SayAsync($"k{i}", "x")));
            site.Write("a.txt", $"{i + 1}");
            await plain.SkipToAsync("updated");
        }

        var (seqs, updates) = (new List<long>(), new List<long>());
        while (seqs.Count < 100 || updates.Count < 10)
        {
            var told = await reader.Socket.NextAsync();
            (told.GetProperty("type").GetString() switch { "chat" => seqs, "updated" => updates, _ => [] }).Add(told.TryGetProperty("seq", out var seq) ? seq.GetInt64() : 0);
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), seqs);
        Assert.Equal(updates.Order(), updates);
        people.ForEach(one => one.Dispose());
    }
}

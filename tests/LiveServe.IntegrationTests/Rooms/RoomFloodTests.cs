using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>Nobody takes the room from the others.</summary>
public sealed class RoomFloodTests
{
    [Fact]
    public async Task A_thousand_at_once_are_ten_then_a_wait_then_a_mute_and_saves_still_come()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock }, ("index.html", "<p>1"));
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        var codes = new List<string?>();
        for (var i = 0; i < 1000; i++)
        {
            await ann.SayAsync($"k{i}", "x");
            if (i % 100 == 99)
            {
                codes.AddRange((await ann.UntilNowAsync()).Where(told => told.GetProperty("type").GetString() is "chat" or "error")
                    .Select(told => told.TryGetProperty("code", out var code) && told.GetProperty("retryMs").GetInt32() > 0 ? code.GetString() : null));
            }
        }

        Assert.Equal([.. Enumerable.Repeat<string?>(null, 10), .. Enumerable.Repeat("rate_limited", 4), .. Enumerable.Repeat("muted", 986)], codes);
        Assert.Equal(11, (await bob.SaidAsync("k1", "and I?")).GetProperty("seq").GetInt32());
        await ann.SendAsync(new { type = "hello", v = 1, page = new { url = "/", top = true, visible = true } });
        await ann.UntilNowAsync();
        site.Write("index.html", "<p>2");
        await ann.NextAsync("updated");
        clock.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(12, (await ann.SaidAsync("later", "sorry")).GetProperty("seq").GetInt32());
    }

    [Fact]
    public async Task Ten_sockets_of_one_person_share_what_two_people_at_one_address_do_not()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        var ann = new List<RoomClient> { await RoomClient.JoinAsync(site, "Ann") };
        for (var i = 1; i < 10; i++)
        {
            ann.Add(await RoomClient.JoinAsync(site, "Ann", ann[0].Key));
        }

        using var bob = await RoomClient.JoinAsync(site, "Bob");
        for (var i = 0; i < 12; i++)
        {
            await ann[i % 10].SayAsync($"k{i}", "x");
            await ann[i % 10].UntilNowAsync();
        }

        for (var i = 0; i < 10; i++)
        {
            await bob.SaidAsync($"k{i}", "x");
        }

        Assert.Equal(20, (await bob.SaidAsync("k9", "x")).GetProperty("seq").GetInt32()); // ten of each
        ann.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task Beyond_256_sockets_the_room_is_busy_and_updates_still_come_and_a_place_is_free_again()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<p>1"));
        var all = new List<RoomClient>();
        for (var i = 0; i < 256; i++)
        {
            all.Add(await RoomClient.JoinAsync(site, $"Person {i % 64}", i < 64 ? null : all[i % 64].Key));
        }

        var late = new List<RawSocket>();
        for (var i = 0; i < 44; i++)
        {
            late.Add(await RawSocket.OpenPageAsync(site.Port, "/", null, null, 0));
            await late[i].SendAsync(new { type = "join", name = "Late" });
            var error = await late[i].SkipToAsync("error");
            Assert.Equal(("busy", true), (error.GetProperty("code").GetString(), error.GetProperty("retryMs").GetInt32() > 0));
        }

        site.Write("index.html", "<p>2");
        await late[43].SkipToAsync("updated");
        all[255].Dispose();
        await Retry.UntilAsync(
            async () =>
            {
                await late[43].SendAsync(new { type = "join", name = "Late" });
                while (true)
                {
                    if ((await late[43].NextAsync()).GetProperty("type").GetString() is var type and ("welcome" or "error"))
                    {
                        return type;
                    }
                }
            }, type => type == "welcome");
        all.ForEach(one => one.Dispose());
        late.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task Coming_and_going_a_thousand_times_leaves_nothing_behind()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        for (var i = 0; i < 1000; i += 20)
        {
            await Task.WhenAll(Enumerable.Range(i, 20).Select(async n => (await RoomClient.JoinAsync(site, $"Visitor {n}")).Dispose()));
            await Retry.UntilAsync(() => Task.FromResult(site.Server.SocketCount), count => count == 1);
            clock.Pass(TimeSpan.FromSeconds(10));
            await ann.UntilNowAsync();
        }

        using var last = await RoomClient.JoinAsync(site, "Last");
        Assert.Equal(2, last.Self.GetProperty("people").GetArrayLength());
    }

    [Fact]
    public async Task Reading_history_in_a_loop_is_limited_and_delays_nobody()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock });
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        for (var i = 0; i < 100; i++)
        {
            await ann.SendAsync(new { type = "history", limit = 100 });
        }

        var answers = (await ann.UntilNowAsync()).Select(told => told.GetProperty("type").GetString()).Where(type => type is "history" or "error").ToList();
        Assert.Equal((5, 95), (answers.Count(type => type == "history"), answers.Count(type => type == "error")));
        Assert.Equal(1, (await bob.SaidAsync("k1", "x")).GetProperty("seq").GetInt32());
    }

    [Fact]
    public async Task A_hundred_saves_during_a_talk_are_few_lines_that_count_them_all()
    {
        var clock = new ManualClock();
        await using var site = await TestSite.StartAsync(options => options with { RoomClock = clock }, ("a.css", "0"));
        using var plain = await RawSocket.OpenAsync(site.Port);
        await plain.NextAsync("connected");
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        var batches = 0L;
        for (var i = 1; i <= 100; i++)
        {
            site.Write("a.css", $"p {{ width: {i}px }}");
        }

        site.Write("end.txt", "x");
        for (var isOver = false; !isOver;)
        {
            var updated = await plain.SkipToAsync("updated");
            batches += updated.GetProperty("files").GetArrayLength();
            isOver = updated.GetProperty("files").EnumerateArray().Any(file => file.GetString() == "end.txt");
        }

        var counted = 0L;
        while (counted < batches)
        {
            var next = ann.LineAsync("saved");
            while (!next.IsCompleted)
            {
                clock.Pass(TimeSpan.FromSeconds(1)); // a save that the room has not heard of yet is told in the next second
                await plain.SendAsync(new { type = "ping", t = 1 });
                await plain.SkipToAsync("pong");
            }

            counted += 1 + ((await next).TryGetProperty("count", out var more) ? more.GetInt32() : 0);
        }

        Assert.Equal(batches, counted);
        Assert.Equal(1, (await ann.SaidAsync("k1", "x")).GetProperty("seq").GetInt32()); // lines have no number
    }
}

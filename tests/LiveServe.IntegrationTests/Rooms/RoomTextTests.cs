using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>Odd text goes through the room unharmed, and harms nobody.</summary>
public sealed class RoomTextTests
{
    [Theory]
    [InlineData("👨‍👩‍👧‍👦 🇨🇭 1️⃣ 👩🏽‍💻 ❤️ ❤︎")]
    [InlineData("e\u0301 \u00E9 각 \u1100\u1161\u11A8")]
    [InlineData("مرحبا שלום สวัสดี नमस्ते こんにちは")]
    [InlineData("\u202Eright to left\u202C \u2067x\u2069")]
    [InlineData("a\u2028b\u2029c\uFEFFd\uFFFEe\uFFFDf\u0378")]
    [InlineData("  leading, \ttabs, trailing\n\n")]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(1)>")]
    [InlineData("x\",\"name\":\"teacher")]
    [InlineData("'; DROP TABLE messages; --")]
    [InlineData("${x} {{x}} </textarea> </script> <!-- ]]>")]
    [InlineData("__proto__")]
    public async Task Text_comes_out_as_it_went_in(string body)
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        using var bob = await RoomClient.JoinAsync(site, "Bob");
        await ann.SaidAsync("k1", body);
        var heard = await bob.NextAsync("chat");
        Assert.Equal(body, heard.GetProperty("body").GetString());
        Assert.Equal("Ann", heard.GetProperty("from").GetProperty("name").GetString());
        await bob.SendAsync(new { type = "history", limit = 1 });
        Assert.Equal(body, (await bob.NextAsync("history")).GetProperty("messages")[0].GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("\u001b]0;title\u0007\u001b[2Jx", "]0;title[2Jx")]
    [InlineData("a\0b\u0085c\u009bd", "abcd")]
    public async Task What_drives_a_terminal_is_not_kept(string body, string kept)
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        Assert.Equal(kept, (await ann.SaidAsync("k1", body)).GetProperty("body").GetString());
        Assert.Empty(site.Events); // nothing of the room goes to the terminal
    }

    [Fact]
    public async Task Five_hundred_marks_on_one_letter_are_eight()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        Assert.Equal("Z" + new string('\u0301', 8) + "!", (await ann.SaidAsync("k1", "Z" + new string('\u0301', 500) + "!")).GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("c#", "c#")]
    [InlineData("<img>", null)]
    [InlineData("__proto__", null)]
    public async Task Code_keeps_its_language_if_it_is_one(string lang, string? kept)
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        await ann.SendAsync(new { type = "chat", cid = "k1", body = "\tif (a) {\r\n\t}", format = "code", lang });
        var said = await ann.NextAsync("chat");
        Assert.Equal(("\tif (a) {\n\t}", "code"), (said.GetProperty("body").GetString(), said.GetProperty("format").GetString()));
        Assert.Equal(kept, said.TryGetProperty("lang", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task A_message_points_to_an_element_a_file_and_another_message()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site, "Ann");
        var first = (await ann.SaidAsync("k1", "x")).GetProperty("id").GetString();
        await ann.SendAsync(new
        {
            type = "chat", cid = "k2", body = "here", replyTo = first, page = "/a?secret=1#b",
            @ref = new { file = "css/site.css", line = 14 }, pin = new { selector = "main > h1", text = "Welcome", box = new[] { 1.5, 2, 3, 4 } },
        });
        var said = await ann.NextAsync("chat");
        Assert.Equal((first, "/a#b"), (said.GetProperty("replyTo").GetString(), said.GetProperty("page").GetString()));
        Assert.Equal("""{"file":"css/site.css","line":14}""", said.GetProperty("ref").GetRawText());
        Assert.Equal("[1.5,2,3,4]", said.GetProperty("pin").GetProperty("box").GetRawText());
    }
}

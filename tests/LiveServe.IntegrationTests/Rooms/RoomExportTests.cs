using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests.Rooms;

/// <summary>What was said, as a file to keep.</summary>
public sealed class RoomExportTests
{
    [Fact]
    public async Task JSON_lines_are_the_protocols_messages_without_what_is_their_senders_alone()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        await ann.SaidAsync("k1", "a\nb");
        await ann.SaidAsync("k2", "<b>\u2028");
        var answer = await ExportAsync(site, "jsonl");
        Assert.Equal("application/jsonl", answer["Content-Type"]);
        Assert.Matches("""^attachment; filename="room-\d{4}-\d\d-\d\d\.jsonl"$""", answer["Content-Disposition"]);
        Assert.Equal(("nosniff", "no-store"), (answer["X-Content-Type-Options"], answer["Cache-Control"]));
        var lines = answer.Text.Split('\n');
        Assert.Equal(["a\nb", "<b>\u2028", ""], lines.Select(line => line.Length == 0 ? "" : JsonDocument.Parse(line).RootElement.GetProperty("body").GetString()));
        Assert.All(lines[..2], line =>
        {
            var message = JsonDocument.Parse(line).RootElement;
            Assert.Equal("chat", message.GetProperty("type").GetString());
            Assert.False(message.TryGetProperty("cid", out _));
        });
        Assert.DoesNotContain(ann.Key, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_is_for_people()
    {
        await using var site = await TestSite.StartAsync();
        using var ann = await RoomClient.JoinAsync(site.Port, "Ann");
        await ann.SaidAsync("k1", "<img src=x onerror=alert(1)>");
        var answer = await ExportAsync(site, "md");
        Assert.Equal("text/markdown; charset=utf-8", answer["Content-Type"]);
        Assert.Contains("**Ann**", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("> \\<img src\\=x onerror\\=alert\\(1\\)\\>\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_it_comes_in_order_and_HEAD_has_the_same_headers()
    {
        await using var site = await TestSite.StartAsync();
        for (var i = 0; i < 25; i++)
        {
            using var one = await RoomClient.JoinAsync(site.Port, $"P{i}");
            for (var k = 0; k < 10; k++)
            {
                await one.SaidAsync($"k{k}", new string('x', 1000));
            }
        }

        var answer = await ExportAsync(site, "jsonl");
        var seqs = answer.Text.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt32());
        Assert.Equal(Enumerable.Range(1, 250), seqs);
        var head = await RawHttp.SendAsync(site.Port, "HEAD", "/__liveserve/chat/export?format=jsonl");
        Assert.Equal((200, "application/jsonl", 0), (head.Status, head["Content-Type"], head.Body.Length));
    }

    [Theory]
    [InlineData("GET", "", 400)]
    [InlineData("GET", "?format=html", 400)]
    [InlineData("GET", "?format=jsonl&format=md", 400)]
    [InlineData("POST", "?format=md", 405)]
    public async Task Other_formats_and_methods_are_refused(string method, string query, int status)
    {
        await using var site = await TestSite.StartAsync();
        Assert.Equal(status, (await RawHttp.SendAsync(site.Port, method, "/__liveserve/chat/export" + query)).Status);
    }

    [Fact]
    public async Task It_is_behind_the_same_doors_as_everything()
    {
        await using var closed = await TestSite.StartAsync(options => options with { Auth = new Credentials("ann", "secret") });
        Assert.Equal(401, (await ExportAsync(closed, "md")).Status);
        await using var site = await TestSite.StartAsync();
        Assert.Equal(403, (await ExportAsync(site, "md", "Host: evil.example")).Status);
        Assert.Equal(403, (await ExportAsync(site, "md", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")).Status);
        await using var quiet = await TestSite.StartAsync(options => options with { Chat = false });
        Assert.Equal(404, (await ExportAsync(quiet, "md")).Status);
    }

    private static async Task<RawAnswer> ExportAsync(TestSite site, string format, params string[] headers)
    {
        var answer = await RawHttp.GetAsync(site.Port, $"/__liveserve/chat/export?format={format}", headers);
        Assert.DoesNotContain(site.Events, happened => happened is WarningRaised { Message: var text } && text.Contains("failed", StringComparison.Ordinal));
        return answer;
    }
}

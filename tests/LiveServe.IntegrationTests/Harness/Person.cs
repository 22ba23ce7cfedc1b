using System.Text.Json;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>Somebody in the room.</summary>
internal sealed class Person : IDisposable
{
    private Person(RawSocket socket, string epoch, JsonElement welcome) => (Socket, Epoch, Welcome) = (socket, epoch, welcome);

    /// <summary>Their socket.</summary>
    public RawSocket Socket { get; }

    /// <summary>The room's epoch when they came.</summary>
    public string Epoch { get; }

    /// <summary>What they were welcomed with.</summary>
    public JsonElement Welcome { get; }

    /// <summary>Their secret.</summary>
    public string Key => Welcome.GetProperty("key").GetString()!;

    /// <summary>Their public id.</summary>
    public string User => Welcome.GetProperty("you").GetProperty("user").GetString()!;

    /// <summary>Joins.</summary>
    public static async Task<Person> JoinAsync(int port, string name, string? key = null, object? resume = null)
    {
        var socket = await RawSocket.OpenAsync(port, "liveserve.1");
        var epoch = (await socket.NextAsync("connected")).GetProperty("room").GetProperty("epoch").GetString()!;
        await socket.SendTextAsync(JsonSerializer.Serialize(new { type = "join", name, key, resume }, new JsonSerializerOptions { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull }));
        return new Person(socket, epoch, await socket.SkipToAsync("welcome"));
    }

    /// <summary>Says something; the acknowledgement.</summary>
    public async Task<JsonElement> SayAsync(string cid, string body)
    {
        await Socket.SendAsync(new { type = "chat", cid, body, format = "text" });
        while (true)
        {
            var message = await Socket.SkipToAsync("chat");
            if (message.TryGetProperty("cid", out var own) && own.GetString() == cid)
            {
                return message;
            }
        }
    }

    /// <summary>The numbers of the next messages.</summary>
    public async Task<long[]> SeqsAsync(int count)
    {
        var seqs = new long[count];
        for (var i = 0; i < count; i++)
        {
            seqs[i] = (await Socket.SkipToAsync("chat")).GetProperty("seq").GetInt64();
        }

        return seqs;
    }

    /// <summary>The last 100 messages.</summary>
    public async Task<JsonElement[]> HistoryAsync()
    {
        await Socket.SendAsync(new { type = "history", limit = 100 });
        return [.. (await Socket.SkipToAsync("history")).GetProperty("messages").EnumerateArray()];
    }

    /// <summary>The bodies of the last 100 messages, with spaces between them.</summary>
    public async Task<string> BodiesAsync() => string.Join(' ', (await HistoryAsync()).Select(message => message.GetProperty("body").GetString()));

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();
}

using System.Text.Json;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>Somebody in the room, on a socket spoken by hand.</summary>
internal sealed class RoomClient : IDisposable
{
    private RoomClient(RawSocket socket, JsonElement connected, JsonElement welcome) => (Socket, Connected, Self) = (socket, connected, welcome);

    public RawSocket Socket { get; }

    /// <summary>The first frame.</summary>
    public JsonElement Connected { get; }

    /// <summary>The welcome.</summary>
    public JsonElement Self { get; }

    public string Key => Self.GetProperty("key").GetString()!;

    public string User => Self.GetProperty("you").GetProperty("user").GetString()!;

    public string Epoch => Connected.GetProperty("room").GetProperty("epoch").GetString()!;

    /// <summary>Comes in.</summary>
    public static Task<RoomClient> JoinAsync(TestSite site, string name, string? key = null, object? resume = null, string? page = null, string? hostKey = null) =>
        JoinAsync(site.Port, name, key, resume, page, hostKey);

    /// <summary>Comes in, whoever listens there.</summary>
    public static async Task<RoomClient> JoinAsync(int port, string name, string? key = null, object? resume = null, string? page = null, string? hostKey = null)
    {
        var socket = await RawSocket.OpenAsync(port, "liveserve.1");
        var connected = await socket.NextAsync("connected");
        await socket.SendAsync(new { type = "join", name, key, resume, page, hostKey });
        return new(socket, connected, await socket.NextAsync("welcome"));
    }

    public Task SendAsync(object message) => Socket.SendAsync(message);

    /// <summary>Says something without waiting for anything.</summary>
    public Task SayAsync(string cid, string body) => SendAsync(new { type = "chat", cid, body });

    /// <summary>Says something; its own copy.</summary>
    public async Task<JsonElement> SaidAsync(string cid, string body)
    {
        await SayAsync(cid, body);
        while (true)
        {
            var said = await NextAsync("chat");
            if (said.TryGetProperty("cid", out var own) && own.GetString() == cid)
            {
                return said;
            }
        }
    }

    /// <summary>The numbers of the next messages.</summary>
    public async Task<long[]> SeqsAsync(int count)
    {
        var seqs = new long[count];
        for (var i = 0; i < count; i++)
        {
            seqs[i] = (await NextAsync("chat")).GetProperty("seq").GetInt64();
        }

        return seqs;
    }

    /// <summary>The bodies of the last 100 messages, with spaces between them.</summary>
    public async Task<string> BodiesAsync()
    {
        await SendAsync(new { type = "history", limit = 100 });
        var page = await NextAsync("history");
        return string.Join(' ', page.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("body").GetString()));
    }

    /// <summary>The next message of a type; others are passed over.</summary>
    public Task<JsonElement> NextAsync(string type) => Socket.SkipToAsync(type);

    /// <summary>The next line of a kind.</summary>
    public async Task<JsonElement> LineAsync(string kind)
    {
        while (true)
        {
            var line = await NextAsync("event");
            if (line.GetProperty("kind").GetString() == kind)
            {
                return line;
            }
        }
    }

    /// <summary>Everything that has come until now: what we say now is answered last.</summary>
    public async Task<List<JsonElement>> UntilNowAsync()
    {
        await SendAsync(new { type = "ping", t = 7 });
        for (var all = new List<JsonElement>(); ;)
        {
            var next = await Socket.NextAsync();
            if (next.GetProperty("type").GetString() == "pong")
            {
                return all;
            }

            all.Add(next);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();
}

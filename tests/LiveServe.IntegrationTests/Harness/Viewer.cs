using System.Text.Json;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>Somebody who looks at the inspector, by hand: it collects what it is told.</summary>
internal sealed class Viewer : IDisposable
{
    private readonly RawSocket _socket;
    private readonly Dictionary<string, JsonElement> _sockets = [];
    private readonly List<JsonElement> _entries = [];
    private int _asked;

    private Viewer(RawSocket socket, JsonElement greeting) => (_socket, Greeting) = (socket, greeting);

    /// <summary>The first frame.</summary>
    public JsonElement Greeting { get; }

    /// <summary>What it was told of the timeline.</summary>
    public IReadOnlyList<JsonElement> Entries => _entries;

    /// <summary>What it was told of sockets, by their ids.</summary>
    public IReadOnlyDictionary<string, JsonElement> Sockets => _sockets;

    /// <summary>Opens the inspector's socket, as the host when there is a key.</summary>
    public static async Task<Viewer> OpenAsync(int port, string? key = null, string home = "/")
    {
        var socket = await RawSocket.OpenAtAsync(port, home + "__liveserve/sockets/ws");
        var viewer = new Viewer(socket, await socket.NextAsync("hello"));
        if (key is not null)
        {
            Assert.Equal("host", (await viewer.AskAsync(new() { ["type"] = "host", ["key"] = key })).GetProperty("type").GetString());
        }

        return viewer;
    }

    /// <summary>Waits until it has been told of something.</summary>
    public async Task<JsonElement> EntryAsync(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            if (_entries.FirstOrDefault(wanted) is { ValueKind: JsonValueKind.Object } found)
            {
                return found;
            }

            Take(await _socket.NextAsync());
        }
    }

    /// <summary>Waits until a socket is as it is wanted.</summary>
    public async Task<JsonElement> SocketAsync(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            if (_sockets.Values.FirstOrDefault(wanted) is { ValueKind: JsonValueKind.Object } found)
            {
                return found;
            }

            Take(await _socket.NextAsync());
        }
    }

    /// <summary>The frames of one socket, as a line each: <c>in text hello</c>.</summary>
    public async Task<IReadOnlyList<string>> FramesAsync(string socket) =>
        [.. (await AskAsync(new() { ["type"] = "frames", ["socket"] = socket })).GetProperty("entries").EnumerateArray().Select(Line)];

    /// <summary>Asks for something; the answer, be it an error.</summary>
    public async Task<JsonElement> AskAsync(Dictionary<string, object?> wish)
    {
        var name = $"r{++_asked}";
        wish["ref"] = name;
        await _socket.SendAsync(wish);
        while (true)
        {
            var message = await _socket.NextAsync();
            if (message.TryGetProperty("ref", out var given) && given.GetString() == name)
            {
                return message;
            }

            Take(message);
        }
    }

    /// <summary>A frame as a line.</summary>
    public static string Line(JsonElement entry) => string.Join(' ', new[]
    {
        Text(entry, "dir"), Text(entry, "op"), Text(entry, "code"), Text(entry, "reason"), Text(entry, "text"), Text(entry, "hex"),
        entry.TryGetProperty("fragments", out var fragments) ? $"({fragments} fragments)" : null, entry.TryGetProperty("dropped", out _) ? "(dropped)" : null,
        entry.TryGetProperty("unfinished", out _) ? "(unfinished)" : null, entry.TryGetProperty("compressed", out _) ? "(compressed)" : null,
    }.Where(part => part is not null));

    /// <summary>A property as text, when it is there.</summary>
    public static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Take(JsonElement message)
    {
        if (message.GetProperty("type").GetString() != "feed")
        {
            return;
        }

        foreach (var info in message.GetProperty("sockets").EnumerateArray())
        {
            _sockets[info.GetProperty("id").GetString()!] = info;
        }

        _entries.AddRange(message.GetProperty("entries").EnumerateArray());
    }
}

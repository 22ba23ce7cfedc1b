using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Somebody whose client is not ours, and says what ours never would.</summary>
internal sealed class RawPerson : IDisposable
{
    private readonly RawSocket _socket;
    private int _said;

    private RawPerson(RawSocket socket) => _socket = socket;

    /// <summary>Comes into the room.</summary>
    public static async Task<RawPerson> EnterAsync(TestSite site, string name, string? page = null, string? hostKey = null)
    {
        var socket = await RawSocket.OpenAsync(site.Port, "liveserve.1");
        await socket.SkipToAsync("connected");
        await socket.SendAsync(new { type = "join", name, page = page ?? "/", hostKey });
        await socket.SkipToAsync("welcome");
        return new(socket);
    }

    /// <summary>Says something, and waits until the room has taken it.</summary>
    /// <returns>The message's id.</returns>
    public async Task<string> SayAsync(string body, string format = "text", string? lang = null, string? replyTo = null, object? pin = null, object? place = null, string? page = null)
    {
        var cid = $"c{++_said}";
        await _socket.SendAsync(new Dictionary<string, object?>
        {
            ["type"] = "chat", ["cid"] = cid, ["body"] = body, ["format"] = format, ["lang"] = lang, ["replyTo"] = replyTo, ["pin"] = pin, ["ref"] = place, ["page"] = page,
        }.Where(field => field.Value is not null).ToDictionary());
        return (await AckAsync(cid)).GetProperty("id").GetString()!;
    }

    /// <summary>Sends anything else.</summary>
    public Task SendAsync(object message) => _socket.SendAsync(message);

    /// <summary>The next message of a type.</summary>
    public Task<JsonElement> HearAsync(string type) => _socket.SkipToAsync(type);

    /// <summary>Many messages, by as many people as it takes: one person may say ten at once.</summary>
    public static async Task FillAsync(TestSite site, int count, Func<int, string> text)
    {
        for (var from = 0; from < count; from += 10)
        {
            using var person = await EnterAsync(site, $"P{from / 10}");
            for (var i = from; i < Math.Min(count, from + 10); i++)
            {
                await person.SayAsync(text(i));
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonElement> AckAsync(string cid)
    {
        while (true)
        {
            var message = await _socket.NextAsync();
            if (message.GetProperty("type").GetString() == "error")
            {
                throw new InvalidOperationException(message.GetRawText());
            }

            if (message.TryGetProperty("cid", out var own) && own.GetString() == cid)
            {
                return message;
            }
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>A client without a WebSocket.</summary>
internal sealed class VirtualClient : IDisposable
{
    private readonly HttpClient _http;

    private VirtualClient(HttpClient http) => _http = http;

    /// <summary>What its requests name it by.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Opens a connection; a plain one, unless it is announced.</summary>
    public static async Task<VirtualClient> OpenAsync(TestSite site, bool announced = false, HttpMessageHandler? handler = null, Version? version = null)
    {
        var client = new VirtualClient(new HttpClient(handler ?? new SocketsHttpHandler())
        {
            BaseAddress = new Uri(site.Server.Url, "/__liveserve/"),
            Timeout = TimeSpan.FromSeconds(20),
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        });
        using var answer = await client._http.PostAsync(announced ? "open?protocol=liveserve.1" : "open", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        client.Id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        return client;
    }

    /// <summary>Opens one for a page of ours: it says hello at once.</summary>
    public static async Task<VirtualClient> OpenPageAsync(TestSite site, string url, string? doc, string? boot, long seq)
    {
        var client = await OpenAsync(site, announced: true);
        await client.SayAsync(new { type = "hello", v = 1, boot, seq, page = new { url, doc, top = true, visible = true } });
        return client;
    }

    /// <summary>Posts messages: one as it is, several as an array.</summary>
    public async Task SayAsync(params object[] messages)
    {
        using var answer = await PostAsync(messages.Length == 1 ? JsonSerializer.Serialize(messages[0]) : JsonSerializer.Serialize(messages));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Posts a body.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string type = "application/json", string? id = null) =>
        _http.PostAsync($"send?id={id ?? Id}", new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)));

    /// <summary>Begins a stream of events.</summary>
    public Task<EventStream> StreamAsync(long after = 0, string? lastEventId = null) => StreamAsync($"events?id={Id}&after={after}", lastEventId);

    /// <summary>Begins a stream of events at any address below ours.</summary>
    public async Task<EventStream> StreamAsync(string target, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Version = _http.DefaultRequestVersion, VersionPolicy = _http.DefaultVersionPolicy };
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return new EventStream(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>Polls: the messages, or none with 204.</summary>
    public async Task<IReadOnlyList<JsonElement>> PollAsync(long after, string more = "")
    {
        using var answer = await GetAsync($"poll?id={Id}&after={after}{more}");
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == HttpStatusCode.NoContent ? [] : [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }

    /// <summary>Gets anything below our address.</summary>
    public Task<HttpResponseMessage> GetAsync(string target) => _http.GetAsync(target);

    /// <summary>Says goodbye.</summary>
    public Task<HttpResponseMessage> LeaveAsync() => _http.DeleteAsync($"open?id={Id}");

    public void Dispose() => _http.Dispose();
}

/// <summary>The answer that tells events, as they come.</summary>
internal sealed class EventStream(HttpResponseMessage answer) : IDisposable
{
    private readonly StreamReader _lines = new(answer.Content.ReadAsStream(), Encoding.UTF8);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20));

    /// <summary>The answer's head.</summary>
    public HttpResponseMessage Answer => answer;

    /// <summary>The next event; <see langword="null"/> at the end.</summary>
    public async Task<(string? Id, string? Name, string Data)?> EventAsync()
    {
        string? id = null, name = null, data = null;
        while (await _lines.ReadLineAsync(_patience.Token) is { } line)
        {
            if (line.Length == 0 && data is not null)
            {
                return (id, name, data);
            }

            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            name = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : name;
            data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
        }

        return null;
    }

    /// <summary>The next line, whatever it is.</summary>
    public async Task<string?> LineAsync() => await _lines.ReadLineAsync(_patience.Token);

    /// <summary>The next message, which must be of a type.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        var (_, _, data) = await EventAsync() ?? throw new EndOfStreamException("The stream ended.");
        var message = JsonDocument.Parse(data).RootElement;
        Assert.True(message.GetProperty("type").GetString() == type, $"{type} was expected, and came: {message}");
        return message;
    }

    public void Dispose()
    {
        _lines.Dispose();
        answer.Dispose();
        _patience.Dispose();
    }
}

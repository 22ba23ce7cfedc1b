using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>A WebSocket client that can do everything wrong.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly TcpClient _client;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private NetworkStream _stream = null!;

    private RawSocket(AddressFamily family) => _client = new TcpClient(family) { NoDelay = true };

    /// <summary>The handshake's answer.</summary>
    public string Handshake { get; private set; } = "";

    /// <summary>Opens a socket; a plain one, unless <paramref name="subprotocol"/> is set.</summary>
    public static Task<RawSocket> OpenAsync(int port, string? subprotocol = null, params string[] headers) =>
        OpenAtAsync(port, "/__liveserve/ws", subprotocol, headers);

    /// <summary>Opens a socket at any address.</summary>
    public static Task<RawSocket> OpenAtAsync(int port, string target, string? subprotocol = null, params string[] headers) =>
        OpenAtAsync(IPAddress.Loopback, port, target, subprotocol, headers);

    /// <summary>The same at any address of this machine, and any path.</summary>
    public static async Task<RawSocket> OpenAtAsync(IPAddress to, int port, string target, string? subprotocol, params string[] headers)
    {
        var socket = new RawSocket(to.AddressFamily);
        await socket._client.ConnectAsync(to, port, socket._patience.Token);
        socket._stream = socket._client.GetStream();
        List<string> lines =
        [
            $"GET {target} HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", .. headers,
        ];
        if (!headers.Any(header => header.StartsWith("Host:", StringComparison.Ordinal)))
        {
            lines.Add($"Host: localhost:{port}");
        }

        if (subprotocol is not null)
        {
            lines.Add($"Sec-WebSocket-Protocol: {subprotocol}");
        }

        await socket.SendBytesAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await socket.ByteAsync() is { } one)
        {
            head.Append((char)one);
        }

        socket.Handshake = head.ToString();
        return socket;
    }

    /// <summary>Opens a socket of a page of ours: it says hello at once.</summary>
    public static async Task<RawSocket> OpenPageAsync(int port, string url, string? doc, string? boot, long seq, string? time = null, params string[] resources)
    {
        var socket = await OpenAsync(port, "liveserve.1");
        await socket.NextAsync("connected");
        await socket.SendAsync(new { type = "resources", add = resources });
        await socket.SendAsync(new { type = "hello", v = 1, boot, seq, time, page = new { url, doc, top = true, visible = true } });
        return socket;
    }

    /// <summary>Sends an object as one masked text frame.</summary>
    public Task SendAsync(object message) => SendTextAsync(JsonSerializer.Serialize(message));

    /// <summary>Sends one masked text frame.</summary>
    public Task SendTextAsync(string text) => SendFrameAsync(Opcode.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendBytesAsync(byte[] bytes) => await _stream.WriteAsync(bytes, _patience.Token);

    /// <summary>The next bytes as they come; fewer only at the connection's end.</summary>
    public async Task<byte[]> BytesAsync(int length)
    {
        var bytes = new byte[length];
        return bytes[..await _stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, _patience.Token)];
    }

    /// <summary>The next frame: its opcode and payload; <see langword="null"/> at the connection's end.</summary>
    public async Task<(int Opcode, byte[] Payload)?> FrameAsync()
    {
        if (await ByteAsync() is not { } first || await ByteAsync() is not { } second)
        {
            return null;
        }

        var length = second & 0x7F;
        for (var more = length switch { 126 => 2, 127 => 8, _ => 0 }; more > 0; more--)
        {
            length = ((length is 126 or 127 && more is 2 or 8 ? 0 : length) << 8) | (await ByteAsync() ?? 0);
        }

        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, _patience.Token);
        return (first & 0x0F, payload);
    }

    /// <summary>The next message, whatever it is; pings are answered.</summary>
    public async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            var (opcode, payload) = await FrameAsync() ?? throw new EndOfStreamException("The connection ended.");
            if (opcode == (int)Opcode.Ping)
            {
                await SendFrameAsync(Opcode.Pong, payload);
            }
            else if (opcode == (int)Opcode.Close)
            {
                throw new EndOfStreamException($"The server closed with {(payload[0] << 8) | payload[1]}.");
            }
            else
            {
                return JsonDocument.Parse(payload).RootElement;
            }
        }
    }

    /// <summary>The next message, which must be of <paramref name="type"/>.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        var message = await NextAsync();
        Assert.True(message.GetProperty("type").GetString() == type, $"{type} was expected, and came: {message}");
        return message;
    }

    /// <summary>The next message of <paramref name="type"/>; others are passed over.</summary>
    public async Task<JsonElement> SkipToAsync(string type)
    {
        while (true)
        {
            var message = await NextAsync();
            if (message.GetProperty("type").GetString() == type)
            {
                return message;
            }
        }
    }

    /// <summary>The code of the close frame that ends the connection; 0 when it ends without one.</summary>
    public async Task<int> CloseCodeAsync()
    {
        try
        {
            while (await FrameAsync() is var (opcode, payload))
            {
                if (opcode == (int)Opcode.Close)
                {
                    return payload.Length < 2 ? 1005 : (payload[0] << 8) | payload[1];
                }
            }
        }
        catch (IOException)
        {
            // Reset: no close frame.
        }

        return 0;
    }

    /// <summary>Sends one masked frame.</summary>
    public Task SendFrameAsync(Opcode opcode, byte[] payload, bool final = true) => SendBytesAsync(Masked(opcode, payload, final));

    /// <summary>A frame as a client sends it.</summary>
    public static byte[] Masked(Opcode opcode, byte[] payload, bool final = true)
    {
        var frame = Frame.Of(opcode, payload);
        var head = frame.Length - payload.Length;
        byte[] mask = [1, 2, 3, 4];
        frame[0] = (byte)(final ? frame[0] : frame[0] & 0x7F);
        frame[1] |= 0x80;
        return [.. frame[..head], .. mask, .. payload.Select((b, i) => (byte)(b ^ mask[i & 3]))];
    }

    /// <summary>Ends our half of the connection.</summary>
    public void FinishSending()
    {
        try
        {
            _client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has ended it all.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }

    private async Task<int?> ByteAsync()
    {
        var one = new byte[1];
        return await _stream.ReadAsync(one, _patience.Token) == 0 ? null : one[0];
    }
}

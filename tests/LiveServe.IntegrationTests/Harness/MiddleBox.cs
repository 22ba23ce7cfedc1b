using System.Net;
using System.Net.Sockets;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>What stands between a browser and a server in some networks: a box with a habit.</summary>
internal sealed class MiddleBox : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private TcpClient? _cutNext;

    private MiddleBox(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Lets the upgrade through and none of the frames after it.</summary>
    public bool SwallowsFrames { get; init; }

    /// <summary>Refuses upgrades.</summary>
    public bool RefusesUpgrades { get; set; }

    /// <summary>Passes an answer with events on when it is whole, which is never.</summary>
    public bool HoldsStreamsBack { get; init; }

    /// <summary>Closes a connection on which nothing came from the server for so long.</summary>
    public TimeSpan? IdleTime { get; init; }

    /// <summary>Its own port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The address of a page behind it.</summary>
    public string UrlOf(string path) => $"http://localhost:{Port}{path}";

    /// <summary>Stands before a server on this machine.</summary>
    public static MiddleBox Before(int port, bool swallowsFrames = false, bool refusesUpgrades = false, bool holdsStreamsBack = false, TimeSpan? idleTime = null) =>
        new(port) { SwallowsFrames = swallowsFrames, RefusesUpgrades = refusesUpgrades, HoldsStreamsBack = holdsStreamsBack, IdleTime = idleTime };

    /// <summary>Breaks the connection over which events come, as a network does it.</summary>
    public void BreakStream() => Volatile.Read(ref _cutNext)?.Close();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is taken away.
        }
    }

    private async Task ServeAsync(TcpClient browser)
    {
        using var server = new TcpClient { NoDelay = true };
        using (browser)
        {
            try
            {
                browser.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
                await Task.WhenAny(OutAsync(browser.GetStream(), server.GetStream()), BackAsync(browser, server.GetStream()));
            }
            catch (Exception over) when (over is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One of the two has left.
            }
        }
    }

    private async Task OutAsync(NetworkStream browser, NetworkStream server)
    {
        var buffer = new byte[1 << 16];
        while (await browser.ReadAsync(buffer, _end.Token) is > 0 and var read)
        {
            if (RefusesUpgrades && buffer.AsSpan(0, read).IndexOf("Upgrade: websocket"u8) >= 0)
            {
                await browser.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
                return;
            }

            await server.WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }

    private async Task BackAsync(TcpClient browser, NetworkStream server)
    {
        var buffer = new byte[1 << 16];
        var (isStream, swallows) = (false, false);
        while (true)
        {
            using var idle = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            if (IdleTime is { } time)
            {
                idle.CancelAfter(time);
            }

            var read = await server.ReadAsync(buffer, idle.Token);
            if (read == 0)
            {
                return;
            }

            if (!isStream && buffer.AsSpan(0, read).IndexOf("text/event-stream"u8) >= 0)
            {
                isStream = true;
                Volatile.Write(ref _cutNext, browser);
            }

            var isUpgrade = SwallowsFrames && buffer.AsSpan(0, read).StartsWith("HTTP/1.1 101"u8);
            if (!swallows && !(isStream && HoldsStreamsBack))
            {
                var passed = isUpgrade ? buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) + 4 : read;
                await browser.GetStream().WriteAsync(buffer.AsMemory(0, passed), _end.Token);
            }

            swallows |= isUpgrade;
        }
    }
}

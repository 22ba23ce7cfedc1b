using System.Net;
using System.Net.Sockets;

namespace LiveServe.IntegrationTests.Harness;

/// <summary>Two ends of one connection.</summary>
internal static class StreamPair
{
    public static async Task<(Stream Client, Stream Server)> CreateAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var server = await listener.AcceptTcpClientAsync();
        return (client.GetStream(), server.GetStream());
    }
}

/// <summary>Frames that no library sends.</summary>
internal static class RawSocketFrames
{
    public static byte[] WithFirstByte(byte first) => [first, 0x80, 0, 0, 0, 0];
}

/// <summary>For what another process, or another thread, brings about in its own time.</summary>
internal static class Retry
{
    public static async Task<T> UntilAsync<T>(Func<Task<T>> attempt, Func<T, bool> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var result = await attempt();
            if (done(result))
            {
                return result;
            }

            (result as IDisposable)?.Dispose();
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}

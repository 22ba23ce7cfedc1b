using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LiveServe.Sockets;

/// <summary>The virtual connections by what their requests name them by. Who knows it is the client: it is as good as an open socket.</summary>
internal sealed class VirtualConnections
{
    private const int TokenBytes = 16; // 128 bits: more than anybody can try

    private readonly ConcurrentDictionary<string, VirtualConnection> _byToken = new(StringComparer.Ordinal);

    /// <summary>From now on requests find the connection.</summary>
    /// <returns>What names it.</returns>
    public string Add(VirtualConnection connection)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        _byToken[token] = connection;
        return token;
    }

    /// <summary>The connection that is named, if it is open.</summary>
    public VirtualConnection? Find(string token) => _byToken.GetValueOrDefault(token);

    /// <summary>It has ended.</summary>
    public void Remove(string token) => _byToken.TryRemove(token, out _);
}

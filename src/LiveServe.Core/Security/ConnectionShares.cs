using System.Collections.Concurrent;
using System.Net;

namespace LiveServe.Security;

/// <summary>
/// How many connections each other machine holds: one of them must not take the places of all. This machine itself is not counted.
/// </summary>
internal sealed class ConnectionShares
{
    /// <summary>As many connections one network address holds at once: a browser with two hundred tabs on HTTP/1.1.</summary>
    public const int Maximum = 256;

    private readonly ConcurrentDictionary<IPAddress, int> _held = new();

    /// <summary>Takes a place for a connection of <paramref name="peer"/>; <see langword="false"/> when its share is used up.</summary>
    public bool TryEnter(IPAddress? peer)
    {
        if (Peer.IsLocal(peer))
        {
            return true;
        }

        var network = Peer.NetworkOf(peer);
        if (_held.AddOrUpdate(network, 1, (_, held) => held + 1) <= Maximum)
        {
            return true;
        }

        Leave(peer);
        return false;
    }

    /// <summary>Gives the place of a connection back.</summary>
    public void Leave(IPAddress? peer)
    {
        if (Peer.IsLocal(peer))
        {
            return;
        }

        var network = Peer.NetworkOf(peer);
        if (_held.AddOrUpdate(network, 0, (_, held) => held - 1) == 0)
        {
            _held.TryRemove(new(network, 0)); // only if it is still none
        }
    }
}

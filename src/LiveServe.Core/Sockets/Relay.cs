using System.Collections.Concurrent;

namespace LiveServe.Sockets;

/// <summary>Everyone's messages to everyone else. The only owner of who is in it.</summary>
internal sealed class Relay
{
    private readonly ConcurrentDictionary<SocketConnection, bool> _members = new();

    /// <summary>From now on it hears the others.</summary>
    public void Join(SocketConnection member) => _members[member] = true;

    /// <summary>It has ended.</summary>
    public void Leave(SocketConnection member) => _members.TryRemove(member, out _);

    /// <summary>Passes a message on, as binary whatever it was. Waits for nobody: who is too far behind is closed.</summary>
    public void Pass(SocketConnection sender, ReadOnlySpan<byte> message)
    {
        byte[]? frame = null; // one for all of them
        foreach (var (member, _) in _members)
        {
            if (member != sender)
            {
                member.TryPost(frame ??= Frame.Of(Opcode.Binary, message));
            }
        }
    }
}

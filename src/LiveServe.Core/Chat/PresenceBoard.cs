using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>
/// Tells who is here: at most one frame a second, with what changed since the last. A socket that could not take one gets the whole instead, later. So what a
/// client gets grows with the number of people, not with its square.
/// </summary>
internal sealed class PresenceBoard
{
    private const int GapMs = 1000;

    private Dictionary<string, Person> _told = new(StringComparer.Ordinal);
    private long? _toldAt;
    private bool _isDirty;

    /// <summary>When the next frame is due; <see langword="null"/> when there is nothing new.</summary>
    public long? Due => _isDirty ? (_toldAt ?? long.MinValue + GapMs) + GapMs : null;

    /// <summary>Something about somebody may be different now.</summary>
    public void Touch() => _isDirty = true;

    /// <summary>Posts what changed, if it is time.</summary>
    /// <returns>What changed.</returns>
    public Presence? Tell(IReadOnlyDictionary<Connection, Member> sockets, Func<Dictionary<string, Person>> everybody, long now)
    {
        if (!_isDirty || now < Due)
        {
            return null;
        }

        var people = everybody();
        var diff = PresenceDiff.Between(_told, people);
        _isDirty = false;
        byte[]? change = null, whole = null;
        foreach (var (socket, member) in sockets)
        {
            var tab = member.Tabs[socket];
            if (diff is not null || tab.LacksPresence)
            {
                tab.LacksPresence = !socket.TryPostLossy(tab.LacksPresence
                    ? whole ??= RoomFrame.Of(new Presence(Full: [.. people.Values]))
                    : change ??= RoomFrame.Of(diff!));
                _isDirty |= tab.LacksPresence;
            }
        }

        _toldAt = diff is not null || _isDirty ? now : _toldAt;
        _told = people;
        return diff;
    }
}

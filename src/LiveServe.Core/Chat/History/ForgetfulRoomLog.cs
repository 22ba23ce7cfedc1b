using LiveServe.Protocol;

namespace LiveServe.Chat.History;

/// <summary>
/// No history: what is said is heard by who is here, and cannot be read again. The last messages are known for a while all the same, so that one cid
/// stays one message, and its sender can edit it.
/// </summary>
/// <param name="recent">Knows the last messages.</param>
internal sealed class ForgetfulRoomLog(IRoomLog recent) : IRoomLog
{
    /// <inheritdoc/>
    public string Epoch => recent.Epoch;

    /// <inheritdoc/>
    public long Head => recent.Head;

    /// <inheritdoc/>
    public long Oldest => recent.Head + 1;

    /// <inheritdoc/>
    public void Append(RoomMessage message) => recent.Append(message);

    /// <inheritdoc/>
    public IReadOnlyList<RoomMessage>? Since(long after) => after == Head ? [] : null;

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more) => Nothing(out more);

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more) => Nothing(out more);

    /// <inheritdoc/>
    public ChatMessage? Find(string id) => recent.Find(id);

    /// <inheritdoc/>
    public RoomMessage? Find(string user, string cid) => recent.Find(user, cid);

    /// <inheritdoc/>
    public Author? Person(string key) => recent.Person(key);

    /// <inheritdoc/>
    public void Remember(string key, Author person) => recent.Remember(key, person);

    /// <inheritdoc/>
    public void Clear() => recent.Clear();

    /// <inheritdoc/>
    public void Dispose() => recent.Dispose();

    private static IReadOnlyList<ChatMessage> Nothing(out bool more)
    {
        more = false;
        return [];
    }
}

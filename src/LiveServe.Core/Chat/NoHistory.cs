using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>
/// A room without a history: nobody is offered what was said before. For five minutes the messages are held in memory, so that they can be edited and answered,
/// and so that the same cid is the same message.
/// </summary>
internal sealed class NoHistory : IRoomLog
{
    private readonly MemoryRoomLog _held = new(500, TimeSpan.FromMinutes(5));

    /// <inheritdoc/>
    public string Epoch => _held.Epoch;

    /// <inheritdoc/>
    public long Head => _held.Head;

    /// <inheritdoc/>
    public long Oldest => Head + 1;

    /// <inheritdoc/>
    public void Append(RoomMessage message) => _held.Append(message);

    /// <inheritdoc/>
    public IReadOnlyList<RoomMessage>? Since(long after) => after == Head ? [] : null;

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more) => None(out more);

    /// <inheritdoc/>
    public IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more) => None(out more);

    /// <inheritdoc/>
    public ChatMessage? Find(string id) => _held.Find(id);

    /// <inheritdoc/>
    public RoomMessage? Find(string user, string cid) => _held.Find(user, cid);

    /// <inheritdoc/>
    public Author? Person(string key) => _held.Person(key);

    /// <inheritdoc/>
    public void Remember(string key, Author person) => _held.Remember(key, person);

    /// <inheritdoc/>
    public void Clear() => _held.Clear();

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private static IReadOnlyList<ChatMessage>? None(out bool more)
    {
        more = false;
        return null;
    }
}

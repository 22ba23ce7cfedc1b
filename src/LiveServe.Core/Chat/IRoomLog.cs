using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>
/// Where the room's messages are kept, in the order of their numbers. Written and read by the room only, one call after another; a call may take
/// as long as a small transaction does.
/// </summary>
internal interface IRoomLog : IDisposable
{
    /// <summary>Names this run of numbers. Another one means that what a client holds cannot be continued.</summary>
    string Epoch { get; }

    /// <summary>The newest number; 0 before the first message.</summary>
    long Head { get; }

    /// <summary>The first number that is kept; the next one when none is.</summary>
    long Oldest { get; }

    /// <summary>Keeps a message for good. When it returns, a crash of this process does not lose it.</summary>
    /// <param name="message">Its number is <see cref="Head"/> + 1. Its cid is kept too.</param>
    /// <exception cref="RoomLogException">It could not be kept; then nothing of it is.</exception>
    void Append(RoomMessage message);

    /// <summary>
    /// Everything after a number, ascending, changes of messages included; <see langword="null"/> when that is not complete any more. Messages are as they
    /// are now: what was deleted is not among it, neither its body nor those of its edits.
    /// </summary>
    IReadOnlyList<RoomMessage>? Since(long after);

    /// <summary>The last messages before a number, ascending and as they are now; the changes themselves are not among them.</summary>
    /// <param name="limit">How many at the most.</param>
    /// <param name="more">Whether there are older ones.</param>
    /// <returns><see langword="null"/> when all before the number were dropped for their age.</returns>
    IReadOnlyList<ChatMessage>? Before(long before, int limit, out bool more);

    /// <summary>The first messages after a number, ascending and as they are now; the changes themselves are not among them.</summary>
    /// <param name="limit">How many at the most.</param>
    /// <param name="more">Whether there are newer ones.</param>
    /// <returns><see langword="null"/> when the one right after the number was dropped for its age.</returns>
    IReadOnlyList<ChatMessage>? After(long after, int limit, out bool more);

    /// <summary>A message as it is now, with its cid, by its id.</summary>
    ChatMessage? Find(string id);

    /// <summary>What a person has sent under a cid: an edit, a deletion, or a message, which is as it is now.</summary>
    /// <param name="user">The public id of the person who sent it, which is that of <see cref="ChatMessage.From"/> or of an edit's <c>By</c>.</param>
    RoomMessage? Find(string user, string cid);

    /// <summary>The person whom a browser's secret stands for.</summary>
    /// <param name="key">The secret; what is kept is its hash.</param>
    Author? Person(string key);

    /// <summary>Keeps who a browser's secret stands for, or their new name. A failure loses no message and is not thrown.</summary>
    void Remember(string key, Author person);

    /// <summary>Forgets all messages, not the people; a new epoch begins, and with it the numbers.</summary>
    /// <exception cref="RoomLogException">They could not be removed.</exception>
    void Clear();
}

/// <summary>A message could not be kept.</summary>
internal sealed class RoomLogException(string message, Exception? inner = null) : Exception(message, inner);

namespace LiveServe.Protocol;

/// <summary>What a client asks of the room.</summary>
internal abstract record RoomRequest : ClientMessage;

/// <summary>Enters the room.</summary>
/// <param name="Key">The browser's secret of an earlier <c>welcome</c>: it makes this the same person.</param>
/// <param name="Page">Path and fragment of the page that it is on.</param>
/// <param name="HostKey">Proves the host.</param>
internal sealed record Join(string Name, string? Key, ResumePoint? Resume, string? Page, string? HostKey) : RoomRequest;

/// <summary>The last message that a returning client holds.</summary>
internal sealed record ResumePoint(string Epoch, long After);

/// <summary>A request that changes something for all. The same <paramref name="Cid"/> of the same person again is the same request.</summary>
internal abstract record RoomWrite(string Cid) : RoomRequest;

/// <summary>Says something.</summary>
/// <param name="ReplyTo">The id of the message that it answers.</param>
/// <param name="Ref">A place in a file of the site.</param>
/// <param name="Pin">The element of the page that it is about.</param>
internal sealed record Say(string Cid, string Body, string Format, string? Lang, string? ReplyTo, FileReference? Ref, Pin? Pin, string? Page) : RoomWrite(Cid);

/// <summary>Gives a message another body.</summary>
/// <param name="Target">The message's id.</param>
internal sealed record Edit(string Cid, string Target, string Body) : RoomWrite(Cid);

/// <summary>Takes a message back; a mark stays.</summary>
/// <param name="Target">The message's id.</param>
internal sealed record Delete(string Cid, string Target) : RoomWrite(Cid);

/// <summary>Takes another name.</summary>
internal sealed record Rename(string Cid, string Name) : RoomWrite(Cid);

/// <summary>The person writes, or does no longer.</summary>
internal sealed record TypingNotice(bool On) : RoomRequest;

/// <summary>Which page the tab shows now, and whether it can be seen.</summary>
internal sealed record PageShown(string? Url, bool Visible) : RoomRequest;

/// <summary>Asks for a page of messages on one side of a number.</summary>
internal sealed record HistoryRequest(long? Before, long? After, int Limit) : RoomRequest;

/// <summary>The host wants something done.</summary>
/// <param name="Action"><c>clear</c>, <c>mute</c>, <c>kick</c>, <c>slow</c> or <c>readonly</c>.</param>
/// <param name="User">The public id of whom it concerns.</param>
/// <param name="On">Begins it, or ends it.</param>
/// <param name="Ms">Between two messages of one person; 0 ends slow mode.</param>
internal sealed record HostCommand(string? Cid, string Action, string? User, bool On, long Ms) : RoomRequest;

using System.Text.Json.Serialization;

namespace LiveServe.Protocol;

/// <summary>What we say on the socket: a closed set. <c>docs/protocol.md</c> shows one example of each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Connected), "connected")]
[JsonDerivedType(typeof(Updated), "updated")]
[JsonDerivedType(typeof(Problem), "problem")]
[JsonDerivedType(typeof(Pong), "pong")]
[JsonDerivedType(typeof(ErrorMessage), "error")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(ChatMessage), "chat")]
[JsonDerivedType(typeof(EditedMessage), "edited")]
[JsonDerivedType(typeof(DeletedMessage), "deleted")]
[JsonDerivedType(typeof(RoomEvent), "event")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Presence), "presence")]
[JsonDerivedType(typeof(HistoryPage), "history")]
[JsonDerivedType(typeof(Reset), "reset")]
[JsonDerivedType(typeof(Closed), "closed")]
internal abstract record ServerMessage;

/// <summary>Always the first frame.</summary>
/// <param name="Id">Names this connection until it ends.</param>
/// <param name="Boot">Random per process: another value means that we were restarted.</param>
/// <param name="Seq">The number of the newest batch of changes.</param>
/// <param name="Time">Our clock, UTC.</param>
/// <param name="HeartbeatMs">How often we ping, in milliseconds.</param>
/// <param name="Room">Absent when the room is off.</param>
internal sealed record Connected(
    string Id, string Boot, long Seq, DateTimeOffset Time, int HeartbeatMs, Limits Limits, RoomState? Room) : ServerMessage
{
    /// <summary>The protocol's version.</summary>
    [JsonPropertyOrder(-1)]
    public int V { get; } = 1;
}

/// <summary>What we take at the most: bytes in a frame, bytes in a body, bytes in a name, messages in a page of history.</summary>
internal sealed record Limits(int Frame, int Body, int Name, int History)
{
    /// <summary>The limits in force.</summary>
    public static Limits Default { get; } = new(Frame: 128 * 1024, Body: 16 * 1024, Name: 128, History: 100);
}

/// <summary>Where the room stands.</summary>
/// <param name="Epoch">Changes when the numbering of messages starts anew.</param>
/// <param name="Head">The newest message's number; 0 before the first.</param>
internal sealed record RoomState(string Id, string Epoch, long Head);

/// <summary>Files changed, and what a page is to do about it.</summary>
/// <param name="Files">Paths relative to the root; at most <see cref="MaximumFiles"/>.</param>
/// <param name="More">How many further files changed; absent when none did.</param>
internal sealed record Updated(
    long Seq, DateTimeOffset Time, IReadOnlyList<string> Files, int? More, IReadOnlyList<UpdateItem> Items) : ServerMessage
{
    /// <summary>Longer lists are cut, and <see cref="More"/> counts the rest.</summary>
    public const int MaximumFiles = 50;

    /// <summary>Larger sources are fetched by the page, in bytes.</summary>
    public const int MaximumText = 64 * 1024;
}

/// <summary>One thing to do in a page. A kind that a client does not know is a reload.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CssItem), "css")]
[JsonDerivedType(typeof(SheetItem), "sheet")]
[JsonDerivedType(typeof(AssetItem), "asset")]
[JsonDerivedType(typeof(HtmlItem), "html")]
[JsonDerivedType(typeof(ReloadItem), "reload")]
internal abstract record UpdateItem;

/// <summary>A style sheet is to be brought up to date, wherever the page uses it.</summary>
/// <param name="Text">Its text with versions in its references, when that is UTF-8 and at most <see cref="Updated.MaximumText"/> bytes.</param>
internal sealed record CssItem(string Url, string? Text = null) : UpdateItem;

/// <summary>A style sheet that a script imports is to be replaced in its module.</summary>
internal sealed record SheetItem(string Url) : UpdateItem;

/// <summary>A picture, font, data file … is to be fetched again by whatever in the page uses it.</summary>
internal sealed record AssetItem(string Url) : UpdateItem;

/// <summary>The page's own source is another.</summary>
/// <param name="From">The hash of the source that the page shows.</param>
/// <param name="To">The hash of the new one.</param>
/// <param name="Text">The new one, when it is UTF-8 and at most <see cref="Updated.MaximumText"/> bytes.</param>
internal sealed record HtmlItem(string Url, string From, string To, string? Text = null) : UpdateItem;

/// <summary>Nothing less than a reload will do. <paramref name="Why"/> names the file that forced it.</summary>
internal sealed record ReloadItem(string Why) : UpdateItem;

/// <summary>Something outside the page is wrong, or right again. The same source and file is the same problem.</summary>
/// <param name="Seq">The number of the newest batch of changes.</param>
/// <param name="Source">Who found it: <c>proxy</c> and the back end's origin.</param>
/// <param name="Message">One sentence: what happened, to which thing.</param>
/// <param name="File">A path relative to the root, if it is about a file.</param>
/// <param name="Line">From 1, if known.</param>
/// <param name="Column">From 1, if known.</param>
/// <param name="Frame">Lines of source around the place, if known.</param>
/// <param name="Cleared"><see langword="true"/> when it is over; else absent.</param>
internal sealed record Problem(
    long Seq, string Source, string Message, string? File = null, int? Line = null, int? Column = null, string? Frame = null, bool? Cleared = null)
    : ServerMessage;

/// <summary>The answer to <c>ping</c>, with what it carried.</summary>
internal sealed record Pong(double? T) : ServerMessage;

/// <summary>A message was not understood or not allowed. The socket lives.</summary>
internal sealed record ErrorMessage(string Code, string Message, string? Cid = null, string? Field = null, int? RetryMs = null)
    : ServerMessage;

/// <summary>The answer to <c>join</c>.</summary>
/// <param name="Key">The browser's secret: it makes the next <c>join</c> the same person.</param>
/// <param name="Missed">How many messages follow that the client does not hold.</param>
/// <param name="Rules">What holds in the room now.</param>
internal sealed record Welcome(Self You, string Key, bool Recovered, int Missed, IReadOnlyList<Person> People, RoomRules? Rules = null) : ServerMessage;

/// <summary>The person that a welcome is for.</summary>
/// <param name="ShowTag">As with <see cref="Person"/>.</param>
internal sealed record Self(string User, string Name, string Tag, bool Host, bool? ShowTag = null);

/// <summary>Somebody in the room.</summary>
/// <param name="Pages">The paths that the tabs are on, at most five.</param>
/// <param name="State"><c>active</c>, or <c>idle</c> when no tab has been visible for five minutes.</param>
/// <param name="Host"><see langword="true"/> for who has proven to be the host; else absent.</param>
/// <param name="ShowTag"><see langword="true"/> when somebody else goes by a name that looks the same, and for the host: the tag is to be shown. Else absent.</param>
internal sealed record Person(
    string User, string Name, string Tag, int Tabs, IReadOnlyList<string> Pages, string State, bool? Host = null, bool? ShowTag = null);

/// <summary>Who wrote a message, as they were called then.</summary>
/// <param name="ShowTag">As with <see cref="Person"/>, as it is when the message is sent; it is not kept.</param>
internal sealed record Author(string User, string Name, string Tag, bool? ShowTag = null);

/// <summary>What has a number in the room: the numbers grow by one, and all clients get them in that order.</summary>
internal abstract record RoomMessage(long Seq, DateTimeOffset At, string? Cid) : ServerMessage;

/// <summary>A message in the room. <paramref name="Cid"/> goes to its sender only: that copy is the acknowledgement.</summary>
/// <param name="Id">What others name it by.</param>
/// <param name="Format"><c>text</c> or <c>code</c>.</param>
/// <param name="Lang">The language of code, as its writer named it.</param>
/// <param name="ReplyTo">The id of the message that it answers.</param>
/// <param name="Page">Path and fragment of the page that it was written on.</param>
/// <param name="Edited">When its body became what it is now; only in history.</param>
/// <param name="Deleted">When it was deleted; then its body is empty. Only in history.</param>
internal sealed record ChatMessage(
    long Seq, string Id, Author From, string Body, string Format, string? Lang, string? ReplyTo, FileReference? Ref, Pin? Pin, string? Page,
    DateTimeOffset At, string? Cid = null, DateTimeOffset? Edited = null, DateTimeOffset? Deleted = null) : RoomMessage(Seq, At, Cid);

/// <summary>A place in a file of the site.</summary>
internal sealed record FileReference(string File, int? Line, int? Col);

/// <summary>An element of the page that a message is about: how to find it, what it said, where it was.</summary>
/// <param name="Selector">A CSS selector, at most 1,000 characters.</param>
/// <param name="Text">The beginning of its text, at most 200 characters.</param>
/// <param name="Box">Left, top, width and height in CSS pixels of the document.</param>
internal sealed record Pin(string Selector, string Text, IReadOnlyList<double> Box);

/// <summary>A message has another body now.</summary>
/// <param name="Target">The message's id.</param>
internal sealed record EditedMessage(long Seq, string Target, string Body, Author By, DateTimeOffset At, string? Cid = null) : RoomMessage(Seq, At, Cid);

/// <summary>A message is gone; a mark stays where it was.</summary>
/// <param name="Target">The message's id.</param>
internal sealed record DeletedMessage(long Seq, string Target, Author By, DateTimeOffset At, string? Cid = null) : RoomMessage(Seq, At, Cid);

/// <summary>Something happened that is no message: it has no number and is not kept.</summary>
/// <param name="Kind"><c>saved</c>, <c>problem</c>, <c>join</c>, <c>leave</c>, <c>rename</c> or <c>notice</c>.</param>
/// <param name="Path">A path relative to the root.</param>
/// <param name="Count">How many more of the same stand behind it.</param>
/// <param name="Rules">What holds in the room from now on, when that changed.</param>
/// <param name="User">Who took another name.</param>
/// <param name="Was">The name before.</param>
/// <param name="Name">The name from now on.</param>
internal sealed record RoomEvent(
    string Kind, DateTimeOffset At, string? Text = null, string? Path = null, int? Count = null, RoomRules? Rules = null,
    string? User = null, string? Was = null, string? Name = null) : ServerMessage;

/// <summary>What holds for everyone but the host.</summary>
/// <param name="ReadOnly">Only the host writes.</param>
/// <param name="SlowMs">Between two messages of one person, in milliseconds; 0 for no more than the usual limit.</param>
internal sealed record RoomRules(bool ReadOnly, int SlowMs);

/// <summary>Somebody writes, or does no longer. Not kept; silence for six seconds says the same as <see langword="false"/>.</summary>
internal sealed record Typing(string User, bool On) : ServerMessage;

/// <summary>Who is here: all of them, or what changed.</summary>
internal sealed record Presence(
    IReadOnlyList<Person>? Full = null, IReadOnlyList<Person>? Join = null, IReadOnlyList<Person>? Leave = null,
    IReadOnlyList<Person>? Change = null) : ServerMessage;

/// <summary>Older or newer messages, ascending.</summary>
internal sealed record HistoryPage(IReadOnlyList<ChatMessage> Messages, bool More, long? Before = null, long? After = null) : ServerMessage;

/// <summary>What the client holds cannot be continued: it drops its list and asks for the latest page.</summary>
/// <param name="Reason"><c>epoch</c>: another run of numbers; <c>too_old</c>: not all of it is kept; <c>overflow</c>: it is too much to be sent at once.</param>
/// <param name="Room">Where the room stands now.</param>
internal sealed record Reset(string Reason, RoomState? Room = null) : ServerMessage;

/// <summary>The end of a virtual connection; on a socket the close frame says it. Always the last message.</summary>
/// <param name="Code">As a close frame has it.</param>
internal sealed record Closed(int Code, string Reason) : ServerMessage;

using System.Text.Json.Serialization;

namespace LiveServe.Inspection;

/// <summary>What the inspector's page is told: a closed set. <c>docs/inspector.md</c> describes it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Greeting), "hello")]
[JsonDerivedType(typeof(FeedMessage), "feed")]
[JsonDerivedType(typeof(Backlog), "frames")]
[JsonDerivedType(typeof(PayloadMessage), "payload")]
[JsonDerivedType(typeof(HostState), "host")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Refusal), "error")]
internal abstract record InspectorMessage;

/// <summary>Always the first frame.</summary>
/// <param name="Boot">Another value means that the server was started again: what is shown is of an earlier run.</param>
/// <param name="Now">The server's clock, in milliseconds of Unix time.</param>
/// <param name="Addresses">Where a page can open a socket here, for the form that tries one.</param>
internal sealed record Greeting(string Boot, double Now, IReadOnlyList<string> Addresses, KeptLimits Kept) : InspectorMessage;

/// <summary>What is remembered.</summary>
/// <param name="Frames">Of one socket.</param>
/// <param name="Bytes">Of all sockets together.</param>
/// <param name="Whole">A payload up to this many bytes is kept whole.</param>
/// <param name="Beginning">Of a longer one so many bytes are kept.</param>
internal sealed record KeptLimits(int Frames, long Bytes, int Whole, int Beginning, int Requests)
{
    /// <summary>The limits in force.</summary>
    public static KeptLimits Default { get; } =
        new(FrameRing.Capacity, FrameMemory.Maximum, FrameRecord.KeptWhole, FrameRecord.KeptOfLong, RequestLog.Capacity);
}

/// <summary>What is new, ten times a second at the most.</summary>
/// <param name="Sockets">Those that changed.</param>
/// <param name="Gone">Ids of sockets that are forgotten.</param>
/// <param name="Entries">In the order of their times.</param>
/// <param name="Skipped">How many more there were than are shown.</param>
internal sealed record FeedMessage(IReadOnlyList<SocketInfo> Sockets, IReadOnlyList<string> Gone, IReadOnlyList<Entry> Entries, long Skipped) : InspectorMessage;

/// <summary>The frames of one socket that are still there.</summary>
/// <param name="Ref">What the wish was called, here and below.</param>
internal sealed record Backlog(string Socket, IReadOnlyList<Entry> Entries, string? Ref) : InspectorMessage;

/// <summary>All that is kept of a payload.</summary>
internal sealed record PayloadMessage(string Socket, long N, string? Text, string? Hex, bool IsCut, string? Ref) : InspectorMessage;

/// <summary>Whether this viewer is the host, and sees what is masked for others.</summary>
internal sealed record HostState(bool On, bool Reveals, string? Ref) : InspectorMessage;

/// <summary>A wish was fulfilled.</summary>
/// <param name="Ref">What the wish was called.</param>
/// <param name="Count">By how many sockets.</param>
internal sealed record Done(string? Ref, int Count) : InspectorMessage;

/// <summary>A wish was not.</summary>
internal sealed record Refusal(string Code, string Message, string? Ref = null, int? RetryMs = null) : InspectorMessage;

/// <summary>A socket as it is now.</summary>
/// <param name="Kind"><c>page</c>, <c>echo</c>, <c>relay</c> or <c>proxy</c>.</param>
/// <param name="Page">The page behind it, where that is known.</param>
/// <param name="BackEnd">The other leg of a proxied one.</param>
/// <param name="Since">When it was opened, in milliseconds of Unix time.</param>
/// <param name="Closed">When it ended.</param>
/// <param name="RoundTrip">From the last ping to its pong, in milliseconds.</param>
/// <param name="Note">Why its frames cannot be shown.</param>
internal sealed record SocketInfo(
    string Id, string Kind, string Target, string? Page, string Browser, string Address, string Origin, string? BackEnd, double Since, double? Closed,
    int QueueFrames, long QueueBytes, double? RoundTrip, long CameFrames, long CameBytes, long WentFrames, long WentBytes, SuffersInfo? Suffers, string? Note);

/// <summary>What a socket is made to suffer.</summary>
/// <param name="LeftMs">Until it is over.</param>
internal sealed record SuffersInfo(bool Paused, int DelayMs, bool Drops, long LeftMs);

/// <summary>Something on the timeline.</summary>
/// <param name="At">In milliseconds of Unix time.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FrameEntry), "frame")]
[JsonDerivedType(typeof(RequestEntry), "http")]
[JsonDerivedType(typeof(OpenedEntry), "opened")]
[JsonDerivedType(typeof(EndedEntry), "ended")]
internal abstract record Entry(double At);

/// <summary>A frame. <paramref name="Dir"/> is <c>in</c> when it came from the browser, else <c>out</c>.</summary>
/// <param name="Op"><c>text</c>, <c>binary</c>, <c>continuation</c>, <c>close</c>, <c>ping</c> or <c>pong</c>.</param>
/// <param name="Cut">Whether less is shown than there was.</param>
/// <param name="Kept">How many bytes are kept.</param>
internal sealed record FrameEntry(
    double At, string Socket, long N, string Dir, string Op, long Length, int Kept, string? Text, string? Hex, bool? Cut, bool? Unfinished, int? Fragments,
    bool? Compressed, bool? Dropped, int? Code, string? Reason) : Entry(At);

/// <summary>A request and its answer.</summary>
/// <param name="By"><c>static</c>, <c>listing</c>, <c>proxy:&lt;rule&gt;</c> or <c>liveserve</c>.</param>
/// <param name="Bytes">Absent when the answer did not say.</param>
internal sealed record RequestEntry(double At, long N, string Method, string Target, int Status, double Ms, long? Bytes, string Type, string By) : Entry(At);

/// <summary>A socket was opened.</summary>
internal sealed record OpenedEntry(double At, string Socket, string Target, string By) : Entry(At);

/// <summary>A socket is over.</summary>
internal sealed record EndedEntry(double At, string Socket) : Entry(At);

/// <summary>The serialiser, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InspectorMessage))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(SocketInfo))]
internal sealed partial class InspectorContext : JsonSerializerContext;

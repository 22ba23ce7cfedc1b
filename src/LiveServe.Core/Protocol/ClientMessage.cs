using System.Text.Json;

namespace LiveServe.Protocol;

/// <summary>What a page or a tool says on the socket: a closed set. Types that are not in it are ignored.</summary>
internal abstract record ClientMessage;

/// <summary>A page introduces itself; after a lost connection with the last <c>boot</c> and <c>seq</c> it knew.</summary>
/// <param name="Time">Our clock as the page last heard it: after a restart, what changed since is what it missed.</param>
internal sealed record Hello(string? Boot, long? Seq, DateTimeOffset? Time, HelloPage Page) : ClientMessage;

/// <summary>The document a page shows.</summary>
/// <param name="Url">Path and query.</param>
/// <param name="Doc">The hash of the source it was made from, or <see langword="null"/> when it does not know.</param>
internal sealed record HelloPage(string Url, string? Doc, bool Top, bool Visible);

/// <summary>Paths of what the page has loaded.</summary>
internal sealed record Resources(IReadOnlyList<string> Add) : ClientMessage;

/// <summary>What a page did with an update, and how long it took, in milliseconds.</summary>
internal sealed record Applied(long Seq, double Ms, string Result, string? Why) : ClientMessage;

/// <summary>Something went wrong in the page.</summary>
/// <param name="Seq">The update that the page last showed.</param>
/// <param name="Source">Who found it: <c>page</c>, <c>resource</c>, <c>stylesheet</c> and the like.</param>
/// <param name="File">A path on our origin.</param>
/// <param name="Url">The address that was asked for, when that is what failed.</param>
internal sealed record PageProblem(long? Seq, string? Source, string Text, string? File, int? Line, int? Column, string? Url) : ClientMessage;

/// <summary>A call of the page's console.</summary>
/// <param name="Level"><c>error</c>, <c>warn</c>, <c>info</c> or <c>debug</c>.</param>
/// <param name="Args">Its arguments as texts; at most 20.</param>
/// <param name="Seq">The update that the page last showed.</param>
/// <param name="File">Where it was made: a path on our origin, if known.</param>
internal sealed record ConsoleOutput(string Level, IReadOnlyList<string> Args, long? Seq, string? File, int? Line) : ClientMessage;

/// <summary>A message whose meaning its event's name tells; names that begin with <c>liveserve:</c> are ours.</summary>
internal sealed record Custom(string Event, JsonElement? Data) : ClientMessage;

/// <summary>Is anybody there.</summary>
internal sealed record Ping(double? T) : ClientMessage;

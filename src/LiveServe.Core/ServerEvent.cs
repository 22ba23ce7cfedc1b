namespace LiveServe;

/// <summary>Something that a person, or a script, may want to see: a closed set.</summary>
public abstract record ServerEvent
{
    private protected ServerEvent()
    {
    }
}

/// <summary>A batch of changes went out.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Files">The files that changed, relative to the root.</param>
/// <param name="Items">What pages were told to do, each thing once; empty when it concerned no open page.</param>
/// <param name="Pages">How many open pages got something to do; each answers with <see cref="UpdateApplied"/>.</param>
/// <param name="PlainClients">How many sockets were told that never say anything themselves.</param>
/// <param name="Elapsed">From the file system's first word of it to the last page's queue.</param>
public sealed record UpdateSent(
    long Seq, IReadOnlyList<string> Files, IReadOnlyList<UpdateStep> Items, int Pages, int PlainClients, TimeSpan Elapsed) : ServerEvent
{
    /// <summary>
    /// Whether the same files changed a moment ago, too, and no open page uses them. It is not worth a line: what is said may be written into the very
    /// folder that is watched, and would be the next change.
    /// </summary>
    public bool IsRepeat { get; init; }
}

/// <summary>One thing that pages were told to do.</summary>
/// <param name="Kind"><c>css</c>, <c>sheet</c>, <c>asset</c>, <c>html</c> or <c>reload</c>.</param>
/// <param name="Url">The address that it is about; <see langword="null"/> for a reload.</param>
/// <param name="Why">The file that forces a reload.</param>
public sealed record UpdateStep(string Kind, string? Url, string? Why);

/// <summary>A page did what it was told.</summary>
/// <param name="Seq">The batch.</param>
/// <param name="Page">The page's address, or <see langword="null"/> when it has not said.</param>
/// <param name="Result"><c>swap</c>, <c>patch</c>, <c>hot</c>, <c>reload</c> or <c>ignored</c>, as the page says.</param>
/// <param name="Milliseconds">How long it took there.</param>
/// <param name="Why">Its reason, if it gives one.</param>
public sealed record UpdateApplied(long Seq, string? Page, string Result, double Milliseconds, string? Why) : ServerEvent;

/// <summary>Something went wrong in a page. All of it is what the page says.</summary>
/// <param name="Seq">The batch that the page last showed, if any.</param>
/// <param name="Source">Who found it: <c>page</c> (an error that nobody caught), <c>resource</c>, <c>stylesheet</c>, or what a later client says.</param>
/// <param name="Message">At most 2,000 characters.</param>
/// <param name="File">A path on this server, if known.</param>
/// <param name="Line">From 1, if known.</param>
/// <param name="Column">From 1, if known.</param>
public sealed record PageProblemReported(long? Seq, string? Source, string Message, string? File, int? Line, int? Column) : ServerEvent;

/// <summary>A page wrote to its console. All of it is what the page says.</summary>
/// <param name="Level">How loudly.</param>
/// <param name="Text">At most 2,000 characters.</param>
/// <param name="Seq">The batch that the page last showed, if any.</param>
/// <param name="File">A path on this server, if known.</param>
/// <param name="Line">From 1, if known.</param>
public sealed record ConsoleReported(ConsoleLevel Level, string Text, long? Seq, string? File, int? Line) : ServerEvent;

/// <summary>Somebody said something to the echo.</summary>
/// <param name="Message">What; beyond 2,000 bytes it is cut.</param>
public sealed record EchoHeard(string Message) : ServerEvent;

/// <summary>Somebody at this machine pressed a file's name in a page and wants to see it in an editor.</summary>
/// <param name="File">A regular file that is served: relative to the root, or its full path when it is mounted.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record EditorWanted(string File, int Line, int Column) : ServerEvent;

/// <summary>Something is not as it should be, and we go on.</summary>
/// <param name="Message">One sentence: what happened, to which thing.</param>
/// <param name="Hint">What to do about it, if anything can be done.</param>
public sealed record WarningRaised(string Message, string? Hint) : ServerEvent;

/// <summary>A request was answered.</summary>
/// <param name="Method">As it came.</param>
/// <param name="Target">As it came, still encoded.</param>
/// <param name="Status">The status that was sent.</param>
public sealed record RequestAnswered(string Method, string Target, int Status) : ServerEvent;

using System.Collections.Concurrent;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Injection;

namespace LiveServe.Serving;

/// <summary>What reading a file told about it.</summary>
/// <param name="Stat">The version that was read.</param>
/// <param name="Hash">Of the whole; empty when the file is larger than <see cref="FileBytes.WholeLimit"/>.</param>
/// <param name="Tag">Of this version: strong, with its quotes; empty for a page of ours, which has no versions.</param>
/// <param name="Dates">Of this version; <see langword="null"/> when what is sent is not the file as it is.</param>
/// <param name="ContentType">With its charset, where it has one.</param>
/// <param name="Plan">Where our script goes; <see langword="null"/> when it goes nowhere.</param>
/// <param name="IsWholeDocument">Whether it is a page and not a fragment of one.</param>
internal sealed record FileFacts(
    FileStat Stat, ContentHash Hash, string Tag, FileDates? Dates, string ContentType, MarkupKind? Markup, PagePlan? Plan, bool IsWholeDocument)
{
    /// <summary>What <see cref="PageInjector"/> put into it last; copies of the facts share it.</summary>
    public ScriptSlot Script { get; } = new();

    /// <summary>Learns the facts of <paramref name="bytes"/>, which are the whole file.</summary>
    /// <param name="now">By <see cref="FileClock"/>.</param>
    public static FileFacts OfWhole(string name, FileStat stat, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        var hash = ContentHash.Of(bytes);
        return Of(name, bytes, Charset.Of) with { Stat = stat, Hash = hash, Tag = $"\"{hash}\"", Dates = FileDates.Of(stat, now) };
    }

    /// <summary>
    /// Learns the facts of a file that is larger than <see cref="FileBytes.WholeLimit"/> from its beginning. Too large to be hashed for each version:
    /// the stat tells them apart, and while it cannot, no copy is good.
    /// </summary>
    /// <param name="now">By <see cref="FileClock"/>.</param>
    public static FileFacts OfLarge(string name, FileStat stat, ReadOnlySpan<byte> beginning, DateTimeOffset now)
    {
        var tag = stat.IsRacyAt(now) ? $"\"{Guid.NewGuid():n}\"" : $"\"{stat.Identity:x}-{stat.ModifiedNs:x}-{stat.ChangedNs:x}-{stat.Length:x}\"";
        return Of(name, beginning, Charset.Declared) with { Stat = stat, Tag = tag, Dates = FileDates.Of(stat, now) };
    }

    /// <summary>The facts of a page of ours.</summary>
    public static FileFacts OfOwnPage(ReadOnlySpan<byte> html) => Of("page.html", html, Charset.Of);

    private static FileFacts Of(string name, ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, string, string?> charsetOf)
    {
        var type = MediaTypes.Of(name);
        var markup = MediaTypes.Markup(type);
        var charset = MediaTypes.IsText(type) ? charsetOf(bytes, type) : null;
        return new FileFacts(
            default,
            default,
            "",
            null,
            charset is null ? type : $"{type}; charset={charset}",
            markup,
            markup is { } kind ? PagePlan.For(bytes, kind) : null,
            markup is not null && InsertionPoint.IsWholeDocument(bytes));
    }
}

/// <summary>A page's script tag as of one batch of changes, and what tags the whole.</summary>
/// <param name="Seq">The batch.</param>
/// <param name="Doc">The page's source.</param>
/// <param name="Tag">Strong, with its quotes; empty for a page of ours.</param>
/// <param name="Bytes">In the page's encoding.</param>
internal sealed record PageScript(long Seq, ContentHash Doc, string Tag, ReadOnlyMemory<byte> Bytes);

/// <summary>A place for the last one, for several threads: whoever is too late renders once more.</summary>
internal sealed class ScriptSlot
{
    private volatile PageScript? _last;

    /// <summary>The last one.</summary>
    public PageScript? Last
    {
        get => _last;
        set => _last = value;
    }
}

/// <summary>
/// The facts of files that were sent lately, so that an unchanged file is answered without being read for them. A file that is too young
/// for its stat to tell two versions apart is not remembered.
/// </summary>
internal sealed class FactsCache
{
    private const int Maximum = 4096;

    private readonly ConcurrentDictionary<string, FileFacts> _facts = new(StringComparer.Ordinal);

    /// <summary>The facts of exactly this version; <see langword="null"/> when they are not known.</summary>
    public FileFacts? Find(string relative, FileStat stat)
    {
        if (!_facts.TryGetValue(relative, out var facts) || facts.Stat != stat)
        {
            return null;
        }

        // A date that told nothing when the facts were learnt may tell something now.
        return facts.Dates is { IsStrong: false } ? _facts[relative] = facts with { Dates = FileDates.Of(stat, FileClock.Now) } : facts;
    }

    /// <summary>Remembers facts learnt at <paramref name="now"/>.</summary>
    public void Keep(string relative, FileFacts facts, DateTimeOffset now)
    {
        if (facts.Stat.IsRacyAt(now))
        {
            return;
        }

        if (_facts.Count >= Maximum)
        {
            _facts.Clear(); // rare, cheap to refill, and nothing to keep in order
        }

        _facts[relative] = facts;
    }
}

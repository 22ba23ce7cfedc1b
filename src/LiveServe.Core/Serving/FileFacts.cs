using System.Collections.Concurrent;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Injection;

namespace LiveServe.Serving;

/// <summary>What reading a file told about it.</summary>
/// <param name="Stat">The version that was read.</param>
/// <param name="ContentType">With its charset, where it has one.</param>
/// <param name="Plan">Where our script goes; <see langword="null"/> when it goes nowhere.</param>
/// <param name="IsWholeDocument">Whether it is a page and not a fragment of one.</param>
internal sealed record FileFacts(FileStat Stat, ContentHash Hash, string ContentType, MarkupKind? Markup, PagePlan? Plan, bool IsWholeDocument)
{
    /// <summary>Learns the facts of <paramref name="bytes"/>, which are the whole file, or its beginning when it is larger than <see cref="FileBytes.WholeLimit"/>.</summary>
    public static FileFacts Of(string name, FileStat stat, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var type = MediaTypes.Of(name);
        var markup = MediaTypes.Markup(type);
        var charset = !MediaTypes.IsText(type) ? null : isWhole ? Charset.Of(bytes, type) : Charset.Declared(bytes, type);
        return new FileFacts(
            stat,
            isWhole ? ContentHash.Of(bytes) : default,
            charset is null ? type : $"{type}; charset={charset}",
            markup,
            markup is { } kind ? PagePlan.For(bytes, kind) : null,
            markup is not null && InsertionPoint.IsWholeDocument(bytes));
    }
}

/// <summary>
/// The facts of files that were sent lately, so that an unchanged file is answered with 304 without being read. A file that is too young
/// for its stat to tell two versions apart is not remembered.
/// </summary>
internal sealed class FactsCache
{
    private const int Maximum = 4096;

    private readonly ConcurrentDictionary<string, FileFacts> _facts = new(StringComparer.Ordinal);

    /// <summary>The facts of exactly this version; <see langword="null"/> when they are not known.</summary>
    public FileFacts? Find(string relative, FileStat stat) =>
        _facts.TryGetValue(relative, out var facts) && facts.Stat == stat ? facts : null;

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

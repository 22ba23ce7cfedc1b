using LiveServe.Content;

namespace LiveServe.Injection;

/// <summary>One edit: <paramref name="Length"/> bytes at <paramref name="Offset"/> become <paramref name="Replacement"/>.</summary>
internal readonly record struct Splice(int Offset, int Length, ReadOnlyMemory<byte> Replacement);

/// <summary>How a document gets the client; every byte that is not named here stays what it was.</summary>
/// <param name="Offset">Where the script goes, in bytes.</param>
/// <param name="Nonce">To be repeated on the script, or <see langword="null"/>.</param>
/// <param name="Splices">Edits of the page's own policy, where it would forbid the client.</param>
/// <param name="Notice">What is to be said of them, or <see langword="null"/>.</param>
/// <param name="NamesPolicy">Whether its head speaks of a policy: the client then parses in the one way that no policy forbids.</param>
internal sealed record PagePlan(
    int Offset, MarkupKind Kind, SnippetEncoding Encoding, string? Nonce, IReadOnlyList<Splice> Splices, string? Notice, bool NamesPolicy = false)
{
    private const int HeadLength = 64 * 1024;

    /// <summary>The plan for a document; <see langword="null"/> when it has opted out or has no place for a script.</summary>
    public static PagePlan? For(ReadOnlySpan<byte> document, MarkupKind kind)
    {
        if (InsertionPoint.Find(document, kind) is not { } offset)
        {
            return null;
        }

        var units = new CodeUnits(document);
        var plan = new PagePlan(offset, kind, units.Encoding, null, [], null);
        var head = document[..Math.Min(document.Length, HeadLength)];
        var namesPolicy = Speaks(head, "content-security-policy");
        return kind != MarkupKind.Svg && (namesPolicy || Speaks(head, "liveserve")) ? HeadMetas.Apply(plan with { NamesPolicy = namesPolicy }, head) : plan;
    }

    /// <summary>The document in pieces: its own bytes, and between them <paramref name="script"/> and what the splices say.</summary>
    /// <param name="bytes">The document, or a beginning of it that holds all of the plan's places.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> script)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        var from = 0;
        foreach (var edit in Splices.Append(new Splice(Offset, 0, script)).OrderBy(edit => edit.Offset))
        {
            pieces.Add(bytes[from..edit.Offset]);
            pieces.Add(edit.Replacement);
            from = edit.Offset + edit.Length;
        }

        pieces.Add(bytes[from..]);
        return pieces;
    }

    // Most pages name neither a policy nor us: they are never parsed.
    private static bool Speaks(ReadOnlySpan<byte> head, string word)
    {
        var units = new CodeUnits(head);
        for (var i = 0; i < units.Length; i++)
        {
            if ((units[i] | 0x20) == word[0] && units.StartsWith(i, word))
            {
                return true;
            }
        }

        return false;
    }
}

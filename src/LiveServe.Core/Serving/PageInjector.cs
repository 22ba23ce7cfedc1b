using LiveServe.Injection;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>Which answers get the client, and what they consist of then.</summary>
/// <param name="warn">Takes one sentence, and what to do about it, for the terminal.</param>
internal sealed class PageInjector(PageStamp stamp, Action<string, string?> warn)
{
    private readonly OnceOnly _once = new(warn);

    /// <summary>Whether a request is answered with our script in the file.</summary>
    public bool Injects(HttpRequest request, FileFacts facts) =>
        stamp.Inject && facts is { Plan: not null, Markup: { } markup }
        && InjectionDecision.ShouldInject(request.Headers["Sec-Fetch-Dest"], request.Headers.Accept, markup, facts.IsWholeDocument);

    /// <summary>The tag of an injected page: the stamp is part of the page, so it is part of its tag. Empty for a page of ours.</summary>
    public string Tag(FileFacts facts, long seq) => facts.Tag.Length == 0 ? "" : ScriptOf(facts, seq).Tag;

    /// <summary>The body of an injected page.</summary>
    /// <param name="path">Of the page, for what is to be said of it.</param>
    public IReadOnlyList<BodyPart> Parts(string path, FileContent content, FileFacts facts, long seq)
    {
        var plan = facts.Plan!;
        if (plan.Notice is { } notice)
        {
            _once.Warn($"{path}: {notice}", null);
        }

        var script = ScriptOf(facts, seq).Bytes;
        if (plan.Splices.Count == 0)
        {
            return [content.Slice(0, plan.Offset), BodyPart.Of(script), content.Slice(plan.Offset, content.Length - plan.Offset)];
        }

        var parts = new List<BodyPart>();
        long from = 0;
        foreach (var edit in plan.Splices.Append(new Splice(plan.Offset, 0, script)).OrderBy(edit => edit.Offset))
        {
            parts.Add(content.Slice(from, edit.Offset - from));
            parts.Add(BodyPart.Of(edit.Replacement));
            from = edit.Offset + edit.Length;
        }

        parts.Add(content.Slice(from, content.Length - from));
        return parts;
    }

    // Between two saves it is the same for everyone who asks for the page.
    private PageScript ScriptOf(FileFacts facts, long seq)
    {
        if (facts.Script.Last is { } last && last.Seq == seq && last.Doc == facts.Hash)
        {
            return last;
        }

        var plan = !stamp.HasPolicy ? facts.Plan! : facts.Plan! with { NamesPolicy = true, Nonce = facts.Plan.Nonce ?? stamp.Nonce };
        var tag = facts.Tag.Length == 0 ? "" : $"{facts.Tag.AsSpan(..^1)}-{stamp.Boot}-{seq}\"";
        return facts.Script.Last = new PageScript(seq, facts.Hash, tag, Snippet.Render(plan, stamp.For(facts.Hash, seq)));
    }
}

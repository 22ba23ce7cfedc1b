using LiveServe.Injection;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>Which answers get the client, and what they consist of then.</summary>
/// <param name="warn">Takes one sentence, and what to do about it, for the terminal.</param>
internal sealed class PageInjector(PageStamp stamp, Action<string, string?> warn)
{
    private readonly OnceOnly _once = new(warn);

    /// <summary>Whether a request is answered with our script in the file.</summary>
    public bool Injects(HttpContext context, FileFacts facts)
    {
        var headers = context.Request.Headers;
        return stamp.Inject && facts is { Plan: not null, Markup: { } markup }
            && InjectionDecision.ShouldInject(headers["Sec-Fetch-Dest"], headers.Accept, markup, facts.IsWholeDocument);
    }

    /// <summary>The tag of what is sent: the stamp is part of an injected page, so it is part of the page's tag.</summary>
    public string Tag(HttpContext context, FileFacts facts, long seq) =>
        Injects(context, facts) ? $"\"{facts.Hash}-{stamp.Boot}-{seq}\"" : $"\"{facts.Hash}\"";

    /// <summary>The body in pieces; one piece when nothing is put in.</summary>
    /// <param name="bytes">The file, or its beginning.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces(HttpContext context, ReadOnlyMemory<byte> bytes, FileFacts facts, long seq)
    {
        if (!Injects(context, facts))
        {
            return [bytes];
        }

        var plan = facts.Plan!;
        if (plan.Notice is { } notice)
        {
            _once.Warn($"{context.Request.Path}: {notice}", null);
        }

        return plan.Pieces(bytes, Snippet.Render(plan, stamp.For(facts.Hash, seq)));
    }
}

using System.Security.Cryptography;
using LiveServe.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Injection;

/// <summary>
/// How our script gets into an answer that somebody else makes, a back end or an app: 1 the request, 2 whether the answer is a page that gets it,
/// 3 the beginning of the page with the script and what the policies need, 4 the headers that spoke of other bytes. Whatever is not understood
/// passes untouched. Moving the bytes is for others.
/// </summary>
/// <param name="attributes">For the script; made before the page was, so that a save meanwhile is heard of.</param>
/// <param name="warn">Takes one sentence, and what to do about it; the same one is said once.</param>
internal sealed class PassingPage(SnippetAttributes attributes, Action<string, string?> warn)
{
    /// <summary>Longer heads are not looked through, in bytes.</summary>
    public const int LongestHead = 64 * 1024;

    // WHATWG Encoding §4.2: the labels of UTF-16.
    private static readonly string[] WideCharsets = ["utf-16", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode"];

    private readonly string _stamp = $"{attributes.Boot}-{attributes.Seq}";

    /// <summary>Whether a browser asks for a page to be shown. Its request is made such that the answer can be one with our script.</summary>
    public static bool IsNavigation(IHeaderDictionary request) =>
        InjectionDecision.ShouldInject(request["Sec-Fetch-Dest"], request.Accept, MarkupKind.Html, isWholeDocument: false);

    /// <summary>Whether the answer may turn out to be a page that gets our script, a tool's included.</summary>
    public static bool MayGetIt(IHeaderDictionary request) =>
        InjectionDecision.ShouldInject(request["Sec-Fetch-Dest"], request.Accept, MarkupKind.Html, isWholeDocument: true);

    /// <summary>Takes out of a navigation what would bring parts, packed bytes, or the news that the browser's own copy is good when it is not.</summary>
    public void Prepare(IHeaderDictionary request) // 1
    {
        request.AcceptEncoding = "identity";
        request.Range = default;
        request.IfRange = default;
        request.IfModifiedSince = default;
        var tags = EntityTags.Unstamp(request.IfNoneMatch, _stamp);
        request.IfNoneMatch = tags.Length == 0 ? default : new StringValues(tags);
    }

    /// <summary>What kind of page an answer is; <see langword="null"/> when it does not get our script.</summary>
    public static MarkupKind? KindOf(HttpContext context) // 2
    {
        var (request, headers) = (context.Request.Headers, context.Response.Headers);
        return context.Response.StatusCode is (200 or 201 or 202 or 203 or >= 400) and < 600
            && MediaTypes.Markup(headers.ContentType.ToString()) is { } kind
            && !headers.ContentDisposition.ToString().TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase)
            && InjectionDecision.ShouldInject(request["Sec-Fetch-Dest"], request.Accept, kind, isWholeDocument: true) ? kind : null;
    }

    /// <summary>Whether so much of a page is enough: the script's place is known, and its head, with all metas, has ended.</summary>
    public static bool IsEnough(ReadOnlySpan<byte> beginning, MarkupKind kind) =>
        InsertionPoint.IsCertain(beginning, kind) && InsertionPoint.IsBehindHead(beginning, kind);

    /// <summary>Says that a page is packed in a way that cannot be read.</summary>
    public void RefuseCoding(HttpContext context, string coding, string remedy) =>
        warn($"{context.Request.Path} is packed as {(coding.Length > 40 ? coding[..40] : coding)}, which liveserve cannot read: it gets no live updates.", remedy);

    /// <summary>The beginning of a page in pieces, our script among them; the policies of the answer are extended. <see langword="null"/> when it gets none.</summary>
    /// <param name="beginning">What has come of it.</param>
    /// <param name="isCertain">Whether the place for the script is known.</param>
    /// <param name="doc">The hash of the page's source, when that is a file of ours.</param>
    public List<ReadOnlyMemory<byte>>? Pieces(HttpContext context, ReadOnlyMemory<byte> beginning, bool isCertain, MarkupKind kind, ContentHash doc = default) // 3
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var bytes = beginning.Span;
        if (!InjectionDecision.ShouldInject(request.Headers["Sec-Fetch-Dest"], request.Headers.Accept, kind, InsertionPoint.IsWholeDocument(bytes)))
        {
            return null;
        }

        if (!isCertain || IsWideWithoutMark(headers.ContentType.ToString(), bytes))
        {
            warn($"{request.Path} has no place for live updates: {(isCertain ? "it is UTF-16 without a byte order mark" : "its head does not begin within 64 KB")}.", null);
            return null;
        }

        var policies = HeaderPolicies.Admit(headers.ContentSecurityPolicy, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        if (policies is null || PagePlan.For(bytes, kind) is not { } plan)
        {
            return null;
        }

        if (policies.Lines.Count > 0)
        {
            headers.ContentSecurityPolicy = policies.Lines.ToArray();
            plan = plan with { NamesPolicy = true, Nonce = policies.Nonce ?? plan.Nonce };
        }

        if (policies.Extended.Count > 0)
        {
            warn($"{request.Path}: its Content-Security-Policy does not allow live updates; while served here, {string.Join(" and ", policies.Extended)} allows 'self' too.", null);
        }

        if (plan.Notice is { } notice)
        {
            warn($"{request.Path}: {notice}", null);
        }

        return [.. plan.Pieces(beginning, Snippet.Render(plan, doc == default ? attributes : attributes with { Doc = doc.ToString() }))];
    }

    /// <summary>Has the headers speak of the page with our script in it.</summary>
    /// <param name="length">How long it is now, if that is known.</param>
    public void Describe(IHeaderDictionary headers, long? length) // 4
    {
        headers.ContentLength = length;
        headers.AcceptRanges = default;
        headers.ContentMD5 = default;
        headers.Remove("Digest");
        headers.Remove("Content-Digest");
        headers.Remove("Repr-Digest");
        headers.Append("Vary", "Sec-Fetch-Dest, Accept");
        SetTag(headers);
    }

    /// <summary>Changes an answer that has no body: the head of a page, or the news that the browser's copy, with our script in it, is good.</summary>
    /// <returns>Whether it was one.</returns>
    public bool DescribeBodiless(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.StatusCode == StatusCodes.Status304NotModified && IsNavigation(request.Headers))
        {
            SetTag(response.Headers);
            return true;
        }

        if (HttpMethods.IsHead(request.Method) && KindOf(context) is not null)
        {
            Describe(response.Headers, null);
            return true;
        }

        return false;
    }

    // Its bytes look like ASCII with holes, and our script in ASCII would be none.
    private static bool IsWideWithoutMark(string contentType, ReadOnlySpan<byte> bytes)
    {
        var charset = contentType.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        var label = charset < 0 ? "" : contentType[(charset + 8)..].TrimStart(' ', '"', '\'');
        return Charset.ByMark(bytes) is null
            && WideCharsets.Any(wide => label.StartsWith(wide, StringComparison.OrdinalIgnoreCase))
            && !label.StartsWith("unicode-1-1-utf-8", StringComparison.OrdinalIgnoreCase);
    }

    private void SetTag(IHeaderDictionary headers)
    {
        if (headers.ETag.ToString() is { Length: > 0 } tag)
        {
            headers.ETag = EntityTags.Stamp(tag, _stamp);
        }
    }
}

using System.Security.Cryptography;
using LiveServe.Content;
using LiveServe.Injection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LiveServe.Proxying;

/// <summary>
/// Puts our script into a page of an upstream while it comes: 1 whether it is a page that gets it, 2 its head, read until the place is known,
/// 3 the policies, 4 the headers that spoke of other bytes. Whatever is not understood passes untouched.
/// </summary>
/// <param name="attributes">For the script; made before the upstream was asked, so that a save meanwhile is heard of.</param>
/// <param name="warn">Takes one sentence, and what to do about it; the same one is said once.</param>
internal sealed class ProxiedPage(SnippetAttributes attributes, Action<string, string?> warn)
{
    // WHATWG Encoding §4.2: the labels of UTF-16.
    private static readonly string[] WideCharsets = ["utf-16", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode"];

    private readonly string _stamp = $"{attributes.Boot}-{attributes.Seq}";

    /// <summary>Whether a browser asks for a page to be shown. Its request is made such that the answer can be one with our script.</summary>
    public static bool IsNavigation(IHeaderDictionary request) =>
        InjectionDecision.ShouldInject(request["Sec-Fetch-Dest"], request.Accept, MarkupKind.Html, isWholeDocument: false);

    /// <summary>Takes out of a navigation what would bring parts, packed bytes, or the news that the browser's own copy is good when it is not.</summary>
    public void Prepare(IHeaderDictionary request)
    {
        request.AcceptEncoding = "identity";
        request.Range = default;
        request.IfRange = default;
        request.IfModifiedSince = default;
        var tags = EntityTags.Unstamp(request.IfNoneMatch, _stamp);
        request.IfNoneMatch = tags.Length == 0 ? default : new StringValues(tags);
    }

    /// <summary>Changes an answer whose head was copied, and whose body was not.</summary>
    public async ValueTask ApplyAsync(HttpContext context, HttpResponseMessage answer, CancellationToken stop)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.StatusCode == StatusCodes.Status304NotModified && IsNavigation(request.Headers))
        {
            SetTag(response.Headers);
            return;
        }

        if (KindOf(context) is not { } kind) // 1
        {
            return;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            Describe(response.Headers, null);
            return;
        }

        var coding = response.Headers.ContentEncoding.ToString();
        if (await Coding.DecodeAsync(coding, async () => await answer.Content.ReadAsStreamAsync(stop), stop) is not { } body)
        {
            warn($"{request.Path} is packed as {(coding.Length > 40 ? coding[..40] : coding)}, which liveserve cannot read: it gets no live updates.", "Let the back end send pages as Accept-Encoding asks: unpacked.");
            return;
        }

        var isPacked = coding.Length > 0;
        var length = isPacked ? null : response.ContentLength;
        var head = await PageHead.ReadAsync(body, kind, stop); // 2
        var pieces = Pieces(context, head, kind); // 3
        answer.Content = new StreamContent(head.With(pieces ?? [head.Bytes]));
        if (pieces is not null)
        {
            Describe(response.Headers, length + pieces.Sum(piece => (long)piece.Length) - head.Bytes.Length); // 4
        }
        else if (isPacked)
        {
            response.ContentLength = null;
            response.Headers.ETag = default;
        }

        if (isPacked)
        {
            response.Headers.ContentEncoding = default;
        }
    }

    private static MarkupKind? KindOf(HttpContext context)
    {
        var (request, headers) = (context.Request.Headers, context.Response.Headers);
        return context.Response.StatusCode is (200 or 201 or 202 or 203 or >= 400) and < 600
            && MediaTypes.Markup(headers.ContentType.ToString()) is { } kind
            && !headers.ContentDisposition.ToString().TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase)
            && InjectionDecision.ShouldInject(request["Sec-Fetch-Dest"], request.Accept, kind, isWholeDocument: true) ? kind : null;
    }

    private List<ReadOnlyMemory<byte>>? Pieces(HttpContext context, PageHead head, MarkupKind kind)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var bytes = head.Bytes.Span;
        if (!InjectionDecision.ShouldInject(request.Headers["Sec-Fetch-Dest"], request.Headers.Accept, kind, InsertionPoint.IsWholeDocument(bytes)))
        {
            return null;
        }

        if (!head.IsCertain || IsWideWithoutMark(headers.ContentType.ToString(), bytes))
        {
            warn($"{request.Path} has no place for live updates: {(head.IsCertain ? "it is UTF-16 without a byte order mark" : "its head does not begin within 64 KB")}.", null);
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

        return [.. plan.Pieces(head.Bytes, Snippet.Render(plan, attributes))];
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

    private void Describe(IHeaderDictionary headers, long? length)
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

    private void SetTag(IHeaderDictionary headers)
    {
        if (headers.ETag.ToString() is { Length: > 0 } tag)
        {
            headers.ETag = EntityTags.Stamp(tag, _stamp);
        }
    }
}

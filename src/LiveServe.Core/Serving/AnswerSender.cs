using LiveServe.Files;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>
/// The last steps of an answer with content, in the order of RFC 9110 §13.2.2: 1 what it is, 2 whether the client wants it, 3 the whole of it or
/// parts, 4 the bytes. Nothing is written before all of it is decided.
/// </summary>
/// <param name="warn">Takes one sentence, and what to do about it, for the terminal.</param>
/// <param name="compress">Whether bodies may be coded.</param>
internal sealed class AnswerSender(PageInjector injector, Action<string, string?> warn, bool compress = false)
{
    /// <summary>Answers with the status that the response has.</summary>
    /// <param name="file">What is read while it is sent; <see langword="null"/> when <paramref name="content"/> is held.</param>
    /// <param name="seq">The newest batch of changes that the content already holds.</param>
    public async Task SendAsync(HttpContext context, OpenFile? file, FileFacts facts, FileContent content, long seq)
    {
        var (request, response) = (context.Request, context.Response);
        var injects = injector.Injects(request, facts);
        var dates = injects ? null : facts.Dates; // a page with our script in it changes with every save, not with its file
        var coding = CodingOf(request, response, facts, content);
        var tag = coding.Tag(injects ? injector.Tag(facts, seq) : facts.Tag);
        SetHeaders(response, facts, tag, dates); // 1

        var isConditional = response.StatusCode == StatusCodes.Status200OK && tag.Length > 0;
        if (isConditional && Preconditions.Judge(request.Headers, tag, dates, DateTimeOffset.UtcNow) is not Precondition.Holds and var verdict) // 2
        {
            SendWithout(response, verdict);
            return;
        }

        var parts = injects ? injector.Parts(PathOf(context), content, facts, seq)
            : isConditional && coding == ContentCoding.None ? Cut(context, content, facts, tag) // 3
            : [content.Whole];
        if (coding == ContentCoding.None)
        {
            response.ContentLength = parts.Sum(part => part.Length);
        }
        else
        {
            response.Headers.ContentEncoding = coding.Name;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        if (!await (coding == ContentCoding.None ? BodySender.SendAsync(response, file, parts) : CodedSender.SendAsync(response, file, parts, coding))) // 4
        {
            warn($"{PathOf(context)} became shorter while it was sent; the connection was cut.", null);
            context.Abort(); // a body shorter than announced must not look complete
        }
    }

    // A part of a coded body is of no use to anybody: who asks for parts gets the bytes as they are.
    private ContentCoding CodingOf(HttpRequest request, HttpResponse response, FileFacts facts, FileContent content)
    {
        if (!compress || !ContentCoding.Helps(facts.ContentType, content.Length))
        {
            return ContentCoding.None;
        }

        response.Headers.Append("Vary", "Accept-Encoding");
        return request.Headers.Range.Count > 0 ? ContentCoding.None : ContentCoding.Choose(request.Headers.AcceptEncoding);
    }

    // For the terminal; a target that is refused has none.
    private static string PathOf(HttpContext context) => context.Target()?.Path ?? "";

    private static void SetHeaders(HttpResponse response, FileFacts facts, string tag, FileDates? dates)
    {
        var headers = response.Headers;
        headers.ContentType = facts.ContentType;
        if (tag.Length > 0)
        {
            headers.ETag = tag;
        }

        if (dates?.LastModified is { } modified)
        {
            headers.LastModified = modified;
        }

        if (facts.Markup is not null)
        {
            headers.Append("Vary", "Sec-Fetch-Dest, Accept");
        }
    }

    private static void SendWithout(HttpResponse response, Precondition verdict)
    {
        response.Headers.ContentType = default;
        if (verdict == Precondition.NotModified)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.LastModified = default; // RFC 9110 §15.4.5: the tag says it all
            return;
        }

        response.StatusCode = StatusCodes.Status412PreconditionFailed;
        response.ContentLength = 0;
    }

    // Of a page with our script in it there are no parts: its bytes are not the file's.
    private static IReadOnlyList<BodyPart> Cut(HttpContext context, FileContent content, FileFacts facts, string tag)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.AcceptRanges = "bytes";
        if (request.Headers.Range.Count == 0 || !HttpMethods.IsGet(request.Method)
            || !Preconditions.AllowsRange(request.Headers, tag, facts.Dates)
            || ByteRanges.Parse(request.Headers.Range, content.Length) is not { } ranges)
        {
            return [content.Whole];
        }

        if (ranges.Count == 0)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentType = default;
            response.Headers.ContentRange = $"bytes */{content.Length}";
            return [];
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        if (ranges is [var range])
        {
            response.Headers.ContentRange = range.Describe(content.Length);
            return [content.Slice(range.First, range.Length)];
        }

        var (type, parts) = MultipartRanges.Of(ranges, content, facts.ContentType);
        response.Headers.ContentType = type;
        return parts;
    }
}

using System.Buffers;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Paths;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>
/// Answers requests from the site's files: 1 the method, 2 the path, 3 the file, 4 whether the client's copy is still good, 5 the bytes.
/// Nothing is written before all of it is decided.
/// </summary>
/// <param name="usage">Is told who asked for what.</param>
/// <param name="scan">Reads what else the files name.</param>
/// <param name="sources">Keeps what pages were made from.</param>
/// <param name="sheets">Puts versions into style sheets.</param>
/// <param name="warn">Takes one sentence, and what to do about it, for the terminal.</param>
internal sealed class SiteFiles(
    SiteLocator locator, PageStamp stamp, UsageGraph usage, UsageScan scan, SourceStore sources, SheetVersions sheets, Action<string, string?> warn)
{
    private const string AllowedMethods = "GET, HEAD";

    private readonly FactsCache _cache = new();
    private readonly OnceOnly _once = new(warn);
    private readonly PageInjector _injector = new(stamp, new OnceOnly(warn).Warn);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) // 1
        {
            context.Response.Headers.Allow = AllowedMethods;
            await SendStatusAsync(context, 405, $"Files can be read, not changed: {request.Method} is not allowed.", "Use GET or HEAD.");
            return;
        }

        if (context.Target() is not { } target) // 2
        {
            await SendStatusAsync(context, 400, "The address is not one a browser sends.", "Look for stray escapes, backslashes or \"..\" in it.");
            return;
        }

        var seq = stamp.Seq(); // before the file is opened: see PageStamp
        NoteUse(request, target);
        var located = locator.Find(target); // 3
        using var file = located.File;
        await (located.Kind switch
        {
            Lookup.File => SendFileAsync(context, located.Relative, file!, 200, seq),
            Lookup.Folder when !target.NamesFolder => RedirectToFolder(context, target),
            Lookup.Folder => SendStatusAsync(context, 404, $"The folder {target.Path} has no index.html.", "Create it, and this page shows it."),
            Lookup.Unreadable => SendUnreadableAsync(context, target),
            Lookup.RootMissing => SendRootMissingAsync(context),
            _ => SendNotFoundAsync(context, target, seq),
        });
    }

    /// <summary>Sends a page of ours. Browsers' navigations get our client with it, so that the page goes when its cause is gone.</summary>
    /// <param name="page">Names the page, for whoever has it loaded again; most have no name.</param>
    public Task SendStatusAsync(HttpContext context, int status, string what, string remedy, ContentHash page = default)
    {
        var name = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
        var bytes = System.Text.Encoding.UTF8.GetBytes(StatusPage.Render($"{status} {name}", what, remedy));
        context.Response.StatusCode = status;
        context.Response.Headers.ContentSecurityPolicy = StatusPage.Policy;
        return SendPageAsync(context, bytes, FileFacts.Of("status.html", default, bytes, isWhole: true) with { Hash = page }, stamp.Seq());
    }

    private static Task RedirectToFolder(HttpContext context, RequestTarget target)
    {
        // Relative, so that it holds behind any proxy; only the last segment, so that it cannot name another host.
        var last = Uri.EscapeDataString(target.Segments[^1]);
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"./{last}/{target.Query}";
        return Task.CompletedTask;
    }

    private async Task SendNotFoundAsync(HttpContext context, RequestTarget target, long seq)
    {
        if (HiddenNames.Judge(target) is var visibility and not Visibility.Open && locator.Hides(target))
        {
            _once.Warn($"{target.Path} was asked for and not served: {(visibility == Visibility.Secret ? "such names are never served" : "it is hidden")}.",
                visibility == Visibility.Hidden ? "Serve dotfiles with --dotfiles." : null);
        }

        var page = locator.FindNotFoundPage();
        using var file = page.File;
        await (page.Kind == Lookup.File
            ? SendFileAsync(context, page.Relative, file!, 404, seq)
            : SendStatusAsync(context, 404, $"There is no {target.Path} here.", "Create the file, and this page shows it."));
    }

    private Task SendUnreadableAsync(HttpContext context, RequestTarget target)
    {
        warn($"{target.Path} cannot be read: its permissions forbid it.", "Give the user that runs liveserve the right to read it.");
        return SendStatusAsync(context, 403, $"{target.Path} cannot be read: its permissions forbid it.", "Change them, then load this page again.");
    }

    private Task SendRootMissingAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return SendStatusAsync(context, 503, "The folder that is served is gone.", "Bring it back, and this page shows it.");
    }

    private async Task SendFileAsync(HttpContext context, string relative, OpenFile file, int status, long seq)
    {
        context.Response.StatusCode = status;
        var sheet = context.Target() is { } target && SheetVersions.Wanted(target, relative) ? target : null;
        if (sheet is null && _cache.Find(relative, file.Stat) is { } known && IsFresh(context, known, seq)) // 4, without reading
        {
            NoteSent(context, known);
            SendNotModified(context, known, seq);
            return;
        }

        if (file.Stat.Length > FileBytes.WholeLimit)
        {
            await SendLargeAsync(context, relative, file);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)file.Stat.Length + 1);
        try
        {
            ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, FileBytes.Read(file, buffer.AsSpan(0, (int)file.Stat.Length), 0));
            var facts = FileFacts.Of(relative, file.Stat, bytes.Span, isWhole: true);
            _cache.Keep(relative, facts, DateTimeOffset.UtcNow);
            NoteSent(context, facts);
            if (_injector.Injects(context, facts))
            {
                sources.Keep(facts.Hash, facts.ContentType, bytes);
            }

            if (sheet is not null)
            {
                bytes = sheets.Stamp(bytes, sheet);
                facts = facts with { Hash = ContentHash.Of(bytes.Span) }; // what is sent is what is tagged
            }

            await SendPageAsync(context, bytes, facts, seq);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendPageAsync(HttpContext context, ReadOnlyMemory<byte> bytes, FileFacts facts, long seq)
    {
        if (IsFresh(context, facts, seq))
        {
            SendNotModified(context, facts, seq);
            return;
        }

        var response = context.Response;
        var pieces = _injector.Pieces(context, bytes, facts, seq); // 5
        SetHeaders(response, facts, _injector.Tag(context, facts, seq));
        if (StartRange(context, pieces.Count == 1, bytes.Length) is { } range)
        {
            pieces = [bytes.Slice((int)range.First, (int)range.Length)];
        }

        response.ContentLength = pieces.Sum(piece => (long)piece.Length);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await response.StartAsync(context.RequestAborted); // the writer has no memory to give before the head is written
        foreach (var piece in pieces)
        {
            response.BodyWriter.Write(piece.Span);
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // Of a page with our script in it there are no parts: its bytes are not the file's.
    private static ByteRange? StartRange(HttpContext context, bool isFile, long length)
    {
        var response = context.Response;
        if (!isFile || response.StatusCode != StatusCodes.Status200OK || response.Headers.ETag is not [{ } etag])
        {
            return null;
        }

        response.Headers.AcceptRanges = "bytes";
        if (ByteRange.Wanted(context.Request, etag, length) is not { } range)
        {
            return null;
        }

        response.StatusCode = range.Length == 0 ? StatusCodes.Status416RangeNotSatisfiable : StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = range.Describe(length);
        return range;
    }

    private async Task SendLargeAsync(HttpContext context, string relative, OpenFile file)
    {
        var head = new byte[64 * 1024];
        var length = FileBytes.Read(file, head, 0);
        var facts = FileFacts.Of(relative, file.Stat, head.AsSpan(0, length), isWhole: false);

        // Too large to be hashed for each answer: the stat tells versions apart, and while it cannot, no copy is good.
        var version = file.Stat.IsRacyAt(DateTimeOffset.UtcNow) ? Guid.NewGuid().ToString("n") : $"{file.Stat.Identity:x}-{file.Stat.ChangedNs:x}-{file.Stat.Length:x}";
        var pieces = _injector.Pieces(context, head.AsMemory(0, length), facts, stamp.Seq());
        SetHeaders(context.Response, facts, $"\"{version}\"");
        context.Response.ContentLength = pieces.Sum(piece => (long)piece.Length) + file.Stat.Length - length;
        if (Validators.NoneMatchHolds(context.Request.Headers.IfNoneMatch, $"\"{version}\"") && pieces.Count == 1)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentLength = null;
            return;
        }

        var (from, left) = ((long)length, file.Stat.Length - length);
        if (StartRange(context, pieces.Count == 1, file.Stat.Length) is { } range)
        {
            (from, left, pieces) = (range.First, range.Length, []);
            context.Response.ContentLength = left;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        foreach (var piece in pieces)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }

        if (!await FileBytes.SendAsync(file, from, left, context.Response.Body, context.RequestAborted))
        {
            warn($"{relative} became shorter while it was sent; the connection was cut.", null);
            context.Abort(); // a body shorter than announced must not look complete
        }
    }

    private void NoteUse(HttpRequest request, RequestTarget target)
    {
        if (Referrer.PathOf(request) is not { } user)
        {
            return;
        }

        usage.Asked(user, target.Path);
        if (Referrer.ImportsSheet(request))
        {
            usage.ImportedAsModule(target.Path);
        }
    }

    private void NoteSent(HttpContext context, FileFacts facts)
    {
        var path = context.Target()!.Path;
        if (context.Response.StatusCode == 200 && usage.Sent(path, facts.Hash))
        {
            scan.Add(path);
        }
    }

    private bool IsFresh(HttpContext context, FileFacts facts, long seq) =>
        context.Response.StatusCode == 200 && facts.Hash != default
        && Validators.NoneMatchHolds(context.Request.Headers.IfNoneMatch, _injector.Tag(context, facts, seq));

    private void SendNotModified(HttpContext context, FileFacts facts, long seq)
    {
        SetHeaders(context.Response, facts, _injector.Tag(context, facts, seq));
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        context.Response.Headers.ContentType = default;
    }

    private static void SetHeaders(HttpResponse response, FileFacts facts, string etag)
    {
        response.Headers.ContentType = facts.ContentType;
        response.Headers.ETag = facts.Stat == default ? default : etag; // a page of ours has no versions
        if (facts.Markup is not null)
        {
            response.Headers.Vary = "Sec-Fetch-Dest, Accept";
        }
    }
}

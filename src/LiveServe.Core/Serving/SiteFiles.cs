using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Paths;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>
/// Answers requests from the site's files: 1 the method, 2 the path, 3 what it leads to, 4 the answer. How a file is sent is
/// <see cref="FileAnswers"/>' business, and what a client's conditions make of it <see cref="AnswerSender"/>'s.
/// </summary>
internal sealed class SiteFiles
{
    private const string AllowedMethods = "GET, HEAD, OPTIONS";

    private readonly SiteBase _site;
    private readonly SiteLocator _locator;
    private readonly PageStamp _stamp;
    private readonly UsageGraph _usage;
    private readonly Action<string, string?> _warn;
    private readonly OnceOnly _once;
    private readonly Action<RequestTarget> _missed;
    private readonly FileAnswers _files;
    private readonly OwnPages _pages;

    /// <summary>Makes the parts that an answer goes through.</summary>
    /// <param name="usage">Is told who asked for what.</param>
    /// <param name="scan">Reads what else the files name.</param>
    /// <param name="sources">Keeps what pages were made from.</param>
    /// <param name="sheets">Puts versions into style sheets.</param>
    /// <param name="warn">Takes one sentence, and what to do about it, for the terminal.</param>
    /// <param name="compress">Whether bodies may be coded.</param>
    /// <param name="missed">Is told what was asked for and is not there.</param>
    /// <param name="site">What the site is under; <see langword="null"/> for nothing.</param>
    public SiteFiles(
        SiteLocator locator, PageStamp stamp, UsageGraph usage, UsageScan scan, SourceStore sources, SheetVersions sheets, Action<string, string?> warn,
        bool compress = false, Action<RequestTarget>? missed = null, SiteBase? site = null)
    {
        _site = site ?? SiteBase.None;
        (_locator, _stamp, _usage, _warn, _once, _missed) = (locator, stamp, usage, warn, new OnceOnly(warn), missed ?? (_ => { }));
        var injector = new PageInjector(stamp, warn);
        var sender = new AnswerSender(injector, warn, compress);
        _files = new FileAnswers(injector, sender, usage, scan, sources, sheets);
        _pages = new OwnPages(sender, stamp);
    }

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) // 1
        {
            await AnswerMethodAsync(context);
            return;
        }

        if (context.Target() is not { } target) // 2
        {
            await SendStatusAsync(context, 400, "The address is not one a browser sends.", "Look for stray escapes, backslashes or \"..\" in it.");
            return;
        }

        var seq = _stamp.Seq(); // before the file is opened: see PageStamp
        NoteUse(request, target);
        var located = Navigation.IsOne(request.Headers) ? _locator.FindPage(target) : _locator.Find(target); // 3
        using var file = located.File;
        await (located.Kind switch // 4
        {
            Lookup.File => _files.SendAsync(context, located.Relative, file!, 200, seq),
            Lookup.Folder when !target.NamesFolder => RedirectToFolder(context, target),
            Lookup.Folder when _locator.List(located.Relative) is { } folder => _pages.SendListingAsync(context, target, folder, seq),
            Lookup.Folder => SendNotFoundAsync(context, target, seq, $"The folder {target.Path} has no index.html.", "Create it, and this page shows it."),
            Lookup.Unreadable => SendUnreadableAsync(context, target),
            Lookup.Unavailable => SendUnavailableAsync(context, target),
            Lookup.RootMissing => SendRootMissingAsync(context),
            _ => SendMissingAsync(context, target, seq),
        });
    }

    /// <summary>Sends a page of ours. Browsers' navigations get our client with it, so that the page goes when its cause is gone.</summary>
    /// <param name="page">Names the page, for whoever has it loaded again; most have no name.</param>
    public Task SendStatusAsync(HttpContext context, int status, string what, string remedy, ContentHash page = default) =>
        _pages.SendStatusAsync(context, status, what, remedy, page);

    private Task AnswerMethodAsync(HttpContext context)
    {
        context.Response.Headers.Allow = AllowedMethods;
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return SendStatusAsync(context, 405, $"Files can be read, not changed: {context.Request.Method} is not allowed.", "Use GET or HEAD.");
    }

    private static Task RedirectToFolder(HttpContext context, RequestTarget target)
    {
        // Relative, so that it holds behind any proxy; only the last segment, so that it cannot name another host.
        var last = Uri.EscapeDataString(target.Segments[^1]);
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"./{last}/{target.Query}";
        return Task.CompletedTask;
    }

    private Task SendMissingAsync(HttpContext context, RequestTarget target, long seq)
    {
        if (HiddenNames.Judge(target) is var visibility and not Visibility.Open && _locator.Hides(target))
        {
            _once.Warn($"{target.Path} was asked for and not served: {(visibility == Visibility.Secret ? "such names are never served" : "it is hidden")}.",
                visibility == Visibility.Hidden ? "Serve dotfiles with --dotfiles." : null);
        }

        return _locator.AppPage is { } page && Navigation.IsOne(context.Request.Headers) && Navigation.MayBeRoute(target.Path)
            ? SendNotFoundAsync(context, target, seq, $"There is no {target.Path} here, and no {page} that would answer for it.", $"Create {page}, and this page shows it.")
            : SendNotFoundAsync(context, target, seq, $"There is no {target.Path} here.", "Create the file, and this page shows it.");
    }

    private async Task SendNotFoundAsync(HttpContext context, RequestTarget target, long seq, string what, string remedy)
    {
        _missed(target);
        var page = _locator.FindNotFoundPage();
        using var file = page.File;
        await (page.Kind == Lookup.File ? _files.SendAsync(context, page.Relative, file!, 404, seq) : SendStatusAsync(context, 404, what, remedy));
    }

    private Task SendUnreadableAsync(HttpContext context, RequestTarget target)
    {
        _warn($"{target.Path} cannot be read: its permissions forbid it.", "Give the user that runs liveserve the right to read it.");
        return SendStatusAsync(context, 403, $"{target.Path} cannot be read: its permissions forbid it.", "Change them, then load this page again.");
    }

    private Task SendUnavailableAsync(HttpContext context, RequestTarget target)
    {
        _once.Warn("A file could not be opened: too many are open, or the disk does not answer.", "Raise the limit of open files (ulimit -n), or look after the disk.");
        context.Response.Headers.RetryAfter = "1";
        return SendStatusAsync(context, 503, $"{target.Path} cannot be opened now: too many files are open, or the disk does not answer.", "Load this page again in a moment.");
    }

    private Task SendRootMissingAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return SendStatusAsync(context, 503, "The folder that is served is gone.", "Bring it back, and this page shows it.");
    }

    private void NoteUse(HttpRequest request, RequestTarget target)
    {
        if (Referrer.PathOf(request, _site) is not { } user)
        {
            return;
        }

        _usage.Asked(user, target.Path);
        if (Referrer.ImportsSheet(request))
        {
            _usage.ImportedAsModule(target.Path);
        }
    }
}

using System.Text;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Paths;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LiveServe.Serving;

/// <summary>
/// Answers with pages of ours. Browsers' navigations get our client with them, so that a page goes when its cause is gone. They have no
/// versions: what they tell is true now.
/// </summary>
internal sealed class OwnPages(AnswerSender sender, PageStamp stamp)
{
    /// <summary>Answers with a status and why.</summary>
    /// <param name="what">One sentence: what happened, to which thing.</param>
    /// <param name="remedy">One sentence: what to do, or empty.</param>
    /// <param name="page">Names the page, for whoever has it loaded again; most have no name.</param>
    public Task SendStatusAsync(HttpContext context, int status, string what, string remedy, ContentHash page = default)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, StatusPage.Render($"{status} {ReasonPhrases.GetReasonPhrase(status)}", what, remedy), stamp.Seq(), page);
    }

    /// <summary>Answers with what a folder holds.</summary>
    /// <param name="seq">The newest batch of changes, asked for before the folder was read.</param>
    public Task SendListingAsync(HttpContext context, RequestTarget target, FolderView folder, long seq)
    {
        AnsweredBy.Say(context.Response.Headers, AnsweredBy.Listing);
        return SendAsync(context, ListingPage.Render(target.Path, folder, ListingOrder.Of(target.Query)), seq);
    }

    private Task SendAsync(HttpContext context, string html, long seq, ContentHash page = default)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        context.Response.Headers.ContentSecurityPolicy = StatusPage.Policy;
        return sender.SendAsync(context, null, FileFacts.OfOwnPage(bytes) with { Hash = page }, FileContent.Of(bytes), seq);
    }
}

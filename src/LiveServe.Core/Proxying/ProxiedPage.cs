using LiveServe.Injection;
using Microsoft.AspNetCore.Http;

namespace LiveServe.Proxying;

/// <summary>
/// Puts our script into a page of an upstream while it comes: its beginning is read until the script's place is known, and the rest passes. What
/// is done to it is <see cref="PassingPage"/>'s business.
/// </summary>
internal sealed class ProxiedPage(PassingPage page)
{
    /// <summary>Changes an answer whose head was copied, and whose body was not.</summary>
    public async ValueTask ApplyAsync(HttpContext context, HttpResponseMessage answer, CancellationToken stop)
    {
        var response = context.Response;
        if (page.DescribeBodiless(context) || PassingPage.KindOf(context) is not { } kind)
        {
            return;
        }

        var coding = response.Headers.ContentEncoding.ToString();
        if (await Coding.DecodeAsync(coding, async () => await answer.Content.ReadAsStreamAsync(stop), stop) is not { } body)
        {
            page.RefuseCoding(context, coding, "Let the back end send pages as Accept-Encoding asks: unpacked.");
            return;
        }

        var isPacked = coding.Length > 0;
        var length = isPacked ? null : response.ContentLength;
        var head = await PageHead.ReadAsync(body, kind, stop);
        var pieces = page.Pieces(context, head.Bytes, head.IsCertain, kind);
        answer.Content = new StreamContent(head.With(pieces ?? [head.Bytes]));
        if (pieces is not null)
        {
            page.Describe(response.Headers, length + pieces.Sum(piece => (long)piece.Length) - head.Bytes.Length);
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
}

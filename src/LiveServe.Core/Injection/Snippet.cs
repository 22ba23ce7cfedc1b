using System.Net;
using LiveServe.Content;

namespace LiveServe.Injection;

/// <summary>What the script tag tells the client.</summary>
/// <param name="Boot">This process.</param>
/// <param name="Seq">The newest batch of changes that the page already contains.</param>
/// <param name="Doc">The hash of the page's source; empty for a page of ours.</param>
/// <param name="Transport"><c>auto</c>, or the one to be used.</param>
/// <param name="ConsoleLevel">What of the page's console is wanted.</param>
internal sealed record SnippetAttributes(
    string ClientUrl, string Boot, long Seq, string Doc, bool Chat, bool Launcher, string Transport, string ConsoleLevel = "error");

/// <summary>
/// The script tag: classic and asynchronous, so that it holds up neither parsing nor a later import map; ASCII, so that it is right in every
/// encoding.
/// </summary>
internal static class Snippet
{
    /// <summary>The bytes for a document.</summary>
    public static byte[] Render(PagePlan plan, SnippetAttributes attributes)
    {
        var url = WebUtility.HtmlEncode(attributes.ClientUrl);
        var data = $"data-boot=\"{WebUtility.HtmlEncode(attributes.Boot)}\" data-seq=\"{attributes.Seq}\" data-doc=\"{WebUtility.HtmlEncode(attributes.Doc)}\""
            + (attributes.Chat ? "" : " data-chat=\"off\"")
            + (attributes.Launcher ? "" : " data-launcher=\"off\"")
            + (attributes.Transport == "auto" ? "" : $" data-transport=\"{WebUtility.HtmlEncode(attributes.Transport)}\"")
            + (plan.NamesPolicy ? " data-policy=\"yes\"" : "")
            + (attributes.ConsoleLevel == "error" ? "" : $" data-console=\"{WebUtility.HtmlEncode(attributes.ConsoleLevel)}\"")
            + (plan.Nonce is { } nonce ? $" nonce=\"{WebUtility.HtmlEncode(nonce)}\"" : "");
        var tag = plan.Kind switch
        {
            MarkupKind.Xhtml => $"<script xmlns=\"http://www.w3.org/1999/xhtml\" src=\"{url}\" async=\"async\" {data}></script>",
            MarkupKind.Svg => $"<script xmlns=\"http://www.w3.org/2000/svg\" href=\"{url}\" {data}/>",
            _ => $"<script src=\"{url}\" async {data}></script>",
        };
        return CodeUnits.Encode(tag, plan.Encoding);
    }
}

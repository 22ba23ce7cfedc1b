using LiveServe.Content;
using LiveServe.Injection;
using LiveServe.Paths;

namespace LiveServe.Serving;

/// <summary>What every page of this process is told by its script tag.</summary>
/// <param name="Inject">Whether pages get the script at all.</param>
/// <param name="Boot">This process.</param>
/// <param name="Seq">
/// Gives the number of the newest batch of changes. Asked before the file is read: a save between the two is then heard of twice, never missed.
/// </param>
/// <param name="ConsoleLevel">What of a page's console is wanted: <c>off</c>, <c>error</c>, <c>warn</c>, <c>info</c> or <c>debug</c>.</param>
/// <param name="HasPolicy">Whether every page is under a policy that a header brings.</param>
/// <param name="Nonce">What this policy wants on our script, or <see langword="null"/>.</param>
/// <param name="Transport">What connects pages to us: <c>auto</c>, <c>ws</c>, <c>sse</c> or <c>poll</c>.</param>
/// <param name="Client">The address of our script.</param>
internal sealed record PageStamp(
    bool Inject, string Boot, Func<long> Seq, bool Chat, bool Launcher, string ConsoleLevel = "error", bool HasPolicy = false, string? Nonce = null,
    string Transport = "auto", string Client = ReservedPaths.Client)
{
    /// <summary>The attributes of the script tag of a document made from <paramref name="doc"/> when the newest batch was <paramref name="seq"/>.</summary>
    public SnippetAttributes For(ContentHash doc, long seq) =>
        new(Client, Boot, seq, doc.ToString(), Chat, Launcher, Transport, ConsoleLevel);
}

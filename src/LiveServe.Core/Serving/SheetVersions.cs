using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Scanning;

namespace LiveServe.Serving;

/// <summary>
/// A style sheet that a page fetches anew, <c>?t=&lt;digits&gt;</c>, names what it uses by versions too. Whoever asks for it without one
/// gets the file.
/// </summary>
/// <param name="versionOf">
/// From the decoded path of a file to the Unix time in milliseconds of its last change, a sheet's being the newest of all that it reaches;
/// 0 when nothing has changed since the start.
/// </param>
/// <param name="site">What the site is under; <see langword="null"/> for nothing. Sheets name addresses.</param>
internal sealed class SheetVersions(Func<string, long> versionOf, SiteBase? site = null)
{
    private readonly SiteBase _site = site ?? SiteBase.None;

    /// <summary>Whether the answer to <paramref name="target"/> is a sheet with versions.</summary>
    /// <param name="relative">The file that it led to.</param>
    public static bool Wanted(RequestTarget target, string relative)
    {
        if (target.Query.Length == 0 || MediaTypes.Of(relative) != "text/css")
        {
            return false;
        }

        foreach (var part in target.Query.AsSpan(1).Split('&'))
        {
            if (CssVersions.IsVersion(target.Query.AsSpan(1)[part]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bytes to send; the file's own when nothing in it has a version, or its encoding is not one that we can read.</summary>
    public ReadOnlyMemory<byte> Stamp(ReadOnlyMemory<byte> css, RequestTarget target) =>
        CssReferences.CanScan(Charset.Of(css.Span, "text/css")) ? CssVersions.Stamp(css, _site.Outward(target.Path), path => versionOf(_site.Inward(path))) : css;
}

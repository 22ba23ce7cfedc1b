namespace LiveServe.Security;

/// <summary>
/// Another site's page may link to ours and frame it, but not pull our files in as scripts, images or styles of its own:
/// what a script or style tag loads, its page can read.
/// </summary>
/// <remarks>W3C Fetch Metadata: Sec-Fetch-Site and Sec-Fetch-Mode. Browsers set them; pages cannot.</remarks>
internal static class CrossSiteCheck
{
    /// <summary>Whether the request is to be refused with 403.</summary>
    public static bool Refuses(string? secFetchSite, string? secFetchMode) =>
        secFetchSite == "cross-site" && secFetchMode == "no-cors";
}

using LiveServe.Serving;

namespace LiveServe.Updates;

/// <summary>What the hub needs to know of the site, and to tell it.</summary>
internal interface ISiteKnowledge
{
    /// <summary>What uses what.</summary>
    UsageGraph Usage { get; }

    /// <summary>The source that a page at an address would be made from now; kept, so that the page can ask for it by its hash.</summary>
    Source? SourceAt(string url);

    /// <summary>How pages address what is called <paramref name="url"/> here: the site may be under a path.</summary>
    string AddressOf(string url);

    /// <summary>A style sheet's text as it would be served to whoever asks for its newest version; <see langword="null"/> when it is not for a message.</summary>
    string? SheetText(string url);

    /// <summary>A file changed; whatever is served from now on says so.</summary>
    void Changed(string path, DateTimeOffset time);

    /// <summary>What returning pages missed while we were not running: the files that changed after a moment.</summary>
    /// <param name="resources">What the page has loaded: the requests that would tell what leads to what were made to an earlier process.</param>
    Task<IReadOnlyList<string>> ChangedSinceAsync(DateTimeOffset time, IReadOnlyCollection<string> resources);
}

using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Updates;

/// <summary>A socket that hears of updates.</summary>
/// <param name="socket">Where they go.</param>
/// <param name="announced">Whether it will say <c>hello</c>: until then it hears nothing, and then exactly what it missed.</param>
internal sealed class Listener(Connection socket, bool announced)
{
    private const int MaximumResources = 10_000;

    private readonly HashSet<string> _resources = new(StringComparer.Ordinal);

    /// <summary>Where updates go.</summary>
    public Connection Socket { get; } = socket;

    /// <summary>The number after which it was told nothing, because it was behind; <see langword="null"/> when it has missed nothing.</summary>
    public long? MissedSince { get; set; }

    /// <summary>What it shows; <see langword="null"/> until it has said so.</summary>
    public PageView? View { get; private set; } = announced ? null : PageView.Plain;

    /// <summary>What it has loaded, as far as it has said.</summary>
    public IReadOnlyCollection<string> Resources => _resources;

    /// <summary>Takes in what the page says about itself.</summary>
    public void Hello(HelloPage page) =>
        View = new PageView(RequestTarget.Parse(page.Url, "", out _), ContentHash.Parse(page.Doc), _resources);

    /// <summary>The page was told to become a newer source. It does, or it is loaded again and says hello.</summary>
    public void WillShow(ContentHash doc) => View = View! with { Doc = doc };

    /// <summary>Takes in the paths that the page has loaded. At most 10,000 are kept.</summary>
    public void Add(Resources resources)
    {
        foreach (var path in resources.Add)
        {
            if (_resources.Count < MaximumResources && RequestTarget.Parse(path, "", out _) is { } target)
            {
                _resources.Add(target.Path);
            }
        }
    }
}

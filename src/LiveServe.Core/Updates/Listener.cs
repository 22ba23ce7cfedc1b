using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Updates;

/// <summary>A socket that hears of updates.</summary>
/// <param name="socket">Where they go.</param>
/// <param name="announced">Whether it will say <c>hello</c>: until then it hears nothing, and then exactly what it missed.</param>
internal sealed class Listener(SocketConnection socket, bool announced)
{
    private readonly HashSet<string> _resources = new(StringComparer.Ordinal);

    /// <summary>Where updates go.</summary>
    public SocketConnection Socket { get; } = socket;

    /// <summary>What it shows; <see langword="null"/> until it has said so.</summary>
    public PageView? View { get; private set; } = announced ? null : PageView.Plain;

    /// <summary>Takes in what the page says about itself.</summary>
    /// <param name="loadedBefore">Whether it was loaded from an earlier process.</param>
    public void Hello(HelloPage page, bool loadedBefore)
    {
        var target = RequestTarget.Parse(page.Url, "", out _);
        View = new PageView(target, ContentHash.Parse(page.Doc), _resources, loadedBefore);
    }

    /// <summary>Takes in the paths that the page has loaded. At most 10,000 are kept.</summary>
    public void Add(Resources resources)
    {
        foreach (var path in resources.Add)
        {
            if (_resources.Count < 10_000 && RequestTarget.Parse(path, "", out _) is { } target)
            {
                _resources.Add(target.Path[1..]);
            }
        }
    }
}

using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Scanning;

namespace LiveServe.Serving;

/// <summary>
/// Reads what the texts of served files name, in the background and one after the other: no request waits for it, and while there is nothing to
/// read nothing runs. It finds what no request tells: what came from a browser's memory, and what pages of an earlier process have loaded.
/// </summary>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
/// <param name="site">What the site is under; <see langword="null"/> for nothing. Files name addresses.</param>
internal sealed class UsageScan(SiteLocator locator, UsageGraph usage, Action<string, string?> warn, SiteBase? site = null)
{
    private const int LargestText = 4 * 1024 * 1024, MostAtOnce = 2000;

    private readonly SiteBase _site = site ?? SiteBase.None;
    private readonly Lock _gate = new();
    private readonly Queue<string> _waiting = new();
    private bool _isRunning;

    /// <summary>Has a file read soon. Kinds that name nothing are passed over.</summary>
    /// <param name="path">Its decoded path.</param>
    public void Add(string path)
    {
        if (!MayName(path))
        {
            return;
        }

        lock (_gate)
        {
            if (_waiting.Count >= MostAtOnce || _waiting.Contains(path))
            {
                return;
            }

            _waiting.Enqueue(path);
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        _ = Task.Run(Run);
    }

    /// <summary>Reads files now, and what they lead to.</summary>
    public void ReadAll(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(paths, StringComparer.Ordinal);
        var waiting = new Queue<string>(seen);
        for (var read = 0; read < MostAtOnce && waiting.TryDequeue(out var path); read++)
        {
            foreach (var named in MayName(path) ? ReadGuarded(path) : [])
            {
                if (seen.Add(named))
                {
                    waiting.Enqueue(named);
                }
            }
        }
    }

    private void Run()
    {
        while (true)
        {
            string? path;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out path))
                {
                    _isRunning = false;
                    return;
                }
            }

            ReadGuarded(path);
        }
    }

    private HashSet<string> Read(string path)
    {
        HashSet<string> named = [];
        if (RequestTarget.Parse(UrlPath.Escape(path), "", out _) is { } target && locator.Read(target, LargestText) is var (relative, bytes))
        {
            named = References.Of(_site.Outward(path), bytes, MediaTypes.Of(relative));
            named = _site.IsNone ? named : [.. named.Select(_site.Inward)];
        }

        usage.Names(path, named);
        return named;
    }

    private HashSet<string> ReadGuarded(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return []; // it was taken away while it was read; its next version will be read
        }
#pragma warning disable CA1031 // The edge of the background: a defect in one file is shown, and the others are read.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            warn($"What {path} uses could not be read: {defect}", "This is a defect of liveserve. Please report it.");
            return [];
        }
    }

    // An address without an ending is a page's.
    private static bool MayName(string path) => !Path.HasExtension(path) || MediaTypes.Of(path) is
        "text/html" or "application/xhtml+xml" or "image/svg+xml" or "text/css" or "text/javascript" or "application/manifest+json" or "application/json";
}

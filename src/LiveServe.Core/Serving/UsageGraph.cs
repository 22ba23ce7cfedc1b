using LiveServe.Content;

namespace LiveServe.Serving;

/// <summary>
/// What leads to what, by the addresses that were asked for: a page to its scripts, a style sheet to its pictures. Two sources are united:
/// the <c>Referer</c> of each request, and what a file's text names. The only owner of this knowledge; for several threads.
/// </summary>
/// <remarks>
/// Nodes are decoded paths with their leading slash. What a request told belongs to one version of the asking file: when another version is
/// sent, it is forgotten, so that a script that was taken out of a page is not held to be its own for ever. Documents are ends: what a page
/// uses is not what the page uses that fetched it.
/// </remarks>
internal sealed class UsageGraph
{
    private const int MaximumEdges = 200_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private int _edges;

    /// <summary>Whether so much was asked for that not all of it is known. Then everything may be used by every page.</summary>
    public bool IsOverflowed { get; private set; }

    /// <summary>A request for <paramref name="to"/> came from <paramref name="from"/>.</summary>
    public void Asked(string from, string to)
    {
        lock (_gate)
        {
            Link(NodeAt(from).Asked, from, to);
        }
    }

    /// <summary>A version of a file was sent, or found unchanged.</summary>
    /// <returns>Whether it is another than before.</returns>
    public bool Sent(string path, ContentHash version)
    {
        lock (_gate)
        {
            var node = NodeAt(path);
            if (node.Version == version)
            {
                return false;
            }

            Unlink(node.Asked, path);
            node.Version = version;
            return true;
        }
    }

    /// <summary>The text of a file names these, and no others.</summary>
    public void Names(string path, IReadOnlySet<string> targets)
    {
        lock (_gate)
        {
            var node = NodeAt(path);
            Unlink(node.Named, path);
            foreach (var target in targets)
            {
                Link(node.Named, path, target);
            }
        }
    }

    /// <summary>A file was sent at another address than its own: below an app's base path, or under a name with its version in it.</summary>
    public void ServedAs(string file, string address)
    {
        lock (_gate)
        {
            if (_edges < MaximumEdges && NodeAt(file).Aliases.Add(address))
            {
                _edges++;
            }
        }
    }

    /// <summary>The other addresses at which a file was sent.</summary>
    public IReadOnlyList<string> AliasesOf(string file)
    {
        lock (_gate)
        {
            return _nodes.TryGetValue(file, out var node) ? [.. node.Aliases] : [];
        }
    }

    /// <summary>Whether a file was asked for, or is named by one that was.</summary>
    public bool Knows(string path)
    {
        lock (_gate)
        {
            return _nodes.ContainsKey(path);
        }
    }

    /// <summary>A style sheet was asked for by a script's <c>import</c>.</summary>
    public void ImportedAsModule(string path)
    {
        lock (_gate)
        {
            NodeAt(path).IsModuleSheet = true;
        }
    }

    /// <summary>Whether a script has imported this style sheet.</summary>
    public bool IsModuleSheet(string path)
    {
        lock (_gate)
        {
            return _nodes.TryGetValue(path, out var node) && node.IsModuleSheet;
        }
    }

    /// <summary>All that lead to <paramref name="starts"/>, at any depth, the starts included.</summary>
    public IReadOnlySet<string> Ancestors(IEnumerable<string> starts) => Walk(starts, node => node.From, stopsAtDocuments: true);

    /// <summary>All that <paramref name="start"/> leads to, at any depth, itself included.</summary>
    public IReadOnlySet<string> Descendants(string start) => Walk([start], node => node.Asked.Concat(node.Named), stopsAtDocuments: false);

    /// <summary>The style sheets whose own text shows <paramref name="path"/>.</summary>
    public IReadOnlyList<string> SheetsShowing(string path)
    {
        lock (_gate)
        {
            return _nodes.TryGetValue(path, out var node) ? [.. node.From.Where(IsSheet).Order(StringComparer.Ordinal)] : [];
        }
    }

    /// <summary>Whether a script itself has asked for a file. A page's scripts ask in the page's name; only a worker, or an import, asks in its own.</summary>
    public bool IsAskedByScript(string path)
    {
        lock (_gate)
        {
            return _nodes.TryGetValue(path, out var node)
                && node.From.Any(from => MediaTypes.Of(from) == "text/javascript" && _nodes[from].Asked.Contains(path));
        }
    }

    /// <summary>Whether a path is a style sheet's.</summary>
    public static bool IsSheet(string path) => path.EndsWith(".css", StringComparison.OrdinalIgnoreCase);

    private HashSet<string> Walk(IEnumerable<string> starts, Func<Node, IEnumerable<string>> next, bool stopsAtDocuments)
    {
        var seen = new HashSet<string>(starts, StringComparer.Ordinal);
        var waiting = new Queue<string>(seen);
        lock (_gate)
        {
            while (waiting.TryDequeue(out var path))
            {
                if (!_nodes.TryGetValue(path, out var node))
                {
                    continue;
                }

                foreach (var other in next(node))
                {
                    if (seen.Add(other) && !(stopsAtDocuments && IsDocument(other)))
                    {
                        waiting.Enqueue(other);
                    }
                }
            }
        }

        return seen;
    }

    // By its name: an address without an ending is a page's.
    private static bool IsDocument(string path) =>
        !Path.HasExtension(path) || MediaTypes.Markup(MediaTypes.Of(path)) is MarkupKind.Html or MarkupKind.Xhtml;

    private Node NodeAt(string path)
    {
        if (!_nodes.TryGetValue(path, out var node))
        {
            if (_nodes.Count >= MaximumEdges)
            {
                IsOverflowed = true;
                return new Node();
            }

            _nodes.Add(path, node = new Node());
        }

        return node;
    }

    private void Link(HashSet<string> list, string from, string to)
    {
        if (from == to || list.Contains(to))
        {
            return;
        }

        if (_edges >= MaximumEdges)
        {
            IsOverflowed = true;
            return;
        }

        list.Add(to);
        NodeAt(to).From.Add(from);
        _edges++;
    }

    private void Unlink(HashSet<string> list, string from)
    {
        var node = NodeAt(from);
        foreach (var to in list.ToArray())
        {
            list.Remove(to);
            _edges--;
            if (!node.Asked.Contains(to) && !node.Named.Contains(to))
            {
                NodeAt(to).From.Remove(from);
            }
        }
    }

    private sealed class Node
    {
        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Named { get; } = new(StringComparer.Ordinal);

        public HashSet<string> From { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Aliases { get; } = new(StringComparer.Ordinal);

        public ContentHash Version { get; set; }

        public bool IsModuleSheet { get; set; }
    }
}

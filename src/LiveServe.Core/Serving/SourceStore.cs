using LiveServe.Content;

namespace LiveServe.Serving;

/// <summary>A page's source: the bytes of its file before anything of ours is in them.</summary>
/// <param name="ContentType">With its charset, where it has one.</param>
internal sealed record Source(ContentHash Hash, string ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// The sources that open pages were made from. A page is patched by comparing its old source with the new one, and the disk holds only the new
/// one. At most 64 MiB; the ones that were not used for longest go first, and their pages are reloaded instead.
/// </summary>
internal sealed class SourceStore
{
    private const long MaximumBytes = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<ContentHash, LinkedListNode<Source>> _byHash = [];
    private readonly LinkedList<Source> _newestFirst = new();
    private long _bytes;

    /// <summary>Keeps a source; <paramref name="bytes"/> are copied when it is new.</summary>
    public void Keep(ContentHash hash, string contentType, ReadOnlyMemory<byte> bytes)
    {
        if (hash == default || Find(hash) is not null)
        {
            return;
        }

        Keep(new Source(hash, contentType, bytes.ToArray()));
    }

    /// <summary>Keeps a source that nobody else will change.</summary>
    public void Keep(Source source)
    {
        lock (_gate)
        {
            if (source.Bytes.Length > MaximumBytes || _byHash.ContainsKey(source.Hash))
            {
                return;
            }

            _byHash.Add(source.Hash, _newestFirst.AddFirst(source));
            _bytes += source.Bytes.Length;
            while (_bytes > MaximumBytes)
            {
                var oldest = _newestFirst.Last!.Value;
                _newestFirst.RemoveLast();
                _byHash.Remove(oldest.Hash);
                _bytes -= oldest.Bytes.Length;
            }
        }
    }

    /// <summary>The source, or <see langword="null"/> when it is not held (any more).</summary>
    public Source? Find(ContentHash hash)
    {
        lock (_gate)
        {
            if (!_byHash.TryGetValue(hash, out var node))
            {
                return null;
            }

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return node.Value;
        }
    }
}

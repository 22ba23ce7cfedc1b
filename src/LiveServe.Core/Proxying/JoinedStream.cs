namespace LiveServe.Proxying;

/// <summary>What was read already, and then what follows it. Closing it closes what follows.</summary>
/// <param name="pieces">Come first.</param>
/// <param name="pending">A read of <paramref name="rest"/> that is under way, or <see langword="null"/>.</param>
/// <param name="into">Where that read puts its bytes.</param>
internal sealed class JoinedStream(IEnumerable<ReadOnlyMemory<byte>> pieces, Stream rest, Task<int>? pending = null, Memory<byte> into = default)
    : PassingStream(rest)
{
    private readonly Queue<ReadOnlyMemory<byte>> _pieces = new(pieces);
    private ReadOnlyMemory<byte> _piece;
    private Task<int>? _pending = pending;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_piece.IsEmpty && _pieces.TryDequeue(out var next))
        {
            _piece = next;
        }

        if (_piece.IsEmpty && _pending is { } reading)
        {
            _pending = null;
            _piece = into[..await reading];
            if (_piece.IsEmpty)
            {
                return 0;
            }
        }

        if (_piece.IsEmpty)
        {
            return await Inner.ReadAsync(buffer, cancellationToken);
        }

        var length = Math.Min(_piece.Length, buffer.Length);
        _piece.Span[..length].CopyTo(buffer.Span);
        _piece = _piece[length..];
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void PutBack(ReadOnlyMemory<byte> piece)
    {
        var others = _pieces.ToArray();
        _pieces.Clear();
        _pieces.Enqueue(piece);
        foreach (var other in others)
        {
            _pieces.Enqueue(other);
        }
    }
}

using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace LiveServe.Proxying;

/// <summary>
/// The browser's end of a WebSocket that is passed through: the forwarder reads from it what goes to the back end, and writes to it what comes from
/// there. Follows both directions; lets a watch hold them up, thin them out, and put frames of ours between theirs.
/// </summary>
internal sealed class TappedStream : PassingStream, IProxiedSocket
{
    // After our goodbye the others have this long to end their connections, in milliseconds.
    private const int Patience = 2_000;

    private readonly ISocketWatch? _watch;
    private readonly Action _abort;
    private readonly FrameFilter _inFilter, _outFilter;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentQueue<byte[]> _toBackEnd = new(), _toBrowser = new();
    private readonly CancellationTokenSource _over = new();
    private CancellationTokenSource _wake = new();
    private CancellationTokenSource? _linked;
    private CancellationToken _linkedTo;
    private volatile byte[]? _goodbye;
    private ReadOnlyMemory<byte> _rest; // what of a frame of ours the forwarder has not taken yet
    private bool _endsAfterRest, _saidToBackEnd;
    private long _waitingBytes;
    private int _waitingPieces;

    /// <summary>Stands in front of <paramref name="inner"/>.</summary>
    /// <param name="abort">Ends the browser's connection at once.</param>
    /// <param name="watch">Makes what looks at it.</param>
    public TappedStream(Stream inner, Action abort, Func<IProxiedSocket, ISocketWatch?> watch)
        : base(inner)
    {
        (_abort, _inFilter, _outFilter) = (abort, new FrameFilter(In), new FrameFilter(Out));
        _watch = watch(this);
    }

    /// <summary>What the back end was sent.</summary>
    public FrameTrail In { get; } = new();

    /// <summary>What the browser was sent.</summary>
    public FrameTrail Out { get; } = new();

    /// <inheritdoc/>
    public (int Frames, long Bytes) Waiting => (Volatile.Read(ref _waitingPieces), Interlocked.Read(ref _waitingBytes));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_watch is null)
        {
            var plain = await Inner.ReadAsync(buffer, cancellationToken);
            In.Follow(buffer.Span[..plain]);
            return plain;
        }

        while (true)
        {
            var wakeable = Wakeable(cancellationToken); // before the look: whoever adds something afterwards wakes us
            if (OursFor(buffer.Span) is { } ours)
            {
                return ours;
            }

            int read;
            try
            {
                read = await Inner.ReadAsync(buffer, wakeable);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                continue; // there is something of ours to be sent
            }

            if (read == 0)
            {
                return 0; // the end, or an empty buffer: the forwarder asks with one whether anything is there
            }

            _watch.FromBrowser(buffer.Span[..read]);
            await _watch.HoldAsync(cancellationToken);
            if (Passing(_inFilter, In, buffer.Span[..read]) is > 0 and var passes)
            {
                return passes;
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_watch is null)
        {
            await Inner.WriteAsync(buffer, cancellationToken);
            Out.Follow(buffer.Span);
            return;
        }

        _watch.FromBackEnd(buffer.Span);
        Interlocked.Increment(ref _waitingPieces);
        Interlocked.Add(ref _waitingBytes, buffer.Length);
        try
        {
            await _watch.HoldAsync(cancellationToken);
            await _writing.WaitAsync(cancellationToken);
            try
            {
                await WriteOneAsync(buffer, cancellationToken);
            }
            finally
            {
                _writing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waitingPieces);
            Interlocked.Add(ref _waitingBytes, -buffer.Length);
        }
    }

    /// <inheritdoc/>
    public void Send(byte opcode, ReadOnlySpan<byte> payload, bool toBackEnd)
    {
        (toBackEnd ? _toBackEnd : _toBrowser).Enqueue(FrameOf(opcode, payload, toBackEnd));
        _ = toBackEnd ? WakeAsync() : FlushOursAsync();
    }

    /// <inheritdoc/>
    public void Close(ReadOnlySpan<byte> payload)
    {
        if (_goodbye is null)
        {
            _toBackEnd.Clear();
            _goodbye = FrameOf(8, payload, masked: true);
            _toBrowser.Enqueue(FrameOf(8, payload, masked: false));
            _ = WakeAsync();
            _ = FlushOursAsync();
            _ = AbortLaterAsync();
        }
    }

    /// <summary>The forwarder is done with it.</summary>
    public void End()
    {
        _over.Cancel();
        _watch?.End();
    }

    private static byte[] FrameOf(byte opcode, ReadOnlySpan<byte> payload, bool masked)
    {
        var size = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        var frame = new byte[size + (masked ? 4 : 0) + payload.Length];
        frame[0] = (byte)(0x80 | opcode);
        frame[1] = (byte)((masked ? 0x80 : 0) | size switch { 2 => payload.Length, 4 => 126, _ => 127 });
        if (size == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }
        else if (size == 10)
        {
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        }

        var body = frame.AsSpan(frame.Length - payload.Length);
        payload.CopyTo(body);
        if (masked)
        {
            var mask = frame.AsSpan(size, 4);
            RandomNumberGenerator.Fill(mask);
            for (var i = 0; i < body.Length; i++)
            {
                body[i] ^= mask[i & 3];
            }
        }

        return frame;
    }

    // Bytes of ours for the back end, when there are any and they can stand here; 0 is the end after our goodbye.
    private int? OursFor(Span<byte> buffer)
    {
        if (_saidToBackEnd)
        {
            return 0;
        }

        if (_goodbye is { } goodbye && _rest.IsEmpty)
        {
            _rest = In.IsBetweenFrames ? goodbye : default;
            _saidToBackEnd = _rest.IsEmpty;
            _endsAfterRest = true;
        }
        else if (_rest.IsEmpty && In.IsBetweenMessages && _toBackEnd.TryDequeue(out var frame))
        {
            _rest = frame;
        }

        if (_rest.IsEmpty)
        {
            return _saidToBackEnd ? 0 : null;
        }

        var step = Math.Min(_rest.Length, buffer.Length);
        _rest.Span[..step].CopyTo(buffer);
        In.Follow(_rest.Span[..step]);
        _rest = _rest[step..];
        _saidToBackEnd = _endsAfterRest && _rest.IsEmpty;
        return step;
    }

    private int Passing(FrameFilter filter, FrameTrail trail, Span<byte> bytes)
    {
        if (filter.IsNeeded(_watch!.Drops))
        {
            return filter.Apply(bytes, _watch.Drops);
        }

        trail.Follow(bytes);
        return bytes.Length;
    }

    private async ValueTask WriteOneAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
    {
        if (_goodbye is not null && Out.IsClosed)
        {
            return; // after a goodbye nothing follows
        }

        if (_outFilter.IsNeeded(_watch!.Drops))
        {
            var copy = buffer.ToArray();
            buffer = copy.AsMemory(0, _outFilter.Apply(copy, _watch.Drops));
            await Inner.WriteAsync(buffer, cancellation);
        }
        else
        {
            await Inner.WriteAsync(buffer, cancellation);
            Out.Follow(buffer.Span);
        }

        await WriteOursAsync(cancellation);
    }

    private async ValueTask WriteOursAsync(CancellationToken cancellation)
    {
        while (!Out.IsClosed && _toBrowser.TryPeek(out var frame) && (_goodbye is null ? Out.IsBetweenMessages : Out.IsBetweenFrames))
        {
            _toBrowser.TryDequeue(out _);
            await Inner.WriteAsync(frame, cancellation);
            Out.Follow(frame);
        }
    }

    private async Task FlushOursAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _writing.WaitAsync(patience.Token);
            try
            {
                await WriteOursAsync(patience.Token);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The browser is gone, or takes nothing.
        }
    }

    private Task WakeAsync() => Interlocked.Exchange(ref _wake, new CancellationTokenSource()).CancelAsync();

    private async Task AbortLaterAsync()
    {
        try
        {
            await Task.Delay(Patience, _over.Token);
            _abort();
        }
        catch (OperationCanceledException)
        {
            // They went by themselves.
        }
    }

    // One link serves all reads, for the forwarder comes with the same token each time.
    private CancellationToken Wakeable(CancellationToken cancellation)
    {
        if (_linked is null || _linked.IsCancellationRequested || _linkedTo != cancellation)
        {
            _linked?.Dispose();
            (_linked, _linkedTo) = (CancellationTokenSource.CreateLinkedTokenSource(cancellation, Volatile.Read(ref _wake).Token), cancellation);
        }

        return _linked.Token;
    }
}

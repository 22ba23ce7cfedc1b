using System.Threading.Channels;

namespace LiveServe.UnitTests.Sockets;

/// <summary>A connection whose other end takes one write each time the test says so, and never says anything.</summary>
internal sealed class HandDrivenStream : Stream
{
    private readonly SemaphoreSlim _room = new(0);
    private readonly Channel<byte[]> _taken = Channel.CreateUnbounded<byte[]>();

    /// <summary>What was written.</summary>
    public ChannelReader<byte[]> Taken => _taken.Reader;

    /// <summary>Lets so many writes through.</summary>
    public void Let(int writes) => _room.Release(writes);

    /// <summary>Lets one write through, and waits for it.</summary>
    public async Task<byte[]> NextAsync()
    {
        Let(1);
        return await Taken.ReadAsync(TestContext.Current.CancellationToken);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var never = new TaskCompletionSource<int>();
        await using var cut = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return await never.Task;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _room.WaitAsync(cancellationToken);
        _taken.Writer.TryWrite(buffer.ToArray());
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

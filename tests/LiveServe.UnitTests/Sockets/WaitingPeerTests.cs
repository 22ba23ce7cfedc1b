using LiveServe.Sockets;

namespace LiveServe.UnitTests.Sockets;

/// <summary>A peer that sends and does not read keeps itself waiting.</summary>
public sealed class WaitingPeerTests
{
    private const int Messages = 16;

    // What it reads never waits, so all that can be taken is taken before RunAsync returns; what is written waits for the test.
    [Fact]
    public async Task Who_sends_without_reading_is_left_to_wait_and_not_closed()
    {
        var peer = new StubbornPeer([.. Enumerable.Repeat(Masked(new byte[512 * 1024]), Messages).SelectMany(frame => frame), .. Masked([], Opcode.Close)]);
        using var connection = new SocketConnection("u1", peer, SocketProfile.Echo);
        var taken = 0;
        var running = connection.RunAsync(async message =>
        {
            taken++;
            await connection.PostAsync(Echo.Answer(message.Payload.Span));
        });
        Assert.Equal(2, taken); // one answer waits to be written, the next one for that
        peer.Read();
        await running;
        Assert.Equal(Messages, taken);
        Assert.Equal([.. Enumerable.Repeat(0x81, Messages), 0x88], peer.Written.Select(frame => (int)frame[0]));
        Assert.Equal([0x88, 0x02, 0x03, 0xE8], peer.Written[^1]); // 1000, and not 4008
    }

    private static byte[] Masked(byte[] payload, Opcode opcode = Opcode.Text)
    {
        var frame = Frame.Of(opcode, payload);
        var head = frame.Length - payload.Length;
        frame[1] |= 0x80;
        return [.. frame[..head], 0, 0, 0, 0, .. payload];
    }

    private sealed class StubbornPeer(byte[] sends) : MemoryStream(sends)
    {
        private readonly TaskCompletionSource _reads = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<byte[]> Written { get; } = [];

        public void Read() => _reads.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _reads.Task;
            Written.Add(buffer.ToArray());
        }
    }
}

using System.Text;
using System.Threading.Channels;
using LiveServe.Content;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Updates;

public sealed class UpdateHubTests
{
    [Fact]
    public async Task A_save_that_goes_out_while_a_returning_page_is_looked_after_is_not_missed()
    {
        var batches = Channel.CreateUnbounded<ChangeBatch>();
        var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var site = new Site(async () =>
        {
            // What is found has been found; now a save goes out, before the page is told.
            batches.Writer.TryWrite(new ChangeBatch([new FileChange("b.css", ChangeKind.Modified, default)], 0));
            await published.Task;
            return ["a.css"];
        });
        var hub = new UpdateHub("now", site, new PlanOptions(), _ => published.TrySetResult());
        var running = hub.RunAsync(batches.Reader, path => path, defect => throw defect);
        var stream = new WrittenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        var open = socket.RunAsync(_ => ValueTask.CompletedTask);
        hub.Add(socket, announced: true, _ => Frame.Of(Opcode.Text, "hi"u8));
        hub.Add(socket, new Resources(["/a.css", "/b.css"]));

        await hub.HelloAsync(socket, new Hello("before", 7, DateTimeOffset.UnixEpoch, new HelloPage("/", ContentHash.Of("x"u8).ToString(), true, true)));

        Assert.Equal("hi", await stream.FrameAsync());
        var told = await stream.FrameAsync();
        Assert.Contains("/a.css", told, StringComparison.Ordinal);
        Assert.Contains("/b.css", told, StringComparison.Ordinal);
        socket.Close(CloseCode.Normal, "");
        batches.Writer.Complete();
        await running;
        await open;
    }

    private sealed class Site(Func<Task<IReadOnlyList<string>>> changedSince) : ISiteKnowledge
    {
        public string AddressOf(string url) => url;

        public UsageGraph Usage { get; } = new();

        public Source? SourceAt(string url) => new(ContentHash.Of("x"u8), "text/html", "x"u8.ToArray());

        public string? SheetText(string url) => null;

        public void Changed(string path, DateTimeOffset time)
        {
            // Nothing is kept.
        }

        public Task<IReadOnlyList<string>> ChangedSinceAsync(DateTimeOffset time, IReadOnlyCollection<string> resources) => changedSince();
    }

    /// <summary>Takes down what is written, frame by frame; there is never anything to read.</summary>
    private sealed class WrittenStream : Stream
    {
        private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public async Task<string> FrameAsync() => await _frames.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>();
            await using var cut = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return await never.Task;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var head = buffer.Span[1] < 126 ? 2 : 4; // RFC 6455 §5.2, unmasked
            _frames.Writer.TryWrite(Encoding.UTF8.GetString(buffer.Span[head..]));
            return ValueTask.CompletedTask;
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
}

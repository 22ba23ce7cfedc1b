using Microsoft.AspNetCore.Http.Features;

namespace LiveServe.Proxying;

/// <summary>
/// Stands between the forwarder and the browser's end of a WebSocket. Every byte passes as it is. When the upstream goes without a goodbye, the
/// browser gets one: 1013, try again later (IANA's registry of close codes), instead of a connection that breaks.
/// </summary>
internal sealed class UpgradeTap(IHttpUpgradeFeature inner) : IHttpUpgradeFeature, IAsyncDisposable
{
    // FIN and close, two bytes, 1013.
    private static readonly byte[] TryAgainLater = [0x88, 0x02, 0x03, 0xF5];

    private TappedStream? _stream;

    /// <inheritdoc/>
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync() => _stream = new TappedStream(await inner.UpgradeAsync());

    /// <summary>Ends the browser's connection once the forwarder is done with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stream is null)
        {
            return;
        }

        await using var browser = _stream.Inner;
        if (_stream is { Out: { IsBetweenFrames: true, IsClosed: false }, In.IsClosed: false })
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await browser.WriteAsync(TryAgainLater, patience.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // It was the browser that went.
            }
        }
    }

    private sealed class TappedStream(Stream inner) : PassingStream(inner)
    {
        public FrameTrail In { get; } = new();

        public FrameTrail Out { get; } = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
            In.Follow(buffer.Span[..read]);
            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Inner.WriteAsync(buffer, cancellationToken);
            Out.Follow(buffer.Span);
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe.Proxying;

/// <summary>
/// Stands between the forwarder and the browser's end of a WebSocket. Every byte passes as it is. When the upstream goes without a goodbye, the
/// browser gets one: 1013, try again later (IANA's registry of close codes), instead of a connection that breaks.
/// </summary>
/// <param name="watch">Makes what looks at it; <see langword="null"/> when nobody does.</param>
internal sealed class UpgradeTap(HttpContext context, IHttpUpgradeFeature inner, string backEnd, WatchSocket? watch) : IHttpUpgradeFeature, IAsyncDisposable
{
    // FIN and close, two bytes, 1013.
    private static readonly byte[] TryAgainLater = [0x88, 0x02, 0x03, 0xF5];

    private TappedStream? _stream;

    /// <inheritdoc/>
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync()
    {
        var packed = context.Response.Headers.SecWebSocketExtensions.ToString().Contains("permessage-deflate", StringComparison.OrdinalIgnoreCase);
        return _stream = new TappedStream(await inner.UpgradeAsync(), context.Abort, socket => watch?.Invoke(context, backEnd, socket, packed));
    }

    /// <summary>Ends the browser's connection once the forwarder is done with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stream is null)
        {
            return;
        }

        _stream.End();
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
}

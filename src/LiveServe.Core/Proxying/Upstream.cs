using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using LiveServe.Content;

namespace LiveServe.Proxying;

/// <summary>
/// One back end: the connections to it, and whether it is there. Failed requests say that it is down, answers and probes that it is back. It is
/// probed only while it failed and somebody waits for it.
/// </summary>
internal sealed class Upstream : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1), Forgiving = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lazy<HttpMessageInvoker> _invoker;
    private readonly ProxyLimits _limits;
    private readonly Func<bool> _isAwaited;
    private readonly Action<Upstream> _changed;
    private volatile FailureText? _down;
    private volatile bool _hasFailed;
    private bool _isProbing;
    private long _failedAt, _healedAt;
    private int _heals;

    /// <summary>A back end that nothing is known of yet.</summary>
    /// <param name="address">Scheme, host and port count.</param>
    /// <param name="isAwaited">Whether pages are open that would hear of its return.</param>
    /// <param name="changed">Called after it went down or came back, from any thread; what is true then is to be asked.</param>
    public Upstream(Uri address, bool isInsecure, ProxyLimits limits, Func<bool> isAwaited, Action<Upstream> changed)
    {
        (Address, _limits, _isAwaited, _changed) = (new Uri(address.GetLeftPart(UriPartial.Authority)), limits, isAwaited, changed);
        Name = Address.GetLeftPart(UriPartial.Authority);
        Page = ContentHash.Of(Encoding.UTF8.GetBytes($"{Name} gives no answer"));
        _invoker = new Lazy<HttpMessageInvoker>(() => Connections.To(isInsecure, ConnectAsync));
    }

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>What it is called in messages: its origin.</summary>
    public string Name { get; }

    /// <summary>Names the page that says that it gives no answer: open pages made from that are loaded again when it does.</summary>
    public ContentHash Page { get; }

    /// <summary>Why it is not there; <see langword="null"/> while it is, as far as we know.</summary>
    public FailureText? Down => _down;

    /// <summary>Whether the last request failed, be it down or not, and nothing has been heard of it since.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Its connections.</summary>
    public HttpMessageInvoker Invoker => _invoker.Value;

    /// <summary>A request was not answered.</summary>
    public void Failed(FailureText why)
    {
        bool isNew;
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            isNew = why.IsDown && _down is null;
            _down = why.IsDown ? why : _down;
            (_hasFailed, _failedAt) = (true, now);
            _heals = Stopwatch.GetElapsedTime(_healedAt, now) > Forgiving ? 0 : _heals;
        }

        if (isNew)
        {
            _changed(this);
        }

        Probe();
    }

    /// <summary>A request was answered.</summary>
    public void Answered()
    {
        if (_down is not null)
        {
            Heal();
        }
    }

    /// <summary>Looks for it until it is back, if it failed; somebody waits.</summary>
    public void Probe()
    {
        lock (_gate)
        {
            if (_hasFailed && !_isProbing && !_end.IsCancellationRequested)
            {
                _isProbing = true;
                _ = Task.Run(ProbeAsync);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _end.Cancel();
        }

        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }
    }

    // One that comes back and fails again and again (it crashes on a request) is taken for back ever later.
    private async Task ProbeAsync()
    {
        var pause = _limits.Between * (1 << Math.Min(_heals, 6));
        while (true)
        {
            try
            {
                await Task.Delay(pause, _end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            lock (_gate)
            {
                if (!_hasFailed || (!_isAwaited() && Stopwatch.GetElapsedTime(_failedAt) > _limits.Interest))
                {
                    _isProbing = false;
                    return;
                }
            }

            if (await ListensAsync())
            {
                Heal();
            }

            pause = pause < LongestPause ? pause * 2 : pause;
        }
    }

    private void Heal()
    {
        lock (_gate)
        {
            if (!_hasFailed)
            {
                return;
            }

            (_hasFailed, _down, _healedAt) = (false, null, Stopwatch.GetTimestamp());
            _heals++;
        }

        _changed(this);
    }

    private async Task<bool> ListensAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(LongestPause);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Address.DnsSafeHost, Address.Port, patience.Token);
            return true;
        }
        catch (Exception away) when (away is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    // Before a byte is sent, so that any request may be tried again: a back end that restarts is away for a moment.
    private async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(host, port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && _down is null
                && Stopwatch.GetElapsedTime(began) < _limits.Refused)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            await Task.Delay(_limits.Between, stop);
        }
    }
}

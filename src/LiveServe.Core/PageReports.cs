using System.Collections.Concurrent;
using LiveServe.Sockets;

namespace LiveServe;

/// <summary>
/// What pages say, on its way to the terminal: at most 100 lines in 10 seconds from one socket, then one line that tells how many were left out.
/// A page in a loop must not hide what the others say.
/// </summary>
internal sealed class PageReports(Action<ServerEvent> report, TimeProvider clock)
{
    /// <summary>As many lines of one page are passed on in one span.</summary>
    public const int MaximumLines = 100;

    /// <summary>How long a span lasts; it begins with a line.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Connection, Flow> _flows = new();

    /// <summary>Passes on what the page behind <paramref name="socket"/> says, or counts it.</summary>
    public void Take(Connection socket, ServerEvent said)
    {
        if (_flows.GetOrAdd(socket, _ => new Flow(report, clock)).Admits())
        {
            report(said);
        }
    }

    /// <summary>A socket has ended: what is still to be told of it is told.</summary>
    public void Remove(Connection socket)
    {
        if (_flows.TryRemove(socket, out var flow))
        {
            flow.EndSpan();
        }
    }

    private sealed class Flow(Action<ServerEvent> report, TimeProvider clock)
    {
        private readonly Lock _gate = new();
        private ITimer? _end;
        private int _lines;

        public bool Admits()
        {
            lock (_gate)
            {
                _end ??= clock.CreateTimer(_ => EndSpan(), null, Span, Timeout.InfiniteTimeSpan);
                return ++_lines <= MaximumLines;
            }
        }

        public void EndSpan()
        {
            int leftOut;
            lock (_gate)
            {
                leftOut = _lines - MaximumLines;
                _lines = 0;
                _end?.Dispose();
                _end = null;
            }

            if (leftOut > 0)
            {
                report(new WarningRaised($"{leftOut} more lines of a page were left out.", "It says more than 100 in 10 seconds."));
            }
        }
    }
}

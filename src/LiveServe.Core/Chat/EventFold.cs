using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>
/// Lines of one kind: the first is told at once, those of the next second as one with their count. Fifty saves a second are a line a second.
/// Told the time, owns no timer.
/// </summary>
/// <param name="kind">As in <see cref="RoomEvent.Kind"/>.</param>
internal sealed class EventFold(string kind)
{
    private const int GapMs = 1000;

    private long? _toldAt;
    private (string? Path, string? Text) _newest;
    private int _held;

    /// <summary>When something that is held is to be told; <see langword="null"/> when nothing is.</summary>
    public long? Due => _held > 0 ? _toldAt + GapMs : null;

    /// <summary>Something happened.</summary>
    /// <param name="times">How many things it stands for.</param>
    /// <param name="now">Monotonic milliseconds.</param>
    public void Add(string? path, string? text, int times, long now)
    {
        _newest = (path, text);
        _held += times;
        _toldAt ??= now - GapMs;
    }

    /// <summary>The line that is due; <see langword="null"/> when none is.</summary>
    public RoomEvent? Take(long now, DateTimeOffset at)
    {
        if (_held == 0 || now < Due)
        {
            return null;
        }

        var line = new RoomEvent(kind, at, _newest.Text, _newest.Path, _held > 1 ? _held - 1 : null);
        (_held, _toldAt) = (0, now);
        return line;
    }
}

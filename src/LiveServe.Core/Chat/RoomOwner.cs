using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>
/// The only one who touches the room: one call at a time, told the time, and woken when the room has asked for it. The room and its log are made when somebody
/// first asks for them; an idle server wakes for nothing.
/// </summary>
/// <param name="open">Opens the log.</param>
/// <param name="failed">Told of a defect in what time brings; the room lives.</param>
internal sealed class RoomOwner(Func<IRoomLog> open, HostKey hostKey, TimeProvider clock, Action<Exception> failed) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly long _started = clock.GetTimestamp();
    private IRoomLog? _log;
    private Room? _room;
    private ITimer? _timer;
    private long? _armedFor;
    private bool _isClosed;

    /// <summary>Where the room stands.</summary>
    public RoomState State
    {
        get
        {
            lock (_gate)
            {
                return Opened().State;
            }
        }
    }

    private long Now => (long)clock.GetElapsedTime(_started).TotalMilliseconds;

    /// <inheritdoc cref="Room.Handle"/>
    public void Handle(Connection socket, RoomRequest request) => Do(room => room.Handle(socket, request, Now));

    /// <inheritdoc cref="Room.Leave"/>
    public void Leave(Connection socket) => DoIfOpen(room => room.Leave(socket, Now));

    /// <inheritdoc cref="Room.Saved"/>
    public void Saved(IReadOnlyList<string> files) => DoIfOpen(room => room.Saved(files, Now));

    /// <inheritdoc cref="Room.Problem"/>
    public void Problem(Connection? from, string? path, string text) => DoIfOpen(room => room.Problem(from, path, text, Now));

    /// <inheritdoc cref="Room.Recovered"/>
    public void Recovered(string text) => DoIfOpen(room => room.Recovered(text, Now));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _timer?.Dispose();
            _log?.Dispose();
        }
    }

    /// <summary>Reads the log beside the room: a little at a time, for nobody talks meanwhile.</summary>
    public T Read<T>(Func<IRoomLog, T> read)
    {
        lock (_gate)
        {
            Opened();
            return read(_log!);
        }
    }

    private Room Opened() => _room ??= new Room(_log = open(), hostKey, clock);

    private void DoIfOpen(Action<Room> act)
    {
        if (Volatile.Read(ref _room) is not null)
        {
            Do(act);
        }
    }

    private void Do(Action<Room> act)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                act(Opened());
                Arm();
            }
        }
    }

    private void Arm()
    {
        var due = _room!.Due();
        if (due is { } at && at != _armedFor)
        {
            _timer ??= clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, at - Now)), Timeout.InfiniteTimeSpan);
        }

        _armedFor = due;
    }

    private void Wake()
    {
        try
        {
            lock (_gate)
            {
                _armedFor = null;
            }

            Do(room => room.Tick(Now));
        }
#pragma warning disable CA1031 // The edge of a timer: a defect is shown, and the room lives.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            failed(defect);
        }
    }
}

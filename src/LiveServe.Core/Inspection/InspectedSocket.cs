using System.Diagnostics;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>What is known of a socket from its handshake.</summary>
/// <param name="Kind"><c>page</c>, <c>echo</c>, <c>relay</c> or <c>proxy</c>.</param>
/// <param name="Target">What it was opened at.</param>
/// <param name="Browser">Short, like <c>Chrome 140</c>.</param>
/// <param name="Address">The browser's, with its port.</param>
/// <param name="Origin">Of the page that opened it; empty for a tool.</param>
/// <param name="BackEnd">What stands behind a proxied one; else <see langword="null"/>.</param>
internal sealed record SocketFacts(string Kind, string Target, string Browser, string Address, string Origin, string? BackEnd = null);

/// <summary>A socket as the inspector sees it: its facts, its last frames, its counters, and what it is made to suffer. It outlives the socket.</summary>
internal abstract class InspectedSocket(SocketFacts facts, FrameMemory memory)
{
    private Simulation? _simulation;
    private long _pingedAt, _cameFrames, _cameBytes, _wentFrames, _wentBytes, _endedAt;
    private long _roundTrip = -1;
    private int _changes;

    /// <summary>Names it; of a <c>page</c> it is the id that it was greeted with.</summary>
    public string Id { get; protected set; } = "";

    /// <summary>What is known from the handshake.</summary>
    public SocketFacts Facts { get; } = facts;

    /// <summary>Its last frames.</summary>
    public FrameRing Frames { get; } = new();

    /// <summary>When it was opened, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Since { get; } = Stopwatch.GetTimestamp();

    /// <summary>When it ended, in the same ticks; 0 while it is open.</summary>
    public long EndedAt => Volatile.Read(ref _endedAt);

    /// <summary>From the last ping to its pong, in ticks; negative when there was none.</summary>
    public long RoundTrip => Volatile.Read(ref _roundTrip);

    /// <summary>Frames and bytes of payload that came from the browser.</summary>
    public (long Frames, long Bytes) Came => (Volatile.Read(ref _cameFrames), Volatile.Read(ref _cameBytes));

    /// <summary>Frames and bytes of payload that went to the browser.</summary>
    public (long Frames, long Bytes) Went => (Volatile.Read(ref _wentFrames), Volatile.Read(ref _wentBytes));

    /// <summary>Grows with each change that is no frame.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Why its frames cannot be shown any more; <see langword="null"/> while they can.</summary>
    public virtual string? Lost => null;

    /// <summary>Frames and bytes that wait to be written to the browser.</summary>
    public abstract (int Frames, long Bytes) Waiting { get; }

    /// <summary>What it is made to suffer now; <see langword="null"/> for nothing.</summary>
    public Simulation? Suffers => Volatile.Read(ref _simulation) is { } simulation && simulation.Holds(Environment.TickCount64) ? simulation : null;

    /// <summary>Whether messages vanish now.</summary>
    public bool Drops => Suffers is { Drops: true };

    /// <summary>Makes it suffer something else, or nothing.</summary>
    /// <returns>Why it cannot; <see langword="null"/> when it does.</returns>
    public virtual string? Suffer(Simulation? simulation)
    {
        Interlocked.Exchange(ref _simulation, simulation)?.Replace();
        Changed();
        return null;
    }

    /// <summary>Sends a frame of the host's.</summary>
    /// <param name="toBackEnd">To the other side of a proxied socket.</param>
    /// <returns>Whether it could be queued.</returns>
    public abstract bool Send(Opcode opcode, ReadOnlyMemory<byte> payload, bool toBackEnd);

    /// <summary>Says goodbye on the host's wish; to both sides of a proxied socket.</summary>
    public abstract void Close(int code, string reason);

    /// <summary>Forgets its frames.</summary>
    public void Forget() => memory.Add(-Frames.DropBefore(long.MaxValue));

    /// <summary>Something is so that was not.</summary>
    protected void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>It is over.</summary>
    protected void Ended()
    {
        Volatile.Write(ref _endedAt, Stopwatch.GetTimestamp());
        Interlocked.Exchange(ref _simulation, null)?.Replace();
        Changed();
    }

    /// <summary>Remembers a frame.</summary>
    protected void Remember(Opcode opcode, FrameMarks marks, long length, ReadOnlyMemory<byte> kept, int fragments = 1)
    {
        var now = Stopwatch.GetTimestamp();
        if ((marks & FrameMarks.Sent) != 0)
        {
            Interlocked.Increment(ref _wentFrames);
            Interlocked.Add(ref _wentBytes, length);
            _pingedAt = opcode == Opcode.Ping ? now : _pingedAt;
        }
        else
        {
            Interlocked.Increment(ref _cameFrames);
            Interlocked.Add(ref _cameBytes, length);
            if (opcode == Opcode.Pong && Interlocked.Exchange(ref _pingedAt, 0) is > 0 and var pinged)
            {
                Volatile.Write(ref _roundTrip, now - pinged);
            }
        }

        memory.Add(Frames.Add(new FrameRecord(now, opcode, marks, length, kept, fragments)));
    }

    /// <summary>Completes when a frame may go on: at once unless the socket suffers.</summary>
    protected ValueTask HoldAsync(bool alsoPaused, CancellationToken end) =>
        Volatile.Read(ref _simulation) is null ? ValueTask.CompletedTask : new ValueTask(WaitAsync(alsoPaused, end));

    private async Task WaitAsync(bool alsoPaused, CancellationToken end)
    {
        while (Suffers is { } simulation)
        {
            if (alsoPaused && simulation.Paused)
            {
                await simulation.OverAsync(Environment.TickCount64, end);
                continue;
            }

            if (simulation.Delay > 0)
            {
                await Task.Delay(simulation.Delay, end);
            }

            return;
        }
    }
}

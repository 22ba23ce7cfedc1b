using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using LiveServe.Security;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>From what is remembered to what is shown: times become those of a clock, payloads text or hexadecimal, secrets stars.</summary>
internal sealed class EntryViews
{
    // A page's own secret in the room makes whoever has it that person.
    private static readonly string[] RoomSecrets = ["key"], None = [];

    // Both clocks at one moment.
    private readonly double _now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds;
    private readonly long _ticks = Stopwatch.GetTimestamp();

    /// <summary>Ticks of <see cref="Stopwatch"/> as milliseconds of Unix time.</summary>
    public double At(long ticks) => Math.Round(_now + ((ticks - _ticks) * 1000.0 / Stopwatch.Frequency), 3);

    /// <summary>A frame.</summary>
    /// <param name="most">How much of the payload is shown.</param>
    public FrameEntry Frame(InspectedSocket socket, long number, in FrameRecord frame, Secrets secrets, int most)
    {
        var isClose = frame.Opcode == Opcode.Close && frame.Length >= 2 && frame.Kept.Length >= 2;
        var view = isClose ? default : PayloadView.Of(frame, secrets, NamesOf(socket), most);
        return new FrameEntry(
            At(frame.Time), socket.Id, number, Has(frame, FrameMarks.Sent) ? "out" : "in", NameOf(frame.Opcode), frame.Length, frame.Kept.Length, view.Text, view.Hex,
            True(view.IsCut), True(Has(frame, FrameMarks.Unfinished)), frame.Fragments > 1 ? frame.Fragments : null, True(Has(frame, FrameMarks.Compressed)),
            True(Has(frame, FrameMarks.Dropped)), isClose ? BinaryPrimitives.ReadUInt16BigEndian(frame.Kept.Span) : frame.Opcode == Opcode.Close ? 1005 : null,
            isClose && frame.Kept.Length > 2 ? secrets.Hide(Encoding.UTF8.GetString(frame.Kept.Span[2..])) : null);
    }

    /// <summary>All that is kept of a frame's payload.</summary>
    /// <param name="name">What the wish was called.</param>
    public static PayloadMessage Payload(InspectedSocket socket, long number, in FrameRecord frame, Secrets secrets, string? name)
    {
        var view = PayloadView.Of(frame, secrets, NamesOf(socket), FrameRecord.KeptWhole);
        return new PayloadMessage(socket.Id, number, view.Text, view.Hex, view.IsCut, name);
    }

    /// <summary>A request.</summary>
    public RequestEntry Request(RequestRecord request, Secrets secrets) => new(
        At(request.Time), request.Number, request.Method, Shown(request.Target, secrets), request.Status, Math.Round(request.Ticks * 1000.0 / Stopwatch.Frequency, 2),
        request.Bytes < 0 ? null : request.Bytes, request.Type, request.By);

    /// <summary>The opening of a socket.</summary>
    public OpenedEntry Opened(InspectedSocket socket, Secrets secrets) =>
        new(At(socket.Since), socket.Id, Shown(socket.Facts.Target, secrets), socket.Facts.Kind == "proxy" ? $"proxy:{Shown(socket.Facts.BackEnd!, secrets)}" : "liveserve");

    /// <summary>A socket as it is now.</summary>
    public SocketInfo Socket(InspectedSocket socket, string? page, Secrets secrets)
    {
        var (facts, waiting, came, went) = (socket.Facts, socket.Waiting, socket.Came, socket.Went);
        return new SocketInfo(
            socket.Id, facts.Kind, Shown(facts.Target, secrets), page, facts.Browser, facts.Address, facts.Origin, facts.BackEnd is null ? null : Shown(facts.BackEnd, secrets),
            At(socket.Since), socket.EndedAt == 0 ? null : At(socket.EndedAt), waiting.Frames, waiting.Bytes,
            socket.RoundTrip < 0 ? null : Math.Round(socket.RoundTrip * 1000.0 / Stopwatch.Frequency, 2), came.Frames, came.Bytes, went.Frames, went.Bytes,
            socket.Suffers is { } s ? new SuffersInfo(s.Paused, s.Delay, s.Drops, Math.Max(0, s.Until - Environment.TickCount64)) : null, socket.Lost);
    }

    /// <summary>Names whose values are secret in the JSON of a socket, beside those that always are.</summary>
    public static ReadOnlySpan<string> NamesOf(InspectedSocket socket) => socket.Facts.Kind == "page" ? RoomSecrets : None;

    /// <summary>What the field calls an opcode.</summary>
    public static string NameOf(Opcode opcode) => opcode switch
    {
        Opcode.Continuation => "continuation",
        Opcode.Text => "text",
        Opcode.Binary => "binary",
        Opcode.Close => "close",
        Opcode.Ping => "ping",
        _ => "pong",
    };

    // A target's query has its secrets, and the token that pairs.
    private static string Shown(string target, Secrets secrets) => target.Contains('?', StringComparison.Ordinal) ? secrets.Hide(PairingLink.Hide(target)) : target;

    private static bool Has(in FrameRecord frame, FrameMarks mark) => (frame.Marks & mark) != 0;

    private static bool? True(bool value) => value ? true : null;
}

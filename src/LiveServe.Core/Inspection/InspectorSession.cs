using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>
/// One viewer: what it asked for, and whether it has shown to be the host. Whoever comes may look; whatever acts on a socket, or shows what is masked,
/// is the host's.
/// </summary>
/// <param name="isHost">Judges a key: <see langword="true"/> for the host's; <see langword="null"/> when there were too many wrong ones to judge another.</param>
internal sealed class InspectorSession(Inspector inspector, Func<string, bool?> isHost)
{
    private const int MaximumReason = 123, MaximumControl = 125;

    private readonly EntryViews _views = new();
    private readonly Lock _gate = new();
    private Feed? _feed;
    private bool _isHost, _reveals;

    private Feed Feed => _feed ??= new Feed(inspector, _views);

    /// <summary>Its first frame.</summary>
    /// <param name="addresses">Where a page can open a socket here.</param>
    public Greeting Greet(string boot, IReadOnlyList<string> addresses) =>
        new(boot, _views.At(System.Diagnostics.Stopwatch.GetTimestamp()), addresses, KeptLimits.Default);

    /// <summary>What is new; <see langword="null"/> when nothing is.</summary>
    public FeedMessage? Next()
    {
        lock (_gate)
        {
            return Feed.Next(Secrets);
        }
    }

    /// <summary>Answers a frame of the viewer's; <see langword="null"/> for a type of a later version.</summary>
    public InspectorMessage? Answer(Received received)
    {
        if (received.Opcode != Opcode.Text)
        {
            return new Refusal("bad_frame", "Messages are text frames.");
        }

        var (wish, refusal) = InspectorWish.Read(received.Payload);
        lock (_gate)
        {
            return refusal ?? (wish is null ? null
                : wish.NeedsHost && !_isHost ? new Refusal("forbidden", "Only the host may do this. The key is in the link that the terminal prints.", wish.Ref)
                : Fulfil(wish));
        }
    }

    private Secrets Secrets => inspector.Secrets(_isHost && _reveals);

    private InspectorMessage Fulfil(InspectorWish wish) => wish switch
    {
        ProveHost proof => Prove(proof),
        Reveal reveal => State(_reveals = reveal.On, reveal.Ref),
        Follow follow => Done(follow, (Feed.Only = follow.Socket) is null ? 0 : 1),
        ShowFrames show => inspector.Find(show.Socket) is { } socket ? Feed.Of(socket, Secrets, show.Ref) : Unknown(show, show.Socket),
        ShowPayload show => Show(show),
        SendFrame send => Send(send),
        Simulate simulate => inspector.Find(simulate.Socket) is { EndedAt: 0 } socket ? Suffer(simulate, socket) : Unknown(simulate, simulate.Socket),
        CloseSocket close => Close(close),
        _ => throw new InvalidOperationException($"{wish.GetType().Name} is not fulfilled."),
    };

    private InspectorMessage Prove(ProveHost proof)
    {
        if (isHost(proof.Key) is not { } isRight)
        {
            return new Refusal("rate_limited", "Too many wrong keys. Wait a little.", proof.Ref, RetryMs: 1000);
        }

        _isHost |= isRight;
        return isRight ? State(_reveals, proof.Ref) : new Refusal("forbidden", "This is not the host's key of this run.", proof.Ref);
    }

    private HostState State(bool reveals, string? name) => new(_isHost, reveals, name);

    private InspectorMessage Show(ShowPayload show) =>
        inspector.Find(show.Socket) is not { } socket ? Unknown(show, show.Socket)
        : socket.Frames.At(show.N) is not { } frame ? new Refusal("history_gone", "This frame is forgotten: newer ones took its place.", show.Ref)
        : EntryViews.Payload(socket, show.N, frame, Secrets, show.Ref);

    private InspectorMessage Send(SendFrame send)
    {
        byte[] payload;
        try
        {
            payload = send.Opcode == Opcode.Binary ? Convert.FromHexString(send.Data.Replace(" ", "", StringComparison.Ordinal)) : System.Text.Encoding.UTF8.GetBytes(send.Data);
        }
        catch (FormatException)
        {
            return new Refusal("bad_json", "Binary data is written in hexadecimal digits, two for each byte.", send.Ref);
        }

        if (send.Opcode == Opcode.Ping && payload.Length > MaximumControl)
        {
            return new Refusal("too_long", $"A ping holds at most {MaximumControl} bytes.", send.Ref);
        }

        var to = inspector.Sockets.Where(socket => socket.EndedAt == 0 && (send.To == "all" || socket.Id == send.To || socket.Facts.Kind == send.To)).ToList();
        return to.Count == 0 ? Unknown(send, send.To) : Done(send, to.Count(socket => socket.Send(send.Opcode, payload, send.ToBackEnd)));
    }

    private static InspectorMessage Suffer(Simulate wish, InspectedSocket socket) =>
        socket.Suffer(new Simulation(wish.Pause, wish.Delay, wish.Drop, Environment.TickCount64 + Simulation.Lasts)) is { } why
            ? new Refusal("unknown_target", why, wish.Ref) : Done(wish, 1);

    private InspectorMessage Close(CloseSocket close)
    {
        if (inspector.Find(close.Socket) is not { EndedAt: 0 } socket)
        {
            return Unknown(close, close.Socket);
        }

        if (!CloseCode.MayBeSent(close.Code))
        {
            return new Refusal("bad_json", "A close code is 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 §7.4).", close.Ref);
        }

        if (System.Text.Encoding.UTF8.GetByteCount(close.Reason) > MaximumReason)
        {
            return new Refusal("too_long", $"A reason holds at most {MaximumReason} bytes.", close.Ref);
        }

        socket.Suffer(null); // what is held back would outlast the goodbye
        socket.Close(close.Code, close.Reason);
        return Done(close, 1);
    }

    private static Done Done(InspectorWish wish, int count) => new(wish.Ref, count);

    private static Refusal Unknown(InspectorWish wish, string socket) =>
        new("unknown_target", $"No open socket is called {(socket.Length > 64 ? socket[..64] : socket)}.", wish.Ref);
}

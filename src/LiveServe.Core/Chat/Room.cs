using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>
/// The room: one owner, one order. Every message gets the next number and is queued to everyone before the next one is taken, so all see the same order; the
/// sender's own copy is the acknowledgement. It decides little itself: who may do what is for <see cref="People"/>, <see cref="Conversation"/> and
/// <see cref="HostDesk"/>; what is told is for <see cref="Audience"/>, <see cref="PresenceBoard"/> and <see cref="RoomLines"/>.
/// </summary>
/// <remarks>One call at a time: <see cref="RoomOwner"/> sees to it, and to the clock. <c>now</c> is monotonic milliseconds.</remarks>
internal sealed class Room
{
    private readonly IRoomLog _log;
    private readonly People _people = new();
    private readonly SharedNames _names = new();
    private readonly PresenceBoard _presence = new();
    private readonly Conversation _conversation;
    private readonly HostDesk _host;
    private readonly Audience _audience;
    private readonly RoomLines _lines;
    private readonly Naming _naming;
    private readonly HostCommands _commands;
    private string _epoch;

    /// <summary>A room without people.</summary>
    /// <param name="clock">For the times that people see.</param>
    public Room(IRoomLog log, HostKey hostKey, TimeProvider clock)
    {
        (_log, _epoch) = (log, log.Epoch);
        _conversation = new Conversation(log, clock);
        _host = new HostDesk(hostKey);
        _audience = new Audience(_people, _names);
        _lines = new RoomLines(_audience, clock);
        _naming = new Naming(log, _names, _audience, clock, _presence.Touch);
        _commands = new HostCommands(log, _people, _host, _audience, clock, TellEpoch, _presence.Touch);
    }

    /// <summary>Where the room stands.</summary>
    public RoomState State => _conversation.State;

    /// <summary>Does what a client asks, or says why not. It never costs the socket.</summary>
    public void Handle(Connection socket, RoomRequest request, long now)
    {
        try
        {
            Route(socket, request, now);
        }
        catch (RoomLogException problem)
        {
            Audience.Post(socket, new ErrorMessage(
                "storage_failed", $"This could not be kept, and nobody has seen it: {problem.Message}", CidOf(request), RetryMs: 10_000));
        }

        TellEpoch();
        Tick(now);
    }

    /// <summary>A socket has ended.</summary>
    public void Leave(Connection socket, long now)
    {
        Depart(socket, now);
        Tick(now);
    }

    /// <summary>Files were saved; none is nothing.</summary>
    public void Saved(IReadOnlyList<string> files, long now)
    {
        _lines.Saved(files, now);
        Tick(now);
    }

    /// <summary>Something is wrong in a page or behind it.</summary>
    /// <param name="from">The socket that says so; <see langword="null"/> for ourselves.</param>
    public void Problem(Connection? from, string? path, string text, long now)
    {
        if ((from is null || _host.MayTell(from, _people.At(from), now)) && BodyRules.Line(text) is { Length: > 0 } line)
        {
            _lines.Problem(PlaceRules.File(path), line, now);
            Tick(now);
        }
    }

    /// <summary>What was wrong is right again.</summary>
    public void Recovered(string text, long now)
    {
        _lines.Recovered(text, now);
        Tick(now);
    }

    /// <summary>Does what time brings.</summary>
    public void Tick(long now)
    {
        if (_people.EndGraces(now))
        {
            _presence.Touch();
        }

        foreach (var member in _people.Present)
        {
            if (member.Typing.EndsAt <= now)
            {
                member.Typing.End();
                TellTyping(member, on: false);
            }

            if (member.Turns(now))
            {
                _presence.Touch();
            }
        }

        if (_presence.Tell(_people.BySocket, () => _audience.Everybody(now), now) is { } change)
        {
            _lines.Changed(change, now);
        }

        _lines.Tell(now);
    }

    /// <summary>When <see cref="Tick"/> is wanted next; <see langword="null"/> when time brings nothing.</summary>
    public long? Due() => new[] { _presence.Due, _lines.Due, _people.Due }.Min();

    private void Route(Connection socket, RoomRequest request, long now)
    {
        if (request is Join join)
        {
            Enter(socket, join, now);
            return;
        }

        if (_people.At(socket) is not { } member)
        {
            Audience.Post(socket, new ErrorMessage("not_joined", "Join the room first.", CidOf(request)));
            return;
        }

        switch (request)
        {
            case Rename rename:
                Audience.Post(socket, _naming.Take(member, rename, _host.Judge(member, rename, now) ?? member.Conduct.Silence(now, rename.Cid), now));
                break;
            case RoomWrite write: Audience.Post(socket, Write(member, write, now)); break;
            case TypingNotice typing: Type(member, typing.On, now); break;
            case PageShown page: Show(member.Tabs[socket], page, now); break;
            case HistoryRequest history: Audience.Post(socket, Read(member, history, now)); break;
            case HostCommand command: Audience.Post(socket, _commands.Do(member, command with { Cid = CidOf(command) }, now)); break;
            default: throw new InvalidOperationException($"{request.GetType().Name} has no receiver.");
        }
    }

    private void Enter(Connection socket, Join join, long now)
    {
        // Who asks again before the welcome has brought the key is no second person.
        var member = _people.Known(join.Key) ?? (join.Key is null ? _people.At(socket) : null);
        if ((NameRules.Judge(join.Name, out var name) ?? _people.Refusal(socket, member, now)) is { } problem)
        {
            Audience.Post(socket, problem);
            return;
        }

        if (_people.At(socket) is { } other && other != member)
        {
            Depart(socket, now); // a second join on one socket replaces the first
        }

        if (member is null)
        {
            member = _people.Meet(join.Key, name, _log.Person);
            _naming.Met(member);
        }

        _people.Enter(socket, member, PlaceRules.Page(join.Page));
        _naming.CameInAs(member, name, now);
        _presence.Touch();
        var refusal = _host.Prove(member, join.HostKey, now);
        Welcome(socket, member, join.Resume, now);
        Audience.Post(socket, refusal);
    }

    private void Welcome(Connection socket, Member member, ResumePoint? resume, long now)
    {
        var reason = "";
        var missed = resume is null ? [] : _conversation.Missed(resume, out reason);
        Audience.Post(socket, new Welcome(
            member.AsSelf(_names.IsShared(member.Name)), member.Key, resume is not null && missed is not null, missed?.Count ?? 0,
            [.. _audience.Everybody(now).Values], _host.Rules));
        Audience.Post(socket, missed is null ? new Reset(reason, State) : null);
        foreach (var message in missed ?? [])
        {
            Audience.Post(socket, _audience.For(member, message));
        }
    }

    // What is said already is acknowledged again, and costs nothing.
    private ServerMessage? Write(Member member, RoomWrite write, long now)
    {
        var problem = BodyRules.JudgeCid(write.Cid);
        if (problem is null && _conversation.Said(member, write) is { } said)
        {
            return _audience.For(member, said);
        }

        problem ??= Conversation.Judge(write) ?? _host.Judge(member, write, now) ?? member.Conduct.Judge(now, write.Cid);
        if (problem is not null)
        {
            return problem;
        }

        (var message, problem) = _conversation.Keep(member, write);
        if (message is not null)
        {
            member.SaidAt = write is Say ? now : member.SaidAt;
            member.Typing.End();
            _audience.Tell(message, member);
        }

        return problem;
    }

    private void Type(Member member, bool on, long now)
    {
        if ((member.IsHost || !_host.Rules.ReadOnly) && member.Conduct.Silence(now) is null && member.Typing.Take(on, now))
        {
            TellTyping(member, on);
        }
    }

    private void Show(Tab tab, PageShown page, long now)
    {
        (tab.Page, tab.HiddenAt) = (PlaceRules.Page(page.Url) ?? tab.Page, page.Visible ? null : tab.HiddenAt ?? now);
        _presence.Touch();
    }

    private ServerMessage Read(Member member, HistoryRequest request, long now)
    {
        if (member.Reading.Take(now) is > 0 and var wait)
        {
            return new ErrorMessage("rate_limited", "That is reading very fast. Wait a moment.", RetryMs: wait);
        }

        var answer = _conversation.History(request);
        return answer is HistoryPage page ? _audience.For(member, page) : answer;
    }

    // The host has cleared the room, or its log was damaged and began anew.
    private void TellEpoch()
    {
        if (_epoch != _log.Epoch)
        {
            _epoch = _log.Epoch;
            _audience.Tell(new Reset("epoch", State));
        }
    }

    private void Depart(Connection socket, long now)
    {
        if (_people.Leave(socket, now) is { } member)
        {
            _presence.Touch();
            if (member.Tabs.Count == 0 && member.Typing.Take(on: false, now))
            {
                TellTyping(member, on: false);
            }
        }
    }

    private void TellTyping(Member typist, bool on) => _audience.TellLossy(new Typing(typist.User, on), member => member != typist);

    private static string? CidOf(RoomRequest request) =>
        ((request as RoomWrite)?.Cid ?? (request as HostCommand)?.Cid) is { } cid && BodyRules.JudgeCid(cid) is null ? cid : null;
}

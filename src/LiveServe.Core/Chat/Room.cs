using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>
/// The room: one owner, one order. Every message gets the next number and is queued to everyone before the next one is taken, so all see the same order; the
/// sender's own copy is the acknowledgement. It decides little itself: who may do what is for <see cref="People"/>, <see cref="Conversation"/> and
/// <see cref="HostDesk"/>.
/// </summary>
/// <remarks>One call at a time: <see cref="RoomOwner"/> sees to it, and to the clock. <c>now</c> is monotonic milliseconds.</remarks>
internal sealed class Room
{
    private readonly IRoomLog _log;
    private readonly TimeProvider _clock;
    private readonly Conversation _conversation;
    private readonly HostDesk _host;
    private readonly People _people = new();
    private readonly SharedNames _names = new();
    private readonly PresenceBoard _presence = new();
    private readonly EventFold _saves = new("saved"), _problems = new("problem"), _arrivals = new("join"), _departures = new("leave"), _recoveries = new("notice");
    private readonly EventFold[] _folds;
    private readonly HashSet<string> _arrived = new(StringComparer.Ordinal);

    /// <summary>A room without people.</summary>
    /// <param name="clock">For the times that people see.</param>
    public Room(IRoomLog log, HostKey hostKey, TimeProvider clock)
    {
        (_log, _clock, _conversation, _host) = (log, clock, new Conversation(log, clock), new HostDesk(hostKey));
        _folds = [_saves, _problems, _arrivals, _departures, _recoveries];
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
            Post(socket, new ErrorMessage("storage_failed", $"This could not be kept, and nobody has seen it: {problem.Message}", CidOf(request), RetryMs: 10_000));
        }

        Tick(now);
    }

    /// <summary>A socket has ended.</summary>
    public void Leave(Connection socket, long now)
    {
        Depart(socket, now);
        Tick(now);
    }

    /// <summary>Files were saved.</summary>
    public void Saved(IReadOnlyList<string> files, long now)
    {
        if (files.Count > 0)
        {
            _saves.Add(files[0], null, files.Count, now);
            Tick(now);
        }
    }

    /// <summary>Something is wrong in a page or behind it.</summary>
    /// <param name="from">The socket that says so; <see langword="null"/> for ourselves.</param>
    public void Problem(Connection? from, string? path, string text, long now)
    {
        if (MayTell(from, now) && BodyRules.Line(text) is { Length: > 0 } line)
        {
            _problems.Add(PlaceRules.File(path), line, 1, now);
            Tick(now);
        }
    }

    /// <summary>What was wrong is right again.</summary>
    public void Recovered(string text, long now)
    {
        _recoveries.Add(null, text, 1, now);
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

        if (_presence.Tell(_people.BySocket, () => Everybody(now), now) is { } change)
        {
            Announce(change, now);
        }

        foreach (var fold in _folds)
        {
            if (fold.Take(now, _clock.GetUtcNow()) is { } line)
            {
                Tell(line);
            }
        }
    }

    /// <summary>When <see cref="Tick"/> is wanted next; <see langword="null"/> when time brings nothing.</summary>
    public long? Due()
    {
        var due = Earlier(_presence.Due, _folds.Min(fold => fold.Due));
        foreach (var member in _people.Present)
        {
            due = Earlier(due, member.LeftAt + People.GraceMs);
            due = Earlier(due, member.Typing.EndsAt);
            due = Earlier(due, member.IdleAt);
        }

        return due;
    }

    // Who may not write is not heard by way of a problem either.
    private bool MayTell(Connection? from, long now) => from is null
        || (_people.At(from) is { } member ? member.IsHost || (!_host.Rules.ReadOnly && member.Conduct.Silence(now) is null) : from.IsLocal && !_host.Rules.ReadOnly);

    private void Route(Connection socket, RoomRequest request, long now)
    {
        if (request is Join join)
        {
            Enter(socket, join, now);
            return;
        }

        if (_people.At(socket) is not { } member)
        {
            Post(socket, new ErrorMessage("not_joined", "Join the room first.", CidOf(request)));
            return;
        }

        switch (request)
        {
            case Rename rename: Report(socket, Take(member, rename, now)); break;
            case RoomWrite write: Write(socket, member, write, now); break;
            case TypingNotice typing: Type(member, typing.On, now); break;
            case PageShown page: Show(member.Tabs[socket], page, now); break;
            case HistoryRequest history: Read(socket, member, history, now); break;
            case HostCommand command: Command(socket, member, command, now); break;
            default: throw new InvalidOperationException($"{request.GetType().Name} has no receiver.");
        }
    }

    private void Enter(Connection socket, Join join, long now)
    {
        var member = _people.Known(join.Key);
        if (NameRules.Judge(join.Name, out var name) is { } problem || (problem = _people.Refusal(socket, member, now)) is not null)
        {
            Post(socket, problem);
            return;
        }

        if (_people.At(socket) is { } other && other != member)
        {
            Depart(socket, now); // a second join on one socket replaces the first
        }

        var isNew = member is null;
        member ??= _people.Meet(join.Key, name, _log.Person);
        _people.Enter(socket, member, PlaceRules.Page(join.Page));
        Call(member, name, isNew, now);
        var refusal = _host.Prove(member, join.HostKey, now);
        _presence.Touch();
        Welcome(socket, member, join.Resume, now);
        Report(socket, refusal);
    }

    private void Welcome(Connection socket, Member member, ResumePoint? resume, long now)
    {
        var reason = "";
        var missed = resume is null ? [] : _conversation.Missed(resume, out reason);
        Post(socket, new Welcome(
            member.AsSelf(_names.IsShared(member.Name)), member.Key, resume is not null && missed is not null, missed?.Count ?? 0, [.. Everybody(now).Values], _host.Rules));
        if (missed is null)
        {
            Post(socket, new Reset(reason, State));
        }

        foreach (var message in missed ?? [])
        {
            Post(socket, For(member, message));
        }
    }

    // Coming in by another name is a rename like any other.
    private void Call(Member member, string name, bool isNew, long now)
    {
        if (isNew)
        {
            Note(member);
        }
        else if (name != member.Name && member.Renames.Take(now) == 0)
        {
            TakeName(member, name);
        }
    }

    private ErrorMessage? Take(Member member, Rename rename, long now)
    {
        if (BodyRules.JudgeCid(rename.Cid) is { } wrong)
        {
            return wrong;
        }

        if (NameRules.Judge(rename.Name, out var name, rename.Cid) is { } problem)
        {
            return problem;
        }

        if (name == member.Name)
        {
            return null;
        }

        if ((_host.Judge(member, rename, now) ?? member.Conduct.Silence(now, rename.Cid)) is { } refusal)
        {
            return refusal;
        }

        if (member.Renames.Take(now) is > 0 and var wait)
        {
            return new("rate_limited", "A name can be changed five times in ten minutes.", rename.Cid, "name", wait);
        }

        TakeName(member, name);
        return null;
    }

    // Old messages keep the name they were sent under.
    private void TakeName(Member member, string name)
    {
        var was = member.Name;
        member.Name = name;
        Note(member);
        _presence.Touch();
        ToAll(new RoomEvent("rename", _clock.GetUtcNow(), $"{was} → {name}", User: member.User, Was: was, Name: name));
    }

    private void Note(Member member)
    {
        _log.Remember(member.Key, member.AsAuthor());
        if (_names.Note(member.User, member.Name))
        {
            _presence.Touch();
        }
    }

    private void Write(Connection socket, Member member, RoomWrite write, long now)
    {
        var problem = BodyRules.JudgeCid(write.Cid);
        if (problem is null && _conversation.Said(member, write) is { } said)
        {
            Post(socket, For(member, said)); // said already: acknowledged again
            return;
        }

        problem ??= Conversation.Judge(write) ?? _host.Judge(member, write, now) ?? member.Conduct.Judge(now, write.Cid);
        if (problem is null)
        {
            (var message, problem) = _conversation.Keep(member, write);
            if (message is not null)
            {
                member.SaidAt = write is Say ? now : member.SaidAt;
                member.Typing.End();
                Tell(message, member);
            }
        }

        Report(socket, problem);
    }

    private void Type(Member member, bool on, long now)
    {
        if (!_host.Rules.ReadOnly && member.Conduct.Silence(now) is null && member.Typing.Take(on, now))
        {
            TellTyping(member, on);
        }
    }

    private void Show(Tab tab, PageShown page, long now)
    {
        (tab.Page, tab.HiddenAt) = (PlaceRules.Page(page.Url) ?? tab.Page, page.Visible ? null : tab.HiddenAt ?? now);
        _presence.Touch();
    }

    private void Read(Connection socket, Member member, HistoryRequest request, long now)
    {
        if (member.Reading.Take(now) is > 0 and var wait)
        {
            Post(socket, new ErrorMessage("rate_limited", "That is reading very fast. Wait a moment.", RetryMs: wait));
            return;
        }

        var answer = _conversation.History(request);
        Post(socket, answer is HistoryPage page ? page with { Messages = [.. page.Messages.Select(message => (ChatMessage)For(member, message))] } : answer);
    }

    private void Command(Connection socket, Member member, HostCommand command, long now)
    {
        var target = _people.Of(command.User);
        if (HostDesk.Judge(member, command, target) is { } problem)
        {
            Post(socket, problem);
            return;
        }

        switch (command.Action)
        {
            case "clear":
                _log.Clear();
                ToAll(new Reset("epoch", State));
                Notice("The host has cleared the room.");
                break;
            case "mute":
                target!.Conduct.IsMuted = command.On;
                Notice(command.On ? $"The host has muted {target.Name}." : $"{target.Name} may write again.");
                break;
            case "kick":
                SendOut(target!, now);
                Notice($"The host has sent {target!.Name} out.");
                break;
            default:
                Notice(_host.Lay(command), _host.Rules);
                break;
        }
    }

    private void SendOut(Member member, long now)
    {
        member.BarredUntil = now + HostDesk.BarMs;
        foreach (var socket in member.Tabs.Keys.ToList())
        {
            _people.Leave(socket, now);
            socket.Close(CloseCode.Kicked, "The host has sent you out of the room.");
        }

        member.Gone();
        _presence.Touch();
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

    private void Announce(Presence change, long now)
    {
        if (change.Join is { } joined)
        {
            _arrived.UnionWith(joined.Select(person => person.User));
            _arrivals.Add(null, joined[^1].Name, joined.Count, now);
        }

        if (change.Leave is { } left)
        {
            _departures.Add(null, left[^1].Name, left.Count, now);
        }
    }

    private Dictionary<string, Person> Everybody(long now) =>
        _people.Present.ToDictionary(member => member.User, member => member.AsPerson(now, _names.IsShared(member.Name)), StringComparer.Ordinal);

    // The cid is the sender's business; whether a tag is shown depends on who is known now.
    private RoomMessage For(Member? reader, RoomMessage message) => message switch
    {
        ChatMessage chat => chat with { From = Marked(chat.From), Cid = chat.From.User == reader?.User ? chat.Cid : null },
        EditedMessage edited => edited with { By = Marked(edited.By), Cid = edited.By.User == reader?.User ? edited.Cid : null },
        DeletedMessage deleted => deleted with { By = Marked(deleted.By), Cid = deleted.By.User == reader?.User ? deleted.Cid : null },
        _ => message,
    };

    private Author Marked(Author author)
    {
        _names.Note(author.User, author.Name); // somebody of an earlier run, perhaps
        return author with { ShowTag = _names.IsShared(author.Name) || _people.Of(author.User) is { IsHost: true } ? true : null };
    }

    private void Tell(RoomMessage message, Member sender)
    {
        var (frame, own) = (RoomFrame.Of(For(null, message)), RoomFrame.Of(For(sender, message)));
        foreach (var (socket, member) in _people.BySocket)
        {
            socket.TryPost(member == sender ? own : frame);
        }
    }

    private void TellTyping(Member typist, bool on)
    {
        var frame = RoomFrame.Of(new Typing(typist.User, on));
        foreach (var (socket, member) in _people.BySocket)
        {
            if (member != typist)
            {
                socket.TryPostLossy(frame);
            }
        }
    }

    // A line that may be left out. Who has just come in knows that.
    private void Tell(RoomEvent line)
    {
        var frame = RoomFrame.Of(line);
        foreach (var (socket, member) in _people.BySocket)
        {
            if (line.Kind != "join" || !_arrived.Contains(member.User))
            {
                socket.TryPostLossy(frame);
            }
        }

        if (line.Kind == "join")
        {
            _arrived.Clear();
        }
    }

    private void Notice(string text, RoomRules? rules = null) => ToAll(new RoomEvent("notice", _clock.GetUtcNow(), text, Rules: rules));

    private void ToAll(ServerMessage message)
    {
        var frame = RoomFrame.Of(message);
        foreach (var (socket, _) in _people.BySocket)
        {
            socket.TryPost(frame);
        }
    }

    private static void Report(Connection socket, ErrorMessage? problem)
    {
        if (problem is not null)
        {
            Post(socket, problem);
        }
    }

    private static void Post(Connection socket, ServerMessage message) => socket.TryPost(RoomFrame.Of(message));

    private static string? CidOf(RoomRequest request) => request switch
    {
        RoomWrite write => BodyRules.JudgeCid(write.Cid) is null ? write.Cid : null,
        HostCommand command => command.Cid,
        _ => null,
    };

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other : one;
}

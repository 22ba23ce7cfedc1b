using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>
/// What is said: judges what a person writes, makes it a message with the next number, and finds what was said before. It posts nothing.
/// </summary>
/// <param name="clock">For the times that people see.</param>
internal sealed class Conversation(IRoomLog log, TimeProvider clock)
{
    private const int MaximumMissed = 200;

    // A socket's queue holds a megabyte; half of it is left for what happens meanwhile.
    private const int MaximumBytes = 512 * 1024;

    private static readonly TimeSpan Editable = TimeSpan.FromMinutes(5);

    /// <summary>Where the room stands.</summary>
    public RoomState State => new("main", log.Epoch, log.Head);

    /// <summary>What a person has written under this cid before, or <see langword="null"/>.</summary>
    public RoomMessage? Said(Member member, RoomWrite write) => log.Find(member.User, write.Cid);

    /// <summary>What is wrong with what is written, without looking into the log; <see langword="null"/> when nothing is.</summary>
    public static ErrorMessage? Judge(RoomWrite write) => write switch
    {
        Say say => BodyRules.Judge(say.Body, say.Format == "code", say.Cid, out _)
            ?? (say.Ref is { } place ? PlaceRules.Judge(place, say.Cid) : null)
            ?? (say.Pin is { } pin ? PlaceRules.Judge(pin, say.Cid) : null),
        _ => null,
    };

    /// <summary>Keeps what is written, as the next message of the room.</summary>
    /// <returns>The message, or why there is none.</returns>
    /// <exception cref="RoomLogException">It could not be kept, and nobody is to see it.</exception>
    public (RoomMessage? Message, ErrorMessage? Problem) Keep(Member member, RoomWrite write)
    {
        var (seq, at) = (log.Head + 1, clock.GetUtcNow());
        var (message, problem) = write switch
        {
            Say say => Compose(member, say, seq, at),
            Edit edit => Compose(member, edit, seq, at),
            Delete delete => Compose(member, delete, seq, at),
            _ => throw new InvalidOperationException($"{write.GetType().Name} is no message."),
        };
        if (message is not null)
        {
            log.Append(message);
        }

        return (message, problem);
    }

    /// <summary>What a returning client has missed: all of it, or <see langword="null"/> and the reason.</summary>
    public IReadOnlyList<RoomMessage>? Missed(ResumePoint point, out string reason)
    {
        reason = point.Epoch == log.Epoch ? "too_old" : "epoch";
        if (point.Epoch != log.Epoch || point.After < 0 || point.After > log.Head)
        {
            return null;
        }

        if (log.Since(point.After) is not { } missed)
        {
            return null;
        }

        reason = "overflow";
        return missed.Count <= MaximumMissed && missed.Sum(Size) <= MaximumBytes ? missed : null;
    }

    /// <summary>A page of messages, or why there is none.</summary>
    public ServerMessage History(HistoryRequest request)
    {
        if (request.Limit < 1 || request.Limit > Limits.Default.History || (request.Before is not null && request.After is not null))
        {
            return new ErrorMessage("too_long", $"History takes before or after, and a limit from 1 to {Limits.Default.History}.", Field: "limit");
        }

        bool more;
        var page = request.After is { } after ? log.After(after, request.Limit, out more) : log.Before(request.Before ?? log.Head + 1, request.Limit, out more);
        if (page is null)
        {
            return new ErrorMessage("history_gone", "These messages are not kept any more.", Field: request.After is null ? "before" : "after");
        }

        var fit = Fitting(request.After is null ? page.Reverse() : page);
        IReadOnlyList<ChatMessage> messages = fit == page.Count ? page : request.After is null ? [.. page.TakeLast(fit)] : [.. page.Take(fit)];
        return new HistoryPage(messages, more || fit < page.Count, request.Before, request.After);
    }

    private (RoomMessage?, ErrorMessage?) Compose(Member member, Say say, long seq, DateTimeOffset at)
    {
        if (say.ReplyTo is { } reply && log.Find(reply) is null)
        {
            return (null, new("unknown_target", "The message that this answers is not kept any more.", say.Cid, "replyTo"));
        }

        var isCode = say.Format == "code";
        return (new ChatMessage(
            seq, $"{log.Epoch}-{seq}", member.AsAuthor(), BodyRules.Clean(say.Body), isCode ? "code" : "text", isCode ? BodyRules.Language(say.Lang) : null,
            say.ReplyTo, say.Ref, say.Pin, PlaceRules.Page(say.Page), at, say.Cid), null);
    }

    private (RoomMessage?, ErrorMessage?) Compose(Member member, Edit edit, long seq, DateTimeOffset at)
    {
        if (JudgeChange(member, edit.Target, edit.Cid, at, out var target) is { } problem)
        {
            return (null, problem);
        }

        return BodyRules.Judge(edit.Body, target!.Format == "code", edit.Cid, out var body) is { } wrong
            ? (null, wrong)
            : (new EditedMessage(seq, target.Id, body, member.AsAuthor(), at, edit.Cid), null);
    }

    private (RoomMessage?, ErrorMessage?) Compose(Member member, Delete delete, long seq, DateTimeOffset at) =>
        JudgeChange(member, delete.Target, delete.Cid, at, out _) is { } problem
            ? (null, problem)
            : (new DeletedMessage(seq, delete.Target, member.AsAuthor(), at, delete.Cid), null);

    private ErrorMessage? JudgeChange(Member member, string id, string cid, DateTimeOffset at, out ChatMessage? target)
    {
        target = log.Find(id);
        return target is not { Deleted: null } ? new("unknown_target", "This message is not there any more.", cid, "target")
            : member.IsHost ? null
            : target.From.User != member.User ? new("forbidden", "This message is somebody else's.", cid, "target")
            : at - target.At > Editable ? new("forbidden", "A message can be changed for five minutes.", cid, "target")
            : null;
    }

    // A page that is larger than a socket's queue would close the socket.
    private static int Fitting(IEnumerable<ChatMessage> nearestFirst)
    {
        var (count, bytes) = (0, 0);
        foreach (var message in nearestFirst)
        {
            bytes += Size(message);
            if (count > 0 && bytes > MaximumBytes)
            {
                break;
            }

            count++;
        }

        return count;
    }

    private static int Size(RoomMessage message) => Wire.Serialize(message).Length;
}

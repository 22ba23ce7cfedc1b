using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>Everyone in the room, as those who are told: a frame is made once and queued to all. Only the room touches it.</summary>
internal sealed class Audience(People people, SharedNames names)
{
    /// <summary>Tells one socket.</summary>
    public static void Post(Connection socket, ServerMessage? message)
    {
        if (message is not null)
        {
            socket.TryPost(RoomFrame.Of(message));
        }
    }

    /// <summary>Tells everyone, and the sender's own tabs with the cid.</summary>
    public void Tell(RoomMessage message, Member sender)
    {
        var (frame, own) = (RoomFrame.Of(For(null, message)), RoomFrame.Of(For(sender, message)));
        foreach (var (socket, member) in people.BySocket)
        {
            socket.TryPost(member == sender ? own : frame);
        }
    }

    /// <summary>Tells everyone.</summary>
    public void Tell(ServerMessage message)
    {
        var frame = RoomFrame.Of(message);
        foreach (var (socket, _) in people.BySocket)
        {
            socket.TryPost(frame);
        }
    }

    /// <summary>Tells whom it concerns, unless they are far behind.</summary>
    public void TellLossy(ServerMessage message, Func<Member, bool> concerns)
    {
        var frame = RoomFrame.Of(message);
        foreach (var (socket, member) in people.BySocket)
        {
            if (concerns(member))
            {
                socket.TryPostLossy(frame);
            }
        }
    }

    /// <summary>A message as one person gets it: the cid is its sender's business, and whether a tag is shown depends on who is known now.</summary>
    public RoomMessage For(Member? reader, RoomMessage message) => message switch
    {
        ChatMessage chat => chat with { From = Marked(chat.From), Cid = chat.From.User == reader?.User ? chat.Cid : null },
        EditedMessage edited => edited with { By = Marked(edited.By), Cid = edited.By.User == reader?.User ? edited.Cid : null },
        DeletedMessage deleted => deleted with { By = Marked(deleted.By), Cid = deleted.By.User == reader?.User ? deleted.Cid : null },
        _ => message,
    };

    /// <summary>A page of messages as one person gets it.</summary>
    public HistoryPage For(Member reader, HistoryPage page) =>
        page with { Messages = [.. page.Messages.Select(message => (ChatMessage)For(reader, message))] };

    /// <summary>Everybody who is here, by their public ids.</summary>
    public Dictionary<string, Person> Everybody(long now) =>
        people.Present.ToDictionary(member => member.User, member => member.AsPerson(now, names.IsShared(member.Name)), StringComparer.Ordinal);

    private Author Marked(Author author)
    {
        names.Note(author.User, author.Name); // somebody of an earlier run, perhaps
        return author with { ShowTag = names.IsShared(author.Name) || people.Of(author.User) is { IsHost: true } ? true : null };
    }
}

/// <summary>A message as the frame that carries it.</summary>
internal static class RoomFrame
{
    /// <summary>The text frame of a message.</summary>
    public static byte[] Of(ServerMessage message) => Frame.Of(Opcode.Text, Wire.Serialize(message));
}

using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>Does what the host wants, and tells of it. Only the room touches it.</summary>
/// <param name="cleared">Called when the log has begun anew.</param>
/// <param name="touched">Called when what others see of people may be different.</param>
internal sealed class HostCommands(IRoomLog log, People people, HostDesk host, Audience audience, TimeProvider clock, Action cleared, Action touched)
{
    /// <summary>Does it; why not, or <see langword="null"/>.</summary>
    /// <param name="member">Who wants it.</param>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <exception cref="RoomLogException">The messages could not be removed.</exception>
    public ErrorMessage? Do(Member member, HostCommand command, long now)
    {
        var target = people.Of(command.User);
        if (HostDesk.Judge(member, command, target) is { } problem)
        {
            return problem;
        }

        switch (command.Action)
        {
            case "clear":
                log.Clear();
                cleared(); // first: whoever starts over drops what was told before
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
                Notice(host.Lay(command), host.Rules);
                break;
        }

        return null;
    }

    private void SendOut(Member member, long now)
    {
        member.BarredUntil = now + HostDesk.BarMs;
        foreach (var socket in member.Tabs.Keys.ToList())
        {
            people.Leave(socket, now);
            socket.Close(CloseCode.Kicked, "The host has sent you out of the room.");
        }

        member.Gone();
        touched();
    }

    private void Notice(string text, RoomRules? rules = null) => audience.Tell(new RoomEvent("notice", clock.GetUtcNow(), text, Rules: rules));
}

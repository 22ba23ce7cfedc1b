using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>What the host has laid down, and who is the host. Decides; the room acts.</summary>
internal sealed class HostDesk(HostKey key)
{
    /// <summary>Who was sent out may come back after so long, in milliseconds.</summary>
    public const int BarMs = 10 * 60_000;

    private const int MaximumSlowMs = 600_000;

    /// <summary>What holds for everyone but the host.</summary>
    public RoomRules Rules { get; private set; } = new(ReadOnly: false, SlowMs: 0);

    /// <summary>Somebody wants to be the host.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public ErrorMessage? Prove(Member member, string? guess, long now)
    {
        if (guess is null || member.IsHost)
        {
            return null;
        }

        member.IsHost = key.Proves(guess, now, out var retryMs);
        return member.IsHost ? null : retryMs > 0
            ? new("forbidden", "Too many wrong keys were tried. Wait a moment.", Field: "hostKey", RetryMs: retryMs)
            : new("forbidden", "This is not the host's key.", Field: "hostKey");
    }

    /// <summary>Why a person may not write now, or <see langword="null"/>. Deleting one's own message is always allowed.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    public ErrorMessage? Judge(Member member, RoomWrite write, long now)
    {
        if (member.IsHost || write is Delete)
        {
            return null;
        }

        return Rules.ReadOnly ? new("read_only", "Only the host writes now.", write.Cid)
            : write is Say && member.SaidAt is { } said && now - said < Rules.SlowMs
                ? new("rate_limited", $"Everybody writes once in {Rules.SlowMs / 1000.0:0.#} seconds now.", write.Cid, RetryMs: (int)(Rules.SlowMs - (now - said)))
            : null;
    }

    /// <summary>Whether what a page reports is told in the room: who may not write is not heard in this way either, nor is a foreign page that has not come in.</summary>
    /// <param name="member">Who is in the room by that socket, if anybody.</param>
    public bool MayTell(Connection from, Member? member, long now) =>
        member is { IsHost: true } || (!Rules.ReadOnly && (member is null ? from.IsLocal : member.Conduct.Silence(now) is null));

    /// <summary>What is wrong with a command, or <see langword="null"/>.</summary>
    /// <param name="target">Whom it concerns, if anybody.</param>
    public static ErrorMessage? Judge(Member member, HostCommand command, Member? target) =>
        !member.IsHost ? new("forbidden", "Only the host may do this: open the link that the terminal shows.", command.Cid)
        : command.Action is "mute" or "kick" && target is null ? new("unknown_target", "There is nobody of this id.", command.Cid, "user")
        : command.Action is "mute" or "kick" && target!.IsHost ? new("forbidden", "The host stays.", command.Cid, "user")
        : command is { Action: "slow", Ms: < 0 or > MaximumSlowMs } ? new("too_long", $"Between two messages are 0 to {MaximumSlowMs} ms.", command.Cid, "ms")
        : command.Action is "clear" or "mute" or "kick" or "slow" or "readonly" ? null
        : new("bad_type", "The host can clear, mute, kick, slow and readonly.", command.Cid, "action");

    /// <summary>Lays down a rule; what to tell everybody about it.</summary>
    public string Lay(HostCommand command)
    {
        Rules = command.Action == "slow" ? Rules with { SlowMs = (int)command.Ms } : Rules with { ReadOnly = command.On };
        return command.Action == "readonly" ? command.On ? "Only the host writes now." : "Everybody may write again."
            : command.Ms > 0 ? $"Everybody writes once in {command.Ms / 1000.0:0.#} seconds now." : "Slow mode is over.";
    }
}

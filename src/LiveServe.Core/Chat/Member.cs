using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Chat;

/// <summary>One person in the room: all tabs of one browser. Only the room touches it.</summary>
internal sealed class Member(string user, string tag, string name)
{
    /// <summary>The person's kept messages by cid, so that the same cid again is the same message.</summary>
    public Dictionary<string, Stored> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>The tabs that are open, each with the page it shows.</summary>
    public Dictionary<Connection, string?> Tabs { get; } = [];

    /// <summary>How much the person may still say.</summary>
    public Allowance Allowance { get; } = new(10, 2);

    /// <summary>The name in use now.</summary>
    public string Name { get; set; } = name;

    /// <summary>As a writer of a message.</summary>
    public Author AsAuthor() => new(user, Name, tag);

    /// <summary>As the person is told about themselves.</summary>
    public Self AsSelf() => new(user, Name, tag, Host: false);

    /// <summary>As the others see the person.</summary>
    public Person AsPerson() =>
        new(user, Name, tag, Tabs.Count, [.. Tabs.Values.OfType<string>().Distinct().Take(5)], Tabs.Count > 0 ? "active" : "away");
}

/// <summary>A message as the room keeps it.</summary>
internal sealed record Stored(ChatMessage Message, Member Sender, string Cid)
{
    /// <summary>Its number in the room.</summary>
    public long Seq => Message.Seq;

    /// <summary>The message as <paramref name="reader"/> gets it: its sender sees the cid.</summary>
    public ChatMessage For(Member? reader) => reader == Sender ? Message with { Cid = Cid } : Message;
}

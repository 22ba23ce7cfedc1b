using System.Text.Json;
using LiveServe.Chat;
using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Chat;

/// <summary>A room whose time is told by the test, and clients that keep what they hear.</summary>
internal sealed class TestRoom
{
    private int _opened;

    public TestRoom(IRoomLog? log = null) => Room = new Room(log ?? new MemoryRoomLog(), new HostKey("the-host-key"), Clock);

    public Room Room { get; }

    public WallClock Clock { get; } = new();

    /// <summary>Monotonic milliseconds.</summary>
    public long Now { get; set; } = 1_000_000;

    public FakeClient Open(bool local = false) => new($"c{++_opened}") { IsLocal = local };

    /// <summary>Somebody comes in; what was told is forgotten.</summary>
    public FakeClient Join(string name, string? key = null, string? page = null, bool host = false)
    {
        var client = Open();
        Do(client, new Join(name, key, null, page, host ? "the-host-key" : null));
        client.Welcome();
        return client;
    }

    public void Do(FakeClient client, RoomRequest request) => Room.Handle(client, request, Now);

    public void Say(FakeClient client, string cid, string body = "x") => Do(client, new Say(cid, body, "text", null, null, null, null, null));

    /// <summary>Time passes: what it brings is done when it is due, and not before.</summary>
    public void Pass(long ms)
    {
        for (var end = Now + ms; ; Room.Tick(Now))
        {
            if (Room.Due() is not { } due || due > end)
            {
                Now = end;
                return;
            }

            Now = Math.Max(Now, due);
        }
    }

    /// <summary>The time that people see.</summary>
    internal sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Time { get; set; } = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Time;
    }
}

/// <summary>A client that keeps what it hears.</summary>
internal sealed class FakeClient(string id) : Connection(id)
{
    private readonly List<JsonElement> _told = [];

    /// <summary>What it was told at its welcome.</summary>
    public JsonElement Self { get; private set; }

    public string Key => Self.GetProperty("key").GetString()!;

    public string User => Self.GetProperty("you").GetProperty("user").GetString()!;

    /// <summary>Whether it is far behind.</summary>
    public bool IsFarBehind { get; set; }

    public override bool IsBehind => IsFarBehind;

    public int? ClosedWith { get; private set; }

    public int Bytes { get; private set; }

    public IReadOnlyList<JsonElement> Told => _told;

    public override bool TryPost(ReadOnlyMemory<byte> frame)
    {
        var head = frame.Span[1] switch { 126 => 4, 127 => 10, _ => 2 };
        _told.Add(JsonDocument.Parse(frame[head..]).RootElement.Clone());
        Bytes += frame.Length;
        return true;
    }

    public override bool TryPostLossy(ReadOnlyMemory<byte> frame) => !IsBehind && TryPost(frame);

    public override Task RunAsync(Func<Received, ValueTask> handle) => throw new NotSupportedException();

    public override void Beat(long now)
    {
        // It is always there.
    }

    public override void Close(int code, string reason) => ClosedWith ??= code;

    public void Welcome() => Self = Take("welcome").Single();

    /// <summary>All of a type so far; everything so far is forgotten.</summary>
    public List<JsonElement> Take(string type)
    {
        var taken = _told.Where(message => message.GetProperty("type").GetString() == type).ToList();
        _told.Clear();
        return taken;
    }

    /// <summary>The code of the last error so far; everything so far is forgotten.</summary>
    public string? Error() => Take("error").LastOrDefault() is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("code").GetString() : null;
}

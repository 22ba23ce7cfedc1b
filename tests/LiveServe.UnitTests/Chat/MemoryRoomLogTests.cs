using LiveServe.Chat;

namespace LiveServe.UnitTests.Chat;

public sealed class MemoryRoomLogTests : RoomLogContract
{
    private protected override IRoomLog Create(int most) => new MemoryRoomLog(most, MemoryRoomLog.MaximumAge);
}

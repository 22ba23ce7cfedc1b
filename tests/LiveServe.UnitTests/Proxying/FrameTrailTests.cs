using LiveServe.Proxying;

namespace LiveServe.UnitTests.Proxying;

public sealed class FrameTrailTests
{
    public static TheoryData<string, byte[], bool, bool> Trails => new()
    {
        { "nothing", [], true, false },
        { "half a head", [0x81], false, false },
        { "a head without its payload", [0x81, 2, 1], false, false },
        { "a frame", [0x81, 2, 1, 2], true, false },
        { "an empty one", [0x81, 0], true, false },
        { "a masked one", [0x81, 0x81, 1, 2, 3, 4, 5], true, false },
        { "a masked one without its payload", [0x81, 0x81, 1, 2, 3, 4], false, false },
        { "a long one", [0x82, 126, 1, 0, .. new byte[256]], true, false },
        { "a longer one", [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, .. new byte[65536]], true, false },
        { "one without end", [0x82, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0, .. new byte[100]], false, false },
        { "a goodbye", [0x81, 0, 0x88, 2, 3, 0xE8], true, true },
        { "a goodbye inside a payload", [0x81, 2, 0x88, 0], true, false },
        { "a masked goodbye", [0x88, 0x80, 1, 2, 3, 4], true, true },
    };

    [Theory, MemberData(nameof(Trails))]
    public void Frames_are_followed(string name, byte[] bytes, bool isBetween, bool isClosed)
    {
        var whole = new FrameTrail();
        whole.Follow(bytes);
        Assert.True((isBetween, isClosed) == (whole.IsBetweenFrames, whole.IsClosed), name);
        var bitByBit = new FrameTrail();
        foreach (var one in bytes)
        {
            bitByBit.Follow([one]);
        }

        Assert.True((isBetween, isClosed) == (bitByBit.IsBetweenFrames, bitByBit.IsClosed), name);
    }
}

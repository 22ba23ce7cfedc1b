using System.Net;
using LiveServe.Security;

namespace LiveServe.UnitTests.Security;

public sealed class GuessesTests
{
    private static readonly IPAddress Peer = IPAddress.Parse("192.168.1.7");

    [Fact]
    public void Ten_wrong_attempts_are_judged_at_once_and_then_one_a_second()
    {
        var guesses = new Guesses();
        for (var i = 0; i < Guesses.AtOnce; i++)
        {
            Assert.True(guesses.MayTry(Peer, now: 0));
            guesses.Note(Peer, now: 0);
        }

        Assert.False(guesses.MayTry(Peer, now: 0));
        Assert.False(guesses.MayTry(Peer, now: 999));
        Assert.True(guesses.MayTry(Peer, now: 1000));
        guesses.Note(Peer, now: 1000);
        Assert.False(guesses.MayTry(Peer, now: 1000));
        Assert.True(guesses.MayTry(Peer, now: 2000));
    }

    [Theory]
    [InlineData("192.168.1.7", "192.168.1.8", false)]
    [InlineData("192.168.1.7", "::ffff:192.168.1.7", true)]
    [InlineData("fd00::1:2:3:4", "fd00::5:6:7:8", true)] // one network of 64 bits is one guesser
    [InlineData("fd00:0:0:1::1", "fd00:0:0:2::1", false)]
    public void One_guesser_does_not_slow_another(string one, string other, bool same)
    {
        var guesses = new Guesses();
        Exhaust(guesses, IPAddress.Parse(one));
        Assert.Equal(!same, guesses.MayTry(IPAddress.Parse(other), now: 0));
    }

    [Fact]
    public void With_all_places_taken_the_rest_is_slowed_together_and_old_ones_make_room()
    {
        var guesses = new Guesses();
        for (var i = 0; i < 1024; i++)
        {
            guesses.Note(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), now: 0);
        }

        Exhaust(guesses, IPAddress.Parse("10.1.0.1"));
        Assert.False(guesses.MayTry(IPAddress.Parse("10.1.0.2"), now: 0));
        Assert.True(guesses.MayTry(IPAddress.Parse("10.1.0.2"), now: 1000));
    }

    private static void Exhaust(Guesses guesses, IPAddress peer)
    {
        for (var i = 0; i < Guesses.AtOnce; i++)
        {
            guesses.Note(peer, now: 0);
        }
    }
}

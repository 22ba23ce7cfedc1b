using System.Text;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Sockets;

public sealed class ReplayBufferTests
{
    private static readonly SocketProfile Limits = new(0, 0, Frames: 4, Bytes: 100);

    [Fact]
    public void Messages_are_numbered_from_one_and_handed_out_once()
    {
        var buffer = Filled("a", "b", "c");
        Assert.Equal("1:ab", Take(buffer, 2));
        Assert.Equal("3:c", Take(buffer, 2));
        Assert.Equal("4:", Take(buffer, 2));
    }

    [Theory]
    [InlineData(0, "1:abc")]
    [InlineData(1, "2:bc")]
    [InlineData(3, "4:")]
    public void A_broken_answer_is_given_again_from_where_the_client_is(long after, string expected)
    {
        var buffer = Filled("a", "b", "c");
        Take(buffer, 3);
        Assert.True(buffer.TryResume(after));
        Assert.Equal(expected, Take(buffer, 9));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void A_number_that_was_never_handed_out_is_refused(long after)
    {
        var buffer = Filled("a", "b", "c");
        Take(buffer, 2);
        Assert.False(buffer.TryResume(after));
    }

    [Fact]
    public void What_is_acknowledged_is_forgotten()
    {
        var buffer = Filled("a", "b");
        Take(buffer, 2);
        Assert.True(buffer.TryResume(2));
        Assert.False(buffer.TryResume(1));
    }

    [Fact]
    public void What_was_never_handed_out_is_bounded()
    {
        var buffer = Filled("a", "b", "c", "d");
        Assert.False(buffer.TryAdd("e"u8.ToArray()));
        Take(buffer, 1);
        Assert.True(buffer.TryAdd("e"u8.ToArray()));
        Assert.False(new ReplayBuffer(Limits).TryAdd(new byte[101]));
    }

    [Fact]
    public void What_was_handed_out_is_bounded_too_and_does_not_count_as_waiting()
    {
        var buffer = new ReplayBuffer(Limits);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(buffer.TryAdd("x"u8.ToArray()));
            Take(buffer, 1);
        }

        Assert.False(buffer.TryResume(5));
        Assert.True(buffer.TryResume(6));
        Assert.Equal(0, buffer.Count);
        Assert.True(buffer.TryAdd("y"u8.ToArray())); // although four are to be handed out again
        Assert.Equal("7:xxxxy", Take(buffer, 9));
    }

    [Fact]
    public void Half_of_what_may_wait_is_behind()
    {
        var buffer = Filled("a");
        Assert.False(buffer.IsBehind);
        buffer.TryAdd("b"u8.ToArray());
        Assert.True(buffer.IsBehind);
        Take(buffer, 2);
        Assert.False(buffer.IsBehind);
        Assert.True(buffer.TryAdd(new byte[50]));
        Assert.True(buffer.IsBehind);
    }

    [Fact]
    public void The_last_words_have_room_even_when_nothing_else_has_and_the_rest_can_be_forgotten()
    {
        var buffer = Filled("a", "b", "c", "d");
        Take(buffer, 1);
        buffer.Clear();
        buffer.Add("z"u8.ToArray());
        Assert.True(buffer.HasMore);
        Assert.Equal("2:z", Take(buffer, 9));
        Assert.False(buffer.HasMore);
        Assert.True(buffer.TryResume(0));
        Assert.Equal("1:az", Take(buffer, 9));
    }

    private static ReplayBuffer Filled(params string[] messages)
    {
        var buffer = new ReplayBuffer(Limits);
        Assert.All(messages, message => Assert.True(buffer.TryAdd(Encoding.UTF8.GetBytes(message))));
        return buffer;
    }

    private static string Take(ReplayBuffer buffer, int most)
    {
        var (first, messages) = buffer.Take(most);
        return $"{first}:{string.Concat(messages.Select(message => Encoding.UTF8.GetString(message.Span)))}";
    }
}

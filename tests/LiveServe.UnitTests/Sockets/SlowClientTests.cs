using System.Buffers.Binary;
using System.Text;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Sockets;

/// <summary>What becomes of a socket whose other end does not take what it is told.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task What_can_be_made_up_for_is_left_out_for_who_is_behind_and_told_of_when_it_has_caught_up()
    {
        var stream = new HandDrivenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        var caughtUp = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        socket.CaughtUp += caughtUp.SetResult;
        for (var i = 0; i < 127; i++)
        {
            Assert.True(socket.TryPostLossy(Text("typing")));
        }

        Assert.False(socket.IsBehind);
        Assert.True(socket.TryPost(Text("chat")));
        Assert.True(socket.IsBehind);
        Assert.False(socket.TryPostLossy(Text("typing")));
        Assert.True(socket.TryPost(Text("chat")));

        for (var i = 0; i < 129; i++)
        {
            Assert.Equal(i < 127 ? "typing" : "chat", TextOf(await stream.NextAsync()));
        }

        Assert.Same(socket, await caughtUp.Task);
        Assert.True(socket.TryPostLossy(Text("typing")));
    }

    [Fact]
    public async Task Who_is_too_far_behind_gets_the_close_frame_next_and_nothing_of_what_waited()
    {
        var stream = new HandDrivenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        var running = socket.RunAsync(_ => ValueTask.CompletedTask);
        for (var i = 0; i < 256; i++)
        {
            Assert.True(socket.TryPost(Text($"{i}")));
        }

        Assert.False(socket.TryPost(Text("256")));
        Assert.False(socket.TryPost(Text("257")));
        Assert.Equal("0", TextOf(await stream.NextAsync())); // it was on its way
        Assert.Equal(CloseCode.TooSlow, CodeOf(await stream.NextAsync()));
        await running;
    }

    [Fact]
    public async Task A_mebibyte_is_too_much_however_few_frames_it_is()
    {
        var stream = new HandDrivenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        var half = Frame.Of(Opcode.Text, new byte[512 * 1024 - 10]);
        Assert.True(socket.TryPost(half));
        Assert.True(socket.TryPost(half));
        Assert.False(socket.TryPost(Text("more")));
        await stream.NextAsync();
        Assert.Equal(CloseCode.TooSlow, CodeOf(await stream.NextAsync()));
    }

    [Fact]
    public async Task Who_is_behind_and_takes_nothing_for_four_seconds_is_closed_though_nothing_more_comes()
    {
        var stream = new HandDrivenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        var running = socket.RunAsync(_ => ValueTask.CompletedTask);
        for (var i = 0; i < 128; i++)
        {
            socket.TryPost(Text("x"));
        }

        socket.Beat(Environment.TickCount64 + 3_000);
        Assert.True(socket.TryPost(Text("x")));
        socket.Beat(Environment.TickCount64 + 4_000);
        Assert.False(socket.TryPost(Text("x")));
        Assert.Equal("x", TextOf(await stream.NextAsync()));
        Assert.Equal(CloseCode.TooSlow, CodeOf(await stream.NextAsync()));
        await running;
    }

    [Fact]
    public async Task Who_reads_slowly_but_reads_is_served()
    {
        var stream = new HandDrivenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        for (var i = 0; i < 200; i++)
        {
            socket.TryPost(Text($"{i}"));
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal($"{i}", TextOf(await stream.NextAsync()));
            socket.Beat(Environment.TickCount64 + 3_500); // never four seconds without a frame
        }

        Assert.True(socket.TryPost(Text("on")));
    }

    [Fact]
    public async Task A_close_waits_for_what_was_said_before_it()
    {
        var stream = new HandDrivenStream();
        using var socket = new SocketConnection("c1", stream, SocketProfile.Page);
        socket.TryPost(Text("last"));
        socket.Close(CloseCode.Normal, "");
        Assert.False(socket.TryPost(Text("too late")));
        Assert.Equal("last", TextOf(await stream.NextAsync()));
        Assert.Equal(CloseCode.Normal, CodeOf(await stream.NextAsync()));
    }

    private static byte[] Text(string text) => Frame.Of(Opcode.Text, Encoding.UTF8.GetBytes(text));

    private static string TextOf(byte[] frame) => Encoding.UTF8.GetString(Frame.PayloadOf(frame).Span);

    private static int CodeOf(byte[] frame) =>
        frame[0] == 0x88 ? BinaryPrimitives.ReadUInt16BigEndian(Frame.PayloadOf(frame).Span) : throw new InvalidOperationException(TextOf(frame));
}

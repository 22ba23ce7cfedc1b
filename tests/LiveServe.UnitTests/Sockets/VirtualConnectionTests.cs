using System.Text;
using LiveServe.Sockets;

namespace LiveServe.UnitTests.Sockets;

/// <summary>The life of a client that is connected by requests.</summary>
public sealed class VirtualConnectionTests
{
    private readonly VirtualConnection _connection = new("c1", SocketProfile.Page);

    [Fact]
    public async Task Without_a_request_it_is_forgotten_after_thirty_seconds()
    {
        var running = _connection.RunAsync(_ => ValueTask.CompletedTask);
        _connection.Beat(Environment.TickCount64 + 29_000);
        Assert.False(running.IsCompleted);
        _connection.Beat(Environment.TickCount64 + 30_000);
        await running;
        using var late = new Reading();
        Assert.False(late.TryAdd(_connection, 0));
        Assert.False(_connection.TryPost(Text("x")));
    }

    [Fact]
    public async Task Who_is_being_read_is_not_forgotten_and_each_post_is_a_sign_of_life()
    {
        var running = _connection.RunAsync(_ => ValueTask.CompletedTask);
        var reading = new Reading();
        Assert.True(reading.TryAdd(_connection, 0));
        _connection.Beat(Environment.TickCount64 + 1_000_000);
        Assert.False(running.IsCompleted);
        reading.Dispose();
        await _connection.ReceiveAsync([]);
        _connection.Beat(Environment.TickCount64 + 29_000);
        Assert.False(running.IsCompleted);
        _connection.Leave();
        await running;
    }

    [Fact]
    public void A_frame_is_read_as_the_message_that_it_carries()
    {
        string[] texts = ["x", new('y', 200), new('z', 70_000)]; // one for each form of a frame's length
        Assert.All(texts, text => Assert.True(_connection.TryPost(Text(text))));
        using var reading = new Reading();
        reading.TryAdd(_connection, 0);
        Assert.Equal(texts, Take(reading));
    }

    [Fact]
    public async Task A_second_reader_replaces_the_first_and_goes_on_where_it_says()
    {
        _connection.TryPost(Text("a"));
        _connection.TryPost(Text("b"));
        using var first = new Reading();
        Assert.True(first.TryAdd(_connection, 0));
        Assert.Equal(["a", "b"], Take(first));
        using var second = new Reading();
        Assert.True(second.TryAdd(_connection, 1));
        Assert.True(first.IsOver);
        Assert.True(await first.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken)); // it is woken
        Assert.Empty(Take(first));
        Assert.Equal(["b"], Take(second));
    }

    [Fact]
    public async Task The_goodbye_is_the_last_message_and_ends_it()
    {
        var running = _connection.RunAsync(_ => ValueTask.CompletedTask);
        using var reading = new Reading();
        reading.TryAdd(_connection, 0);
        _connection.TryPost(Text("a"));
        _connection.Close(4103, "Go.");
        Assert.Equal(["a", """{"type":"closed","code":4103,"reason":"Go."}"""], Take(reading));
        Assert.True(reading.IsOver);
        await running;
    }

    [Fact]
    public async Task When_we_stop_nobody_is_waited_for_who_does_not_read()
    {
        var running = _connection.RunAsync(_ => ValueTask.CompletedTask);
        _connection.Close(CloseCode.GoingAway, "The server stops.");
        await running;
    }

    [Fact]
    public void Nobody_has_to_read_all_that_waited_to_learn_that_it_was_too_much()
    {
        for (var i = 0; i < 256; i++)
        {
            Assert.True(_connection.TryPost(Text("x")));
        }

        Assert.True(_connection.IsBehind);
        Assert.False(_connection.TryPostLossy(Text("x")));
        Assert.False(_connection.TryPost(Text("x")));
        using var reading = new Reading();
        reading.TryAdd(_connection, 0);
        Assert.Contains("4008", Assert.Single(Take(reading)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_for_four_seconds_is_cut_when_much_waits()
    {
        var running = _connection.RunAsync(_ => ValueTask.CompletedTask);
        using var reading = new Reading();
        reading.TryAdd(_connection, 0);
        for (var i = 0; i < 128; i++)
        {
            _connection.TryPost(Text("x"));
        }

        _connection.Beat(Environment.TickCount64 + 3_000);
        Assert.True(_connection.TryPost(Text("x")));
        _connection.Beat(Environment.TickCount64 + 4_000);
        Assert.False(_connection.TryPost(Text("x")));
        await running; // a second later
        Assert.True(reading.IsOver);
        Assert.True(reading.Cut.IsCancellationRequested);
    }

    [Fact]
    public async Task What_was_left_out_is_asked_for_when_all_has_been_taken()
    {
        var caughtUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.CaughtUp += _ => caughtUp.SetResult();
        for (var i = 0; i < 128; i++)
        {
            _connection.TryPost(Text("x"));
        }

        using var reading = new Reading();
        reading.TryAdd(_connection, 0);
        _connection.Take(reading, 100);
        Assert.False(caughtUp.Task.IsCompleted);
        _connection.Take(reading, 100);
        await caughtUp.Task;
    }

    [Fact]
    public async Task Posts_are_handled_one_after_another_in_their_order()
    {
        var heard = new List<string>();
        var gate = new TaskCompletionSource();
        var running = _connection.RunAsync(async message =>
        {
            await gate.Task;
            heard.Add(Encoding.UTF8.GetString(message.Payload.Span));
        });
        var first = _connection.ReceiveAsync(["1"u8.ToArray(), "2"u8.ToArray()]);
        var second = _connection.ReceiveAsync(["3"u8.ToArray()]);
        gate.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(["1", "2", "3"], heard);
        _connection.Leave();
        await running;
        await _connection.ReceiveAsync(["4"u8.ToArray()]);
        Assert.Equal(3, heard.Count);
    }

    private List<string> Take(Reading reading) => [.. _connection.Take(reading, 100).Messages.Select(message => Encoding.UTF8.GetString(message.Span))];

    private static byte[] Text(string text) => Frame.Of(Opcode.Text, Encoding.UTF8.GetBytes(text));
}

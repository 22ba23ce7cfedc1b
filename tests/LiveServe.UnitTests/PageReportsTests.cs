using LiveServe.Sockets;

namespace LiveServe.UnitTests;

public sealed class PageReportsTests
{
    private readonly List<ServerEvent> _told = [];
    private readonly HandClock _clock = new();
    private readonly PageReports _reports;

    public PageReportsTests() => _reports = new(_told.Add, _clock);

    [Fact]
    public void A_flood_is_cut_at_a_hundred_lines_and_the_rest_is_counted_when_the_span_ends()
    {
        using var socket = new SocketConnection("c1", Stream.Null, SocketProfile.Page);
        Say(socket, 130);
        Assert.Equal(100, _told.Count);
        _clock.Ring();
        Assert.StartsWith("30 more lines", Assert.IsType<WarningRaised>(_told[100]).Message, StringComparison.Ordinal);
        Say(socket, 1);
        Assert.Equal(102, _told.Count);
    }

    [Fact]
    public void Who_stays_below_hears_of_nothing_left_out()
    {
        using var socket = new SocketConnection("c1", Stream.Null, SocketProfile.Page);
        Say(socket, 100);
        _clock.Ring();
        Say(socket, 100);
        Assert.All(_told, said => Assert.IsType<ConsoleReported>(said));
        Assert.Equal(200, _told.Count);
    }

    [Fact]
    public void One_pages_flood_does_not_silence_another_and_its_end_tells_the_count()
    {
        using var loud = new SocketConnection("c1", Stream.Null, SocketProfile.Page);
        using var calm = new SocketConnection("c2", Stream.Null, SocketProfile.Page);
        Say(loud, 1000);
        Say(calm, 1);
        Assert.Equal(101, _told.Count);
        _reports.Remove(loud);
        Assert.StartsWith("900 more lines", Assert.IsType<WarningRaised>(_told[101]).Message, StringComparison.Ordinal);
        _reports.Remove(calm);
        Assert.Equal(102, _told.Count);
    }

    private void Say(SocketConnection socket, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _reports.Take(socket, new ConsoleReported(ConsoleLevel.Error, "x", null, null, null));
        }
    }

    /// <summary>Its timers ring when the test says so.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly List<Alarm> _set = [];

        public void Ring()
        {
            foreach (var alarm in _set.ToArray())
            {
                alarm.Ring();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal((PageReports.Span, Timeout.InfiniteTimeSpan), (dueTime, period));
            var alarm = new Alarm(_set, () => callback(state));
            _set.Add(alarm);
            return alarm;
        }

        private sealed class Alarm(List<Alarm> set, Action ring) : ITimer
        {
            public void Ring() => ring();

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => set.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}

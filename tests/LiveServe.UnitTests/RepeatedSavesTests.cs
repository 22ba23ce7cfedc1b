namespace LiveServe.UnitTests;

public sealed class RepeatedSavesTests : IDisposable
{
    private readonly List<ServerEvent> _told = [];
    private readonly HandClock _clock = new();
    private readonly RepeatedSaves _saves;

    public RepeatedSavesTests() => _saves = new(_told.Add, _clock);

    public void Dispose() => _saves.Dispose();

    [Fact]
    public void The_same_files_are_said_once_in_a_span_and_every_batch_is_reported()
    {
        Save(5, "log.txt");
        Assert.Equal([false, true, true, true, true], _told.Cast<UpdateSent>().Select(sent => sent.IsRepeat));
        Assert.Equal(RepeatedSaves.First, Assert.Single(_clock.Set));
    }

    [Fact]
    public void Repeats_are_counted_and_told_and_each_span_is_twice_as_long_until_five_minutes()
    {
        Save(1, "log.txt");
        for (var length = RepeatedSaves.First; length < RepeatedSaves.Longest * 2; length *= 2)
        {
            Assert.Equal(length < RepeatedSaves.Longest ? length : RepeatedSaves.Longest, Assert.Single(_clock.Set));
            Save(40, "log.txt");
            _told.Clear();
            _clock.Ring();
            Assert.StartsWith("log.txt: 40 more changes", Assert.IsType<WarningRaised>(Assert.Single(_told)).Message, StringComparison.Ordinal);
        }
    }

    // liveserve | tee log.txt: what was said is one change, and to say so would be the next.
    [Fact]
    public void One_repeat_alone_is_not_told_so_that_our_own_word_ends_no_silence()
    {
        Save(2, "log.txt");
        _told.Clear();
        _clock.Ring();
        Assert.Empty(_told);
        Assert.Empty(_clock.Set);
        Save(1, "log.txt");
        Assert.False(Assert.IsType<UpdateSent>(Assert.Single(_told)).IsRepeat);
    }

    [Fact]
    public void Other_files_are_said_at_once()
    {
        Save(3, "log.txt");
        Save(1, "notes.txt");
        Save(1, "log.txt", "notes.txt");
        Assert.Equal([false, true, true, false, false], _told.Cast<UpdateSent>().Select(sent => sent.IsRepeat));
    }

    [Fact]
    public void What_a_page_uses_is_always_said()
    {
        Save(3, "log.txt");
        _saves.Take(Sent("log.txt") with { Pages = 1 });
        Assert.False(((UpdateSent)_told[^1]).IsRepeat);
    }

    [Fact]
    public void Many_names_are_bounded_and_a_checkout_is_no_repeat()
    {
        for (var i = 0; i < 3000; i++)
        {
            Save(1, $"{i}.txt");
        }

        Assert.Equal(1000, _clock.Set.Count);
        var many = Enumerable.Range(0, 30).Select(i => $"{i}.css").ToArray();
        _told.Clear();
        Save(2, many);
        Assert.All(_told, told => Assert.False(((UpdateSent)told).IsRepeat));
    }

    [Fact]
    public void At_the_end_nothing_is_told_any_more()
    {
        Save(9, "log.txt");
        _told.Clear();
        _saves.Dispose();
        Assert.Empty(_clock.Set);
        Save(2, "log.txt");
        Assert.Empty(_clock.Set);
    }

    private void Save(int times, params string[] files)
    {
        for (var i = 0; i < times; i++)
        {
            _saves.Take(Sent(files));
        }
    }

    private static UpdateSent Sent(params string[] files) => new(7, files, [], 0, 0, TimeSpan.FromMilliseconds(3));

    /// <summary>Its timers ring when the test says so.</summary>
    private sealed class HandClock : TimeProvider
    {
        private readonly List<Alarm> _alarms = [];

        public IReadOnlyList<TimeSpan> Set => [.. _alarms.Select(alarm => alarm.Time)];

        public void Ring()
        {
            foreach (var alarm in _alarms.ToArray())
            {
                alarm.Action();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(_alarms, dueTime, () => callback(state));
            _alarms.Add(alarm);
            return alarm;
        }

        private sealed class Alarm(List<Alarm> alarms, TimeSpan time, Action action) : ITimer
        {
            public TimeSpan Time => time;

            public Action Action => action;

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => alarms.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}

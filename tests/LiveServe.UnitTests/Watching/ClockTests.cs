using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>Times of files and of the machine prove nothing: bytes do.</summary>
public sealed class ClockTests
{
    public static TheoryData<string> ExactSources => ConformanceTests.ExactSources;

    public static TheoryData<string, string> SourcesAndTimes
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var source in ExactSources)
            {
                foreach (var time in new[] { "1970-01-01", "1980-01-01", "2107-12-31" })
                {
                    rows.Add(source.Data, time);
                }
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(SourcesAndTimes))]
    public async Task A_change_counts_whatever_time_the_file_bears(string source, string time)
    {
        var odd = DateTime.SpecifyKind(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"), ("a.bak", "of"));
        foreach (var text in new[] { "new", "six", "old" }) // of one size, at one time
        {
            folder.Write("a.tmp", text);
            File.SetLastWriteTimeUtc(folder.At("a.tmp"), odd);
            File.Move(folder.At("a.tmp"), folder.At("a.html"), overwrite: true);
            Assert.Contains("Modified a.html", await folder.UntilAsync("a.html"));
        }
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task Other_bytes_of_the_same_size_and_time_are_a_change(string source)
    {
        await using var folder = await WatchedFolder.StartAsync(source, ("a.html", "old"));
        var time = File.GetLastWriteTimeUtc(folder.At("a.html"));
        using (var file = File.OpenWrite(folder.At("a.html")))
        {
            file.Write("new"u8);
            File.SetLastWriteTimeUtc(file.SafeFileHandle, time);
        }

        File.SetLastWriteTimeUtc(folder.At("a.html"), time);
        Assert.Equal(["Modified a.html"], await folder.UntilAsync("a.html"));
    }

    [Fact]
    public async Task After_a_sleep_of_the_machine_everything_is_looked_at()
    {
        var clock = new SleepyClock();
        await using var folder = await WatchedFolder.StartAsync(
            "inotify", _ => { }, options => options with { Clock = clock, Source = _ => new SilentSource() }, ("a.html", "old"), ("b.html", "old"), ("c.html", "same"));
        folder.Write("a.html", "new");
        File.Delete(folder.At("b.html"));
        folder.Write("d.html", "new");
        clock.Sleep(TimeSpan.FromHours(1));
        Assert.Equal(["Added d.html", "Modified a.html", "Removed b.html"], await ThreeAsync(folder));
    }

    [Theory, InlineData(3600), InlineData(-3600), InlineData(6)]
    public void A_clock_that_jumps_either_way_is_a_sleep_once(int seconds)
    {
        var clock = new SleepyClock();
        var sense = new SleepSense(clock);
        Assert.False(sense.HasSlept());
        clock.Sleep(TimeSpan.FromSeconds(seconds));
        Assert.True(sense.HasSlept());
        Assert.False(sense.HasSlept());
    }

    [Fact]
    public void A_clock_that_is_kept_in_time_is_no_sleep()
    {
        var clock = new SleepyClock();
        var sense = new SleepSense(clock);
        for (var i = 0; i < 100; i++)
        {
            clock.Sleep(TimeSpan.FromSeconds(1));
            Assert.False(sense.HasSlept());
        }
    }

    [Theory, MemberData(nameof(ExactSources))]
    public async Task What_changed_since_a_moment_is_known_from_the_file_system(string source)
    {
        var before = DateTimeOffset.MinValue;
        await using var folder = await WatchedFolder.StartAsync(
            source,
            f =>
            {
                IntegrationTests.Harness.FileTick.Wait(f.Root);
                before = LiveServe.Files.FileClock.Now;
                f.Write("b.html", "new");
                File.SetLastWriteTimeUtc(f.At("b.html"), DateTime.UnixEpoch); // as an archive does
            },
            files: [("a.html", "old"), ("b.html", "old")]);
        Assert.Equal(["b.html"], folder.ChangedSince(before));
    }

    private static async Task<IEnumerable<string>> ThreeAsync(WatchedFolder folder)
    {
        var changes = new List<string>();
        while (changes.Count < 3)
        {
            changes.AddRange(await folder.UntilNextAsync());
        }

        return changes.Order(StringComparer.Ordinal);
    }

    /// <summary>A source that nobody tells anything.</summary>
    private sealed class SilentSource : IChangeSource
    {
        public Task Armed => Task.CompletedTask;

        public TimeSpan Grain => TimeSpan.Zero;

        public void Start(Action<ChangeHint> report)
        {
            // Nothing to hear.
        }

        public void CatchUp()
        {
            // Nothing to tell.
        }

        public void Rearm()
        {
            // Nothing to arm.
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    /// <summary>The wall clock can be put forward. The look at it that is due now and then is made only then, and at once.</summary>
    private sealed class SleepyClock : TimeProvider
    {
        private readonly Lock _gate = new();
        private readonly List<ITimer> _looks = [];
        private TimeSpan _ahead;
        private bool _hasSlept;

        public override DateTimeOffset GetUtcNow()
        {
            lock (_gate)
            {
                return base.GetUtcNow() + _ahead;
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                var timer = base.CreateTimer(callback, state, dueTime != SleepSense.LookEvery ? dueTime : _hasSlept ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
                _looks.Add(timer);
                return timer;
            }
        }

        public void Sleep(TimeSpan time)
        {
            lock (_gate)
            {
                (_ahead, _hasSlept) = (_ahead + time, true);
                _looks.ForEach(look => look.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
            }
        }
    }
}

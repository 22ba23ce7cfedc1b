using System.Text;
using LiveServe.Content;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>Two saves that follow each other closely: while the first is looked at, the second has emptied the file and written half of it.</summary>
public sealed class HalfSaveTests
{
    private const string Half = "<ul>", Whole = "<ul></ul>";

    [Fact]
    public async Task Half_of_a_save_that_begins_while_the_one_before_is_looked_at_is_never_told()
    {
        var source = new ScriptedSource();
        await using var folder = await WatchedFolder.StartAsync("", _ => { }, options => options with { Source = _ => source }, ("a.html", "<ul>1</ul>"));
        source.Then(() =>
        {
            source.Say("a.html", HintKind.Begun); // the second save had begun: this is how late we hear of it
            folder.Write("a.html", Whole);
            source.Say("a.html", HintKind.Finished);
        });
        folder.Write("a.html", Half);
        source.Say("a.html", HintKind.Finished); // the first save's end

        var change = Assert.Single((await folder.NextAsync()).Changes);
        Assert.Equal(HashOf(Whole), change.Hash);
    }

    [Fact]
    public async Task What_is_written_without_a_pause_is_told_all_the_same()
    {
        var source = new ScriptedSource();
        await using var folder = await WatchedFolder.StartAsync("", _ => { }, options => options with { Source = _ => source }, ("a.log", "0"));
        source.Always(() => source.Say("a.log", HintKind.Begun));
        folder.Write("a.log", "1");
        source.Say("a.log", HintKind.Begun);

        Assert.Equal(HashOf("1"), Assert.Single((await folder.NextAsync()).Changes).Hash);
    }

    [Fact]
    public async Task What_somebody_missed_while_it_was_away_is_told_when_it_is_back_although_it_is_what_it_was()
    {
        var source = new ScriptedSource();
        await using var folder = await WatchedFolder.StartAsync("", _ => { }, options => options with { Source = _ => source }, ("data/a.json", "1"), ("data/b.json", "1"));
        source.Say("data", HintKind.FolderGone); // it was moved away, and is back before it counts as gone
        folder.Missed("data/a.json");
        folder.Missed("data/unknown.json");
        source.Say("data/a.json", HintKind.Finished);
        source.Say("data/b.json", HintKind.Finished);

        Assert.Equal(["Modified data/a.json"], await folder.UntilNextAsync());
    }

    private static ContentHash HashOf(string text) => ContentHash.Of(Encoding.UTF8.GetBytes(text));

    /// <summary>A source that says what it is told to say, and does what a writer would when it is asked for the rest.</summary>
    private sealed class ScriptedSource : IChangeSource
    {
        private readonly Queue<Action> _onCatchUp = new();
        private Action<ChangeHint> _report = _ => { };
        private Action _always = () => { };

        public Task Armed => Task.CompletedTask;

        public TimeSpan Grain => TimeSpan.Zero;

        public void Start(Action<ChangeHint> report) => _report = report;

        public void Say(string path, HintKind kind) => _report(new ChangeHint(path, kind));

        public void Then(Action step) => _onCatchUp.Enqueue(step);

        public void Always(Action step) => _always = step;

        public void CatchUp()
        {
            _always();
            if (_onCatchUp.TryDequeue(out var step))
            {
                step();
            }
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
}

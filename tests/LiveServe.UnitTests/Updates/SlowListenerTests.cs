using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;
using LiveServe.Watching;

namespace LiveServe.UnitTests.Updates;

/// <summary>Who does not keep up with the saves gets them in one message, later.</summary>
public sealed class SlowListenerTests
{
    private readonly Channel<ChangeBatch> _batches = Channel.CreateUnbounded<ChangeBatch>();
    private readonly UpdateHub _hub;
    private readonly Queue<TaskCompletionSource> _published = new();

    public SlowListenerTests()
    {
        _hub = new UpdateHub("boot", new Site(), new PlanOptions(), _ => _published.Dequeue().SetResult());
        _ = _hub.RunAsync(_batches.Reader, path => path, defect => throw defect);
    }

    [Fact]
    public async Task What_it_missed_while_it_was_behind_comes_in_one_message_with_the_newest_number()
    {
        var (slow, fast) = (Open("c1"), Open("c2"));
        await SaveAsync("a.css");
        slow.IsSlow = true;
        await SaveAsync("b.css");
        await SaveAsync("c.css");
        await SaveAsync("b.css");
        slow.IsSlow = false;
        _hub.CatchUp(slow);
        Assert.Equal(["1: a.css", "4: b.css c.css"], slow.Told);
        Assert.Equal(["1: a.css", "2: b.css", "3: c.css", "4: b.css"], fast.Told);
    }

    [Fact]
    public async Task The_next_save_brings_what_was_missed_before_it()
    {
        var slow = Open("c1");
        slow.IsSlow = true;
        await SaveAsync("a.css");
        slow.IsSlow = false;
        await SaveAsync("b.css");
        _hub.CatchUp(slow);
        Assert.Equal(["2: a.css b.css"], slow.Told);
    }

    [Fact]
    public async Task Who_has_missed_nothing_is_told_nothing()
    {
        var slow = Open("c1");
        await SaveAsync("a.css");
        _hub.CatchUp(slow);
        Assert.Equal(["1: a.css"], slow.Told);
    }

    [Fact]
    public async Task A_reload_in_between_is_no_reason_to_tell_everybody_anew()
    {
        var client = Open("c1");
        _hub.ReloadAll("asked for");
        await SaveAsync("a.css");
        Assert.Equal(["1: ", "2: a.css"], client.Told);
    }

    [Fact]
    public async Task What_is_forgotten_meanwhile_is_a_reload()
    {
        var slow = Open("c1");
        slow.IsSlow = true;
        await SaveAsync([.. Enumerable.Range(0, 15_000).Select(i => $"{i}.css")]);
        await SaveAsync([.. Enumerable.Range(0, 15_000).Select(i => $"{i}.css")]);
        slow.IsSlow = false;
        _hub.CatchUp(slow);
        Assert.Equal(["2: "], slow.Told);
        Assert.Equal("reload", slow.Last.GetProperty("items")[0].GetProperty("kind").GetString());
    }

    private Client Open(string id)
    {
        var client = new Client(id);
        _hub.Add(client, announced: false, _ => Frame.Of(Opcode.Text, "{}"u8));
        return client;
    }

    private async Task SaveAsync(params string[] paths)
    {
        var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _published.Enqueue(published);
        _batches.Writer.TryWrite(new ChangeBatch([.. paths.Select(path => new FileChange(path, ChangeKind.Modified, default))], 0));
        await published.Task;
    }

    private sealed class Client(string id) : Connection(id)
    {
        public bool IsSlow { get; set; }

        public List<string> Told { get; } = [];

        public JsonElement Last { get; private set; }

        public override bool IsBehind => IsSlow;

        public override bool TryPost(ReadOnlyMemory<byte> frame)
        {
            Last = JsonDocument.Parse(Encoding.UTF8.GetString(Frame.PayloadOf(frame).Span)).RootElement;
            if (Last.TryGetProperty("seq", out var seq))
            {
                Told.Add($"{seq}: {string.Join(' ', Last.GetProperty("files").EnumerateArray())}");
            }

            return true;
        }

        public override void Close(int code, string reason) => throw new InvalidOperationException(reason);

        public override Task RunAsync(Func<Received, ValueTask> handle) => Task.CompletedTask;

        public override void Beat(long now)
        {
            // It has no heart.
        }
    }

    private sealed class Site : ISiteKnowledge
    {
        public string AddressOf(string url) => url;

        public UsageGraph Usage { get; } = new();

        public Source? SourceAt(string url) => null;

        public string? SheetText(string url) => null;

        public void Changed(string path, DateTimeOffset time)
        {
            // Nothing is kept.
        }

        public Task<IReadOnlyList<string>> ChangedSinceAsync(DateTimeOffset time, IReadOnlyCollection<string> resources) =>
            Task.FromResult<IReadOnlyList<string>>([]);
    }
}

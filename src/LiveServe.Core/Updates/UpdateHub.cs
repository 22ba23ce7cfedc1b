using System.Diagnostics;
using System.Threading.Channels;
using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Watching;

namespace LiveServe.Updates;

/// <summary>A batch as it went out, for the terminal.</summary>
/// <param name="Items">What pages were told to do, each thing once.</param>
/// <param name="Pages">How many pages got something to do.</param>
/// <param name="PlainClients">How many others heard of it.</param>
/// <param name="Elapsed">From the first event to the last client's outbox.</param>
internal sealed record BatchSent(
    long Seq, IReadOnlyList<string> Files, IReadOnlyList<UpdateItem> Items, int Pages, int PlainClients, TimeSpan Elapsed);

/// <summary>
/// The only owner of the journal and of the list of listeners: it numbers batches, tells each listener what concerns it, and tells
/// returning pages what they missed. Nothing is sent while its lock is held: a post is a queue's write.
/// </summary>
internal sealed class UpdateHub(string boot, ISiteKnowledge site, PlanOptions options, Action<BatchSent> report)
{
    private const string TooMuch = "too much changed while the page was away";

    private readonly Lock _gate = new();
    private readonly Journal _journal = new();
    private readonly Dictionary<Connection, Listener> _listeners = [];
    private TaskCompletionSource? _pause;
    private long _seq;

    /// <summary>Told of every problem that pages are told of, while the hub's lock is held.</summary>
    public Action<Problem>? Told { get; init; }

    /// <summary>The number of the newest batch.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>Whether batches wait. What changes meanwhile goes out at once when they no longer do.</summary>
    public bool IsPaused
    {
        get => Volatile.Read(ref _pause) is not null;
        set
        {
            lock (_gate)
            {
                if (value)
                {
                    _pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
                else
                {
                    _pause?.SetResult();
                    _pause = null;
                }
            }
        }
    }

    /// <summary>The addresses of the open pages that have said theirs, each as often as it is open.</summary>
    public IReadOnlyList<string> Pages
    {
        get
        {
            lock (_gate)
            {
                return [.. _listeners.Values.Select(listener => listener.View?.Target?.Path).OfType<string>().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Publishes batches until there are no more. A failure is for the caller to show; the next batch is not lost by it.</summary>
    /// <param name="nameOf">What a changed file is called here, from its path below the place that is watched.</param>
    public async Task RunAsync(ChannelReader<ChangeBatch> batches, Func<string, string> nameOf, Action<Exception> failed)
    {
        await foreach (var batch in batches.ReadAllAsync())
        {
            if (Volatile.Read(ref _pause) is { } pause)
            {
                await pause.Task;
            }

            try
            {
                Publish([.. batch.Changes.Select(change => change with { Path = nameOf(change.Path) })], batch.FirstSeenTimestamp);
            }
#pragma warning disable CA1031 // The edge of the loop: a defect in one batch is shown, and the loop lives.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                failed(defect);
            }
        }
    }

    /// <summary>A socket has opened: it is greeted with the newest number, and hears of every batch after that one.</summary>
    /// <param name="announced">Whether it will say <c>hello</c>.</param>
    /// <param name="greeting">Makes the first frame.</param>
    public void Add(Connection socket, bool announced, Func<long, byte[]> greeting)
    {
        lock (_gate)
        {
            socket.TryPost(greeting(_journal.Seq));
            _listeners[socket] = new Listener(socket, announced);
        }
    }

    /// <summary>A socket has ended.</summary>
    public void Remove(Connection socket)
    {
        lock (_gate)
        {
            _listeners.Remove(socket);
        }
    }

    /// <summary>Every page is loaded again, whatever it shows.</summary>
    /// <returns>How many.</returns>
    public int ReloadAll(string why)
    {
        lock (_gate)
        {
            Volatile.Write(ref _seq, _journal.Add([]));
            var frame = Messages([]).Frame(null, [new ReloadItem(why)]);
            foreach (var listener in _listeners.Values)
            {
                listener.Socket.TryPost(frame);
            }

            return _listeners.Count;
        }
    }

    /// <summary>A page introduces itself: it gets what it missed, in one message, or nothing.</summary>
    public async ValueTask HelloAsync(Connection socket, Hello hello)
    {
        var changedMeanwhile = await ChangedMeanwhileAsync(socket, hello);
        lock (_gate)
        {
            if (!_listeners.TryGetValue(socket, out var listener))
            {
                return;
            }

            listener.Hello(hello.Page);
            listener.MissedSince = null;
            var missed = Missed(hello, changedMeanwhile, out var forgotten);
            var messages = Messages(missed);
            if (forgotten is not null && options.Mode != ReloadMode.None)
            {
                socket.TryPost(messages.Frame(null, [new ReloadItem(forgotten)]));
            }
            else
            {
                Tell(listener, messages);
            }
        }
    }

    /// <summary>
    /// A client that was behind has caught up: it gets what went out meanwhile in one message. Until then nothing is queued for it, so that a paused
    /// page is not closed for a busy project.
    /// </summary>
    public void CatchUp(Connection socket)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(socket, out var listener) && listener.MissedSince is { } since)
            {
                TellMissed(listener, since);
            }
        }
    }

    /// <summary>A page tells what it has loaded.</summary>
    public void Add(Connection socket, Resources resources)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(socket, out var listener))
            {
                listener.Add(resources);
            }
        }
    }

    /// <summary>The address of the page behind a socket, if it has said it.</summary>
    public string? PageOf(Connection socket)
    {
        lock (_gate)
        {
            return _listeners.TryGetValue(socket, out var listener) ? listener.View?.Target?.Path : null;
        }
    }

    /// <summary>Pages that were made from one source are loaded again, although no file changed. It counts as a batch.</summary>
    public void Reload(ContentHash doc, string why)
    {
        lock (_gate)
        {
            var pages = _listeners.Values.Where(listener => listener.View?.Doc == doc).ToList();
            if (pages.Count == 0 || options.Mode == ReloadMode.None)
            {
                return;
            }

            Volatile.Write(ref _seq, _journal.Add([]));
            var frame = Messages([]).Frame(null, [new ReloadItem(why)]);
            pages.ForEach(page => page.Socket.TryPost(frame));
        }
    }

    /// <summary>Tells every page that has said what it shows, but for those that were made from <paramref name="except"/>.</summary>
    public void Tell(Problem problem, ContentHash except)
    {
        lock (_gate)
        {
            var frame = Frame.Of(Opcode.Text, Wire.Serialize(problem with { Seq = Seq }));
            foreach (var listener in _listeners.Values.Where(listener => listener.View is { } view && view.Doc != except))
            {
                listener.Socket.TryPost(frame);
            }

            Told?.Invoke(problem);
        }
    }

    private void Publish(IReadOnlyList<FileChange> changes, long firstSeen)
    {
        var (pages, plain) = (0, 0);
        var told = new HashSet<UpdateItem>();
        lock (_gate)
        {
            Volatile.Write(ref _seq, _journal.Add(changes));
            var time = DateTimeOffset.UtcNow;
            foreach (var change in changes)
            {
                site.Changed("/" + change.Path, time);
            }

            var messages = Messages(changes, time);
            foreach (var listener in _listeners.Values)
            {
                if (listener.Socket.IsBehind)
                {
                    listener.MissedSince ??= Seq - 1;
                    continue; // it is told when it has caught up
                }

                var items = listener.MissedSince is { } since ? TellMissed(listener, since) : Tell(listener, messages);
                plain += listener.View == PageView.Plain ? 1 : 0;
                pages += items.Count > 0 && listener.View != PageView.Plain ? 1 : 0;
                told.UnionWith(items);
            }
        }

        report(new BatchSent(Seq, [.. changes.Select(change => change.Path)], [.. told], pages, plain, Stopwatch.GetElapsedTime(firstSeen)));
    }

    private IReadOnlyList<UpdateItem> TellMissed(Listener listener, long since)
    {
        listener.MissedSince = null;
        if (_journal.Since(since) is { } missed)
        {
            return Tell(listener, Messages(missed));
        }

        UpdateItem[] all = [new ReloadItem(TooMuch)];
        listener.Socket.TryPost(Messages([]).Frame(null, all));
        return all;
    }

    // A plain client hears of every batch. A page that has not said hello yet gets this one then.
    private IReadOnlyList<UpdateItem> Tell(Listener listener, UpdateMessages messages)
    {
        if (listener.View is not { } view)
        {
            return [];
        }

        var path = view.Target?.Path;
        var items = UpdatePlan.For(messages.Changes, view, () => messages.SourceAt(path!), options);
        if (items.Count > 0 || (view == PageView.Plain && messages.Changes.Count > 0))
        {
            listener.Socket.TryPost(messages.Frame(path, items));
        }

        if (items is [.., HtmlItem html])
        {
            listener.WillShow(ContentHash.Parse(html.To)!.Value);
        }

        return items;
    }

    // We were restarted: the page's own document is compared by content, everything else by when it changed.
    private async ValueTask<IReadOnlyList<string>> ChangedMeanwhileAsync(Connection socket, Hello hello)
    {
        if (hello.Boot is null || hello.Boot == boot || hello.Time is not { } heard)
        {
            return [];
        }

        IReadOnlyCollection<string> resources;
        lock (_gate)
        {
            resources = _listeners.TryGetValue(socket, out var listener) ? [.. listener.Resources] : [];
        }

        var own = RequestTarget.Parse(hello.Page.Url, "", out _) is { } target ? SiteLocator.Candidates(target) : [];
        IReadOnlyList<string> fallback = options.AppPage is { } page ? [page] : [];
        return [.. own, .. fallback, .. await site.ChangedSinceAsync(heard, resources)];
    }

    private IEnumerable<FileChange> Missed(Hello hello, IReadOnlyList<string> changedMeanwhile, out string? forgotten)
    {
        forgotten = null;
        if (hello.Boot is null)
        {
            return []; // it does not say what it knows, so it cannot have missed anything
        }

        if (hello.Boot != boot)
        {
            // What went out while we looked around: it was not in what we saw, and the page was not told.
            var sent = _journal.Since(0);
            forgotten = options.ReloadsAfterRestart && ContentHash.Parse(hello.Page.Doc) is null ? "the app was started again"
                : hello.Time is null ? "the page is older than this server"
                : sent is null ? TooMuch : null;
            return changedMeanwhile.Select(path => new FileChange(path, ChangeKind.Added, default)) // or modified: nobody saw
                .Concat(sent ?? []).DistinctBy(change => change.Path, StringComparer.Ordinal);
        }

        var since = _journal.Since(hello.Seq ?? 0);
        forgotten = since is null ? TooMuch : null;
        return since ?? [];
    }

    private UpdateMessages Messages(IEnumerable<FileChange> changes, DateTimeOffset? time = null) =>
        new(_journal.Seq, time ?? DateTimeOffset.UtcNow, [.. changes.Select(change => ChangedFile.Of(change.Path, site.Usage, change.Kind))], site);
}

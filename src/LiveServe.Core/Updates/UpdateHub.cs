using System.Diagnostics;
using System.Threading.Channels;
using LiveServe.Content;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Watching;

namespace LiveServe.Updates;

/// <summary>What the hub needs to know of the site.</summary>
/// <param name="DocumentAt">The source that a page at an address would be made from now.</param>
/// <param name="WasRequested">Whether a file may have been asked for since we started.</param>
/// <param name="Known">Completes when every file has been looked at once; before that <paramref name="ChangedSince"/> would leave some out.</param>
/// <param name="ChangedSince">The files that changed after a moment, as the file system tells; used after a restart.</param>
internal sealed record SiteKnowledge(
    Func<string, ContentHash?> DocumentAt, Func<string, bool> WasRequested, Task Known, Func<DateTimeOffset, IReadOnlyList<string>> ChangedSince);

/// <summary>A batch as it went out, for the terminal.</summary>
/// <param name="Pages">How many clients got something to do.</param>
/// <param name="Action"><c>reload</c>, <c>css</c> or <c>none</c>: the strongest that was sent.</param>
/// <param name="Elapsed">From the first event to the last client's outbox.</param>
internal sealed record BatchSent(long Seq, IReadOnlyList<string> Files, int Pages, string Action, TimeSpan Elapsed);

/// <summary>
/// The only owner of the journal and of the list of listeners: it numbers batches, tells each listener what concerns it, and tells
/// returning pages what they missed. Nothing is sent while its lock is held: a post is a queue's write.
/// </summary>
internal sealed class UpdateHub(string boot, SiteKnowledge site, PlanOptions options, Action<BatchSent> report)
{
    private readonly Lock _gate = new();
    private readonly Journal _journal = new();
    private readonly Dictionary<SocketConnection, Listener> _listeners = [];
    private long _seq;

    /// <summary>The number of the newest batch.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>Publishes batches until there are no more. A failure is for the caller to show; the next batch is not lost by it.</summary>
    public async Task RunAsync(ChannelReader<ChangeBatch> batches, Action<Exception> failed)
    {
        await foreach (var batch in batches.ReadAllAsync())
        {
            try
            {
                Publish(batch.Changes, batch.FirstSeenTimestamp);
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
    public void Add(SocketConnection socket, bool announced, Func<long, byte[]> greeting)
    {
        lock (_gate)
        {
            socket.TryPost(greeting(_journal.Seq));
            _listeners[socket] = new Listener(socket, announced);
        }
    }

    /// <summary>A socket has ended.</summary>
    public void Remove(SocketConnection socket)
    {
        lock (_gate)
        {
            _listeners.Remove(socket);
        }
    }

    /// <summary>A page introduces itself: it gets what it missed, in one message, or nothing.</summary>
    public async ValueTask HelloAsync(SocketConnection socket, Hello hello)
    {
        if (hello.Boot is not null && hello.Boot != boot)
        {
            await site.Known; // a page of an earlier process may be back before we have looked around
        }

        lock (_gate)
        {
            if (!_listeners.TryGetValue(socket, out var listener))
            {
                return;
            }

            listener.Hello(hello.Page, loadedBefore: hello.Boot is not null && hello.Boot != boot);
            var missed = Missed(hello, out var forgotten);
            var items = forgotten is null ? Plan(missed, listener.View!) : [new ReloadItem(forgotten)];
            if (items.Count > 0)
            {
                socket.TryPost(Message(missed, items));
            }
        }
    }

    /// <summary>A page tells what it has loaded.</summary>
    public void Add(SocketConnection socket, Resources resources)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(socket, out var listener))
            {
                listener.Add(resources);
            }
        }
    }

    private void Publish(IReadOnlyList<FileChange> changes, long firstSeen)
    {
        var pages = 0;
        var action = "none";
        lock (_gate)
        {
            Volatile.Write(ref _seq, _journal.Add(changes));
            var documents = new Dictionary<string, ContentHash?>(StringComparer.Ordinal);
            var plain = new Lazy<byte[]>(() => Message(changes, Plan(changes, PageView.Plain)));
            foreach (var listener in _listeners.Values)
            {
                if (listener.View is not { } view)
                {
                    continue; // it will say hello, and then gets this too
                }

                var items = Plan(changes, view, documents);
                if (items.Count == 0)
                {
                    continue;
                }

                listener.Socket.TryPost(view == PageView.Plain ? plain.Value : Message(changes, items));
                pages++;
                action = items.Any(item => item is ReloadItem) ? "reload" : action == "none" ? "css" : action;
            }
        }

        report(new BatchSent(Seq, [.. changes.Select(change => change.Path)], pages, action, Stopwatch.GetElapsedTime(firstSeen)));
    }

    private IReadOnlyList<FileChange> Missed(Hello hello, out string? forgotten)
    {
        forgotten = null;
        if (hello.Boot is null)
        {
            return []; // it does not say what it knows, so it cannot have missed anything
        }

        if (hello.Boot == boot)
        {
            var since = _journal.Since(hello.Seq ?? 0);
            forgotten = since is null ? "too much changed while the page was away" : null;
            return since ?? [];
        }

        if (hello.Time is not { } heard)
        {
            forgotten = "the page is older than this server";
            return [];
        }

        // We were restarted. The page's own document is compared by content, everything else by when it changed.
        var own = RequestTarget.Parse(hello.Page.Url, "", out _) is { } target ? SiteLocator.Candidates(target) : [];
        return [.. site.ChangedSince(heard).Concat(own).Distinct().Select(path => new FileChange(path, ChangeKind.Modified, default))];
    }

    private IReadOnlyList<UpdateItem> Plan(IReadOnlyList<FileChange> changes, PageView view, Dictionary<string, ContentHash?>? documents = null) =>
        UpdatePlan.For(changes, view, () => DocumentOf(view, documents), site.WasRequested, options);

    // Many tabs show one page: its source is looked at once per batch.
    private ContentHash? DocumentOf(PageView view, Dictionary<string, ContentHash?>? documents)
    {
        var url = view.Target!.Path;
        if (documents is null || !documents.TryGetValue(url, out var hash))
        {
            hash = site.DocumentAt(UpdatePlan.UrlOf(url[1..]));
            documents?.Add(url, hash);
        }

        return hash;
    }

    private byte[] Message(IReadOnlyList<FileChange> changes, IReadOnlyList<UpdateItem> items)
    {
        var more = changes.Count - Updated.MaximumFiles;
        return Frame.Of(Opcode.Text, Wire.Serialize(new Updated(
            _journal.Seq, DateTimeOffset.UtcNow, [.. changes.Take(Updated.MaximumFiles).Select(change => change.Path)], more > 0 ? more : null, items)));
    }
}

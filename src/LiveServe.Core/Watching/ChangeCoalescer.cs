namespace LiveServe.Watching;

/// <summary>
/// Collects hints until what they belong to is over: a lone save goes out after the blink that tells it from a burst, a burst once it is
/// quiet. Told the time in milliseconds, owns no timer.
/// </summary>
/// <param name="fixedWait">A quiet period of the user's choice for everything, in milliseconds; <see langword="null"/> adapts.</param>
/// <param name="isLight">Whether a file, by its path, is exchanged where pages show it: such a save is waited for less, since no page loads again for it.</param>
/// <param name="grain">How far apart hints of one moment may come now, in milliseconds: a poll's round. None when each is told at once.</param>
internal sealed class ChangeCoalescer(long? fixedWait, Predicate<string>? isLight = null, Func<long>? grain = null)
{
    /// <summary>A file that is gone for less was saved, not deleted.</summary>
    public const long GoneFor = 100;

    private const int SmallBatch = 2, MediumBatch = 20;
    private const long Blink = 3, LightBlink = 1, MediumQuiet = 25, LargeQuiet = 80, WritingQuiet = 100, AppearedQuiet = 25;
    private const long HoldStep = 20, RunEnds = 100;
    private const long LongestWait = 500, LongestWaitOfMany = 2000;

    private readonly Dictionary<string, (HintKind Kind, long At)> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _spellings = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _run = new(StringComparer.Ordinal);
    private long _firstAt;
    private long _lastAt;

    /// <summary>When there is something to take; <see langword="null"/> while nothing is pending.</summary>
    public long? DueAt
    {
        get
        {
            if (_pending.Count == 0)
            {
                return null;
            }

            var quiet = _lastAt + (fixedWait ?? Quiet);
            var settled = IsSmall ? _pending.Values.Min(SettledAt) : _pending.Values.Max(SettledAt);
            return Math.Min(Math.Max(quiet, settled), _firstAt + LongestPatience);
        }
    }

    /// <summary>Takes in a hint of a file.</summary>
    public void Add(string path, HintKind kind, long at)
    {
        if (at - _lastAt >= RunEnds)
        {
            _run.Clear();
        }

        _run.Add(path);
        _firstAt = _pending.Count == 0 ? at : _firstAt;
        _lastAt = at;
        if (kind != HintKind.Touched)
        {
            _pending[path] = (kind, at);
        }
        else
        {
            _pending.TryAdd(path, (HintKind.Finished, at)); // must not end the wait for a writer that is at work
        }

        JoinSpellings(path, at);
    }

    /// <summary>Whether something is still to be said of a file.</summary>
    public bool IsPending(string path) => _pending.ContainsKey(path);

    /// <summary>Nothing more is to be said of a file: it came and went unseen.</summary>
    public void Forget(string path)
    {
        Remove(path);
        _run.Remove(path);
    }

    /// <summary>Something larger is still going on: what is pending waits for another quiet period.</summary>
    public void Hold(long at) => (_firstAt, _lastAt) = (at, at + HoldStep);

    /// <summary>The paths that are due, each with the last hint of it; a small batch leaves behind what is not settled yet.</summary>
    public IReadOnlyList<ChangeHint> Take(long at)
    {
        if (DueAt is not { } due || at < due)
        {
            return [];
        }

        var everything = !IsSmall || at >= _firstAt + LongestPatience;
        var taken = _pending.Where(pair => SettledAt(pair.Value) <= at || (everything && pair.Value.Kind != HintKind.Gone)).Select(pair => new ChangeHint(pair.Key, pair.Value.Kind)).ToList();
        foreach (var hint in taken)
        {
            Remove(hint.Path);
        }

        _firstAt = at;
        return taken;
    }

    // A name that goes while another comes that differs in case only is a rename and no save: both go out together, and at once.
    private void JoinSpellings(string path, long at)
    {
        if (_spellings.TryGetValue(path, out var other) && other != path && _pending.ContainsKey(other))
        {
            var gone = _pending[path].Kind == HintKind.Gone ? path : other;
            var came = gone == path ? other : path;
            if (_pending[gone].Kind == HintKind.Gone && _pending[came].Kind != HintKind.Gone)
            {
                _pending[gone] = (HintKind.Gone, at - GoneFor);
                _pending[came] = (_pending[came].Kind == HintKind.Appeared ? HintKind.Finished : _pending[came].Kind, at);
            }
        }

        _spellings[path] = path;
    }

    private void Remove(string path)
    {
        _pending.Remove(path);
        _spellings.Remove(path);
    }

    private bool IsSmall => _pending.Count <= SmallBatch;

    private long Quiet => Math.Max(3 * (grain?.Invoke() ?? 0), Largest switch { <= SmallBatch => LoneQuiet, <= MediumBatch => MediumQuiet, _ => LargeQuiet });

    // Two files saved by one key press are some milliseconds apart. Where one of them may make pages load again, they go out together.
    private long LoneQuiet => isLight is not null && _pending.Keys.All(path => isLight(path)) ? LightBlink : Blink;

    // Files that follow each other closely belong together, although the first of them are sent already.
    private int Largest => Math.Max(_run.Count, _pending.Count);

    private long LongestPatience => Largest > MediumBatch ? LongestWaitOfMany : LongestWait;

    private static long SettledAt((HintKind Kind, long At) pending) => pending.At + pending.Kind switch
    {
        HintKind.Begun => WritingQuiet,
        HintKind.Appeared => AppearedQuiet,
        HintKind.Gone => GoneFor,
        _ => 0,
    };
}

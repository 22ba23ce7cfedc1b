namespace LiveServe;

/// <summary>
/// Saves that no open page uses, on their way to the terminal: 1 the first one is said, 2 while its span lasts, further ones of the same files are
/// marked as repeats and counted, 3 at the span's end the count is told and a longer span begins. A lone repeat is not told: what we said may itself
/// have been written into the folder (<c>liveserve | tee log.txt</c>), and saying so would go on for ever.
/// </summary>
internal sealed class RepeatedSaves(Action<ServerEvent> report, TimeProvider clock) : IDisposable
{
    /// <summary>How long the first span lasts; each one after it twice as long.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>No span lasts longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // A batch of more files is a checkout or a build, and not the same one twice.
    private const int MostFiles = 20, MostSpans = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Span> _spans = new(StringComparer.Ordinal);
    private bool _isOver;

    /// <summary>Reports a batch, as a repeat if it is one.</summary>
    public void Take(UpdateSent sent) => report(sent.Pages == 0 && sent.Files.Count <= MostFiles && IsRepeat(sent.Files) ? sent with { IsRepeat = true } : sent);

    /// <summary>Forgets what was counted; nothing is told any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach (var span in _spans.Values)
            {
                span.End?.Dispose();
            }

            _spans.Clear();
        }
    }

    private bool IsRepeat(IReadOnlyList<string> files)
    {
        var key = string.Join('\n', files);
        lock (_gate)
        {
            if (_spans.TryGetValue(key, out var span))
            {
                span.Repeats++;
                return true;
            }

            if (!_isOver && _spans.Count < MostSpans)
            {
                _spans[key] = new Span { Length = First, End = EndAfter(First, key, files) };
            }

            return false;
        }
    }

    private void End(string key, IReadOnlyList<string> files)
    {
        int repeats;
        lock (_gate)
        {
            if (!_spans.TryGetValue(key, out var span))
            {
                return;
            }

            span.End?.Dispose();
            repeats = span.Repeats;
            if (repeats < 2)
            {
                _spans.Remove(key);
                return;
            }

            span.Repeats = 0;
            span.Length = span.Length * 2 < Longest ? span.Length * 2 : Longest;
            span.End = EndAfter(span.Length, key, files);
        }

        var names = files.Count == 1 ? files[0] : $"{files[0]} and {files.Count - 1} more";
        report(new WarningRaised($"{names}: {repeats} more changes that no open page uses.", $"If a program writes there all the time: --ignore \"{files[0]}\"."));
    }

    private ITimer EndAfter(TimeSpan time, string key, IReadOnlyList<string> files) => clock.CreateTimer(_ => End(key, files), null, time, Timeout.InfiniteTimeSpan);

    private sealed class Span
    {
        public TimeSpan Length { get; set; }

        public int Repeats { get; set; }

        public ITimer? End { get; set; }
    }
}

namespace LiveServe.Cli;

/// <summary>
/// One line per save: the file, what was done, in how many pages, in how many milliseconds. It is written when every page has said what it did,
/// or <see cref="Patience"/> later: a page that is asleep must not keep a save to itself.
/// </summary>
/// <param name="write">Takes a finished line.</param>
/// <param name="later">Calls back once, after a time, on any thread.</param>
internal sealed class SaveLines(Action<string> write, Action<TimeSpan, Action> later)
{
    /// <summary>How long a line waits for its pages.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly (string Result, string Words)[] Deeds =
    [
        ("reload", "reloaded"), ("patch", "patched"), ("hot", "taken over by"), ("swap", "exchanged in"), ("ignored", "left alone in"),
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Save> _open = [];

    /// <summary>A batch went out.</summary>
    public void Sent(UpdateSent sent)
    {
        if (sent.IsRepeat)
        {
            return; // it will be counted in a line of its own
        }

        var save = new Save(sent, []);
        if (sent.Pages == 0)
        {
            write(sent.PlainClients > 0 ? $"{Files(sent)}   told to {Count(sent.PlainClients, "client")}, {Elapsed(save)} ms" : $"{Files(sent)}   not used by any open page");
            return;
        }

        lock (_gate)
        {
            _open[sent.Seq] = save;
        }

        later(Patience, () => Close(sent.Seq));
    }

    /// <summary>A page did it.</summary>
    public void Applied(UpdateApplied applied)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(applied.Seq, out var save))
            {
                return; // a page that came back and caught up: the line was written when the save was made
            }

            save.Answers.Add(applied);
            if (save.Answers.Count < save.Sent.Pages)
            {
                return;
            }
        }

        Close(applied.Seq);
    }

    private void Close(long seq)
    {
        Save? save;
        lock (_gate)
        {
            if (!_open.Remove(seq, out save))
            {
                return;
            }
        }

        write($"{Files(save.Sent)}   {string.Join("; ", Done(save))}, {Elapsed(save)} ms");
    }

    private static IEnumerable<string> Done(Save save)
    {
        foreach (var (result, words) in Deeds)
        {
            var pages = save.Answers.Where(answer => answer.Result == result).ToList();
            if (pages.Count > 0)
            {
                var reasons = pages.Select(page => page.Why).OfType<string>().Distinct().ToList();
                yield return $"{words} {Count(pages.Count, "page")}{(reasons.Count > 0 ? $" ({string.Join("; ", reasons.Take(3))})" : "")}";
            }
        }

        var silent = save.Sent.Pages - save.Answers.Count;
        if (silent > 0)
        {
            yield return $"sent to {Count(silent, "page")} without an answer yet";
        }
    }

    // What a person waits for: until it was sent, and until the slowest page had done it.
    private static double Elapsed(Save save) =>
        Math.Max(1, Math.Round(save.Sent.Elapsed.TotalMilliseconds + save.Answers.Select(answer => answer.Milliseconds).DefaultIfEmpty().Max()));

    private static string Files(UpdateSent sent) => RecentSaves.InWords(sent.Files);

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private sealed record Save(UpdateSent Sent, List<UpdateApplied> Answers);
}

using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>What happens around the conversation, as lines without a number: folded, and left out for whoever is far behind. Only the room touches it.</summary>
/// <param name="clock">For the times that people see.</param>
internal sealed class RoomLines(Audience audience, TimeProvider clock)
{
    private readonly EventFold _saves = new("saved"), _problems = new("problem"), _recoveries = new("notice"), _arrivals = new("join"), _departures = new("leave");
    private readonly HashSet<string> _arrived = new(StringComparer.Ordinal);

    /// <summary>When <see cref="Tell(long)"/> is wanted next; <see langword="null"/> when nothing is held.</summary>
    public long? Due => new[] { _saves.Due, _problems.Due, _recoveries.Due, _arrivals.Due, _departures.Due }.Min();

    /// <summary>Files were saved.</summary>
    public void Saved(IReadOnlyList<string> files, long now)
    {
        if (files.Count > 0)
        {
            _saves.Add(files[0], null, files.Count, now);
        }
    }

    /// <summary>Something is wrong.</summary>
    public void Problem(string? path, string text, long now) => _problems.Add(path, text, 1, now);

    /// <summary>What was wrong is right again.</summary>
    public void Recovered(string text, long now) => _recoveries.Add(null, text, 1, now);

    /// <summary>People came and went.</summary>
    public void Changed(Presence change, long now)
    {
        if (change.Join is { } joined)
        {
            _arrived.UnionWith(joined.Select(person => person.User));
            _arrivals.Add(null, joined[^1].Name, joined.Count, now);
        }

        if (change.Leave is { } left)
        {
            _departures.Add(null, left[^1].Name, left.Count, now);
        }
    }

    /// <summary>Tells the lines that are due. Who has just come in knows that.</summary>
    public void Tell(long now)
    {
        Tell(_saves, now);
        Tell(_problems, now);
        Tell(_recoveries, now);
        Tell(_departures, now);
        if (Tell(_arrivals, now))
        {
            _arrived.Clear();
        }
    }

    private bool Tell(EventFold fold, long now)
    {
        if (fold.Take(now, clock.GetUtcNow()) is not { } line)
        {
            return false;
        }

        audience.TellLossy(line, member => fold != _arrivals || !_arrived.Contains(member.User));
        return true;
    }
}

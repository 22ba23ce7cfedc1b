using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>What changed among the people between two moments. Pure.</summary>
internal static class PresenceDiff
{
    /// <summary>The difference; <see langword="null"/> when there is none.</summary>
    /// <param name="before">Who was told of, by their public ids.</param>
    public static Presence? Between(IReadOnlyDictionary<string, Person> before, IReadOnlyDictionary<string, Person> now)
    {
        List<Person> joined = [], changed = [];
        foreach (var (user, person) in now)
        {
            if (!before.TryGetValue(user, out var was))
            {
                joined.Add(person);
            }
            else if (!AreAlike(was, person))
            {
                changed.Add(person);
            }
        }

        var left = before.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => pair.Value with { Tabs = 0, Pages = [], State = "idle" }).ToList();
        return joined.Count + changed.Count + left.Count == 0 ? null : new Presence(Join: OrNone(joined), Leave: OrNone(left), Change: OrNone(changed));
    }

    private static List<Person>? OrNone(List<Person> people) => people.Count == 0 ? null : people;

    // A record compares its list by reference.
    private static bool AreAlike(Person one, Person other) => one with { Pages = other.Pages } == other && one.Pages.SequenceEqual(other.Pages, StringComparer.Ordinal);
}

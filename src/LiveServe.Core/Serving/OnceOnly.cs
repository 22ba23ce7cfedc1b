using System.Collections.Concurrent;

namespace LiveServe.Serving;

/// <summary>
/// Says each thing once: a page is loaded again and again, and what is to be said of it stays true. The bound holds off whoever makes up names.
/// </summary>
/// <param name="warn">Takes one sentence, and what to do about it.</param>
internal sealed class OnceOnly(Action<string, string?> warn)
{
    private const int Maximum = 1000;

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Says it, unless it was said before.</summary>
    public void Warn(string message, string? hint)
    {
        if (_told.Count < Maximum && _told.TryAdd(message, true))
        {
            warn(message, hint);
        }
    }
}

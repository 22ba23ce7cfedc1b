using System.Runtime.InteropServices;

namespace LiveServe.Sockets;

/// <summary>
/// What a client that asks for it is told: messages numbered from 1, kept until the client says that it has them, so that a broken answer loses nothing
/// and doubles nothing. Bounded twice, each time by the profile: what was never handed out, and what was and is not acknowledged.
/// </summary>
/// <remarks>Not for several threads: its owner holds a lock.</remarks>
internal sealed class ReplayBuffer(SocketProfile limits)
{
    private readonly List<ReadOnlyMemory<byte>> _kept = [];
    private long _before;     // the number of the last one that is no longer kept
    private int _next;        // what is handed out next, counted among those kept
    private int _known;       // how many of those kept were ever handed out
    private long _knownBytes;
    private long _newBytes;

    /// <summary>How many messages were never handed out.</summary>
    public int Count => _kept.Count - _known;

    /// <summary>Whether there is something to hand out, or to hand out again.</summary>
    public bool HasMore => _next < _kept.Count;

    /// <summary>Whether half of what may wait does.</summary>
    public bool IsBehind => limits.IsBehind(Count, _newBytes);

    /// <summary>Adds a message; <see langword="false"/> when too many were never handed out.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> message)
    {
        if (Count >= limits.Frames || _newBytes + message.Length > limits.Bytes)
        {
            return false;
        }

        Add(message);
        return true;
    }

    /// <summary>Adds the last message, for which there is always room.</summary>
    public void Add(ReadOnlyMemory<byte> message)
    {
        _kept.Add(message);
        _newBytes += message.Length;
    }

    /// <summary>The client has all up to a number, and wants what comes after it. <see langword="false"/> when that is not kept any more, or never was.</summary>
    public bool TryResume(long after)
    {
        if (after < _before || after > _before + _known)
        {
            return false;
        }

        Forget((int)(after - _before));
        _next = 0;
        return true;
    }

    /// <summary>Hands out the next messages.</summary>
    /// <param name="most">How many at the most.</param>
    /// <returns>The number of the first, and the messages; valid until the next call.</returns>
    public (long First, ReadOnlyMemory<byte>[] Messages) Take(int most)
    {
        var first = _before + _next + 1;
        var taken = _kept[_next..Math.Min(_kept.Count, _next + most)].ToArray();
        _next += taken.Length;
        while (_known < _next)
        {
            var length = _kept[_known++].Length;
            (_newBytes, _knownBytes) = (_newBytes - length, _knownBytes + length);
        }

        Trim();
        return (first, taken);
    }

    /// <summary>Forgets what was never handed out.</summary>
    public void Clear()
    {
        _kept.RemoveRange(_known, Count);
        _newBytes = 0;
    }

    // What was handed out long ago has arrived, or the client is lost anyway.
    private void Trim()
    {
        var (count, bytes) = (0, _knownBytes);
        while (count < _next && (_known - count > limits.Frames || bytes > limits.Bytes))
        {
            bytes -= _kept[count++].Length;
        }

        Forget(count);
    }

    private void Forget(int count)
    {
        foreach (var message in CollectionsMarshal.AsSpan(_kept)[..count])
        {
            _knownBytes -= message.Length;
        }

        _kept.RemoveRange(0, count);
        _before += count;
        _known -= count;
        _next = Math.Max(0, _next - count);
    }
}

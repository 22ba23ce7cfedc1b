namespace LiveServe.Inspection;

/// <summary>The last frames of one socket, oldest first. Each has a number, from 0, that stays its own.</summary>
internal sealed class FrameRing
{
    /// <summary>How many frames are kept at the most.</summary>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private FrameRecord[] _records = [];
    private int _start, _count;
    private long _total;

    /// <summary>How many frames there have been; the next one's number.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>Remembers a frame, and forgets the oldest one when there are <see cref="Capacity"/>.</summary>
    /// <returns>By how many bytes what is held grew.</returns>
    public int Add(in FrameRecord frame)
    {
        lock (_gate)
        {
            var grown = frame.Cost;
            if (_count == Capacity)
            {
                grown -= _records[_start].Cost;
                _start = (_start + 1) % _records.Length;
                _count--;
            }
            else if (_count == _records.Length)
            {
                Grow();
            }

            _records[(_start + _count++) % _records.Length] = frame;
            Volatile.Write(ref _total, _total + 1);
            return grown;
        }
    }

    /// <summary>Forgets what is older than <paramref name="time"/>.</summary>
    /// <returns>How many bytes were held by it.</returns>
    public int DropBefore(long time)
    {
        lock (_gate)
        {
            var freed = 0;
            while (_count > 0 && _records[_start].Time < time)
            {
                freed += _records[_start].Cost;
                _records[_start] = default;
                _start = (_start + 1) % _records.Length;
                _count--;
            }

            if (_count == 0)
            {
                (_records, _start) = ([], 0);
            }

            return freed;
        }
    }

    /// <summary>When the oldest frame was seen that is still there; <see cref="long.MaxValue"/> for none.</summary>
    public long OldestTime
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 ? long.MaxValue : _records[_start].Time;
            }
        }
    }

    /// <summary>The frames from number <paramref name="from"/> on that are still there; of more than <paramref name="most"/> the newest.</summary>
    /// <param name="first">The number of the first of them.</param>
    public FrameRecord[] From(long from, int most, out long first)
    {
        lock (_gate)
        {
            first = Math.Max(Math.Max(from, _total - _count), _total - most);
            var frames = new FrameRecord[Math.Max(0, _total - first)];
            for (var i = 0; i < frames.Length; i++)
            {
                frames[i] = _records[(int)((_start + first - (_total - _count) + i) % _records.Length)];
            }

            return frames;
        }
    }

    /// <summary>One frame by its number, if it is still there.</summary>
    public FrameRecord? At(long number) => From(number, Capacity, out var first) is [var frame, ..] && first == number ? frame : null;

    private void Grow()
    {
        var larger = new FrameRecord[Math.Min(Capacity, Math.Max(4, 2 * _count))];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _records[(_start + i) % _records.Length];
        }

        (_records, _start) = (larger, 0);
    }
}

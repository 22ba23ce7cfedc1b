namespace LiveServe.Chat;

/// <summary>How much may be done: so much at once, then so much a second. Told the time, owns no timer.</summary>
internal sealed class Allowance(double capacity, double perSecond)
{
    private readonly double _capacity = capacity;
    private double _left = capacity;
    private long _at;

    /// <summary>Takes one.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <returns>0, or how many milliseconds to wait.</returns>
    public int Take(long now)
    {
        if (now > _at)
        {
            _left = Math.Min(_capacity, _left + ((now - _at) * perSecond / 1000));
            _at = now;
        }

        if (_left < 1)
        {
            return (int)Math.Ceiling((1 - _left) * 1000 / perSecond);
        }

        _left--;
        return 0;
    }
}

/// <summary>So many in any span of so long. Told the time, owns no timer.</summary>
internal sealed class Quota(int most, int spanMs)
{
    private readonly Queue<long> _taken = new();

    /// <summary>Takes one.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <returns>0, or how many milliseconds to wait.</returns>
    public int Take(long now)
    {
        while (_taken.TryPeek(out var oldest) && now - oldest >= spanMs)
        {
            _taken.Dequeue();
        }

        if (_taken.Count == most)
        {
            return (int)Math.Min(spanMs, spanMs - (now - _taken.Peek()));
        }

        _taken.Enqueue(now);
        return 0;
    }
}

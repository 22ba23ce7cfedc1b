namespace LiveServe.Chat;

/// <summary>How much one person may say: ten messages at once, then two a second. Told the time, owns no timer.</summary>
internal sealed class Allowance
{
    private const double Capacity = 10;
    private const double PerMs = 2.0 / 1000;

    private double _left = Capacity;
    private long _at;

    /// <summary>Takes one message's worth.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    /// <returns>0, or how many milliseconds to wait.</returns>
    public int Take(long now)
    {
        _left = Math.Min(Capacity, _left + (Math.Max(0, now - _at) * PerMs));
        _at = now;
        if (_left < 1)
        {
            return (int)Math.Ceiling((1 - _left) / PerMs);
        }

        _left--;
        return 0;
    }
}

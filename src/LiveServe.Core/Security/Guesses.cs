using System.Net;

namespace LiveServe.Security;

/// <summary>
/// Slows guessing: from one address ten wrong attempts at once, then one a second. It is told the time and owns no timer.
/// </summary>
internal sealed class Guesses
{
    /// <summary>Wrong attempts of one address that are judged at once.</summary>
    public const int AtOnce = 10;

    /// <summary>Until one more is judged, in milliseconds.</summary>
    public const int RefillEvery = 1000;

    // What is remembered is bounded; whoever comes when all places are taken shares one.
    private const int MaximumAddresses = 1024;

    private readonly Lock _gate = new();

    // Each wrong attempt takes RefillEvery of an address's time; this is when all that it took has passed (a leaky bucket).
    private readonly Dictionary<IPAddress, long> _takenUntil = [];

    /// <summary>Whether an attempt of <paramref name="peer"/> is judged at all.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    public bool MayTry(IPAddress? peer, long now)
    {
        lock (_gate)
        {
            return _takenUntil.GetValueOrDefault(Place(peer, now), now) - now <= (AtOnce - 1) * RefillEvery;
        }
    }

    /// <summary>An attempt was wrong.</summary>
    /// <param name="now">Monotonic milliseconds.</param>
    public void Note(IPAddress? peer, long now)
    {
        lock (_gate)
        {
            var place = Place(peer, now);
            _takenUntil[place] = Math.Max(_takenUntil.GetValueOrDefault(place, now), now) + RefillEvery;
        }
    }

    private IPAddress Place(IPAddress? peer, long now)
    {
        var place = Peer.NetworkOf(peer);
        if (_takenUntil.Count < MaximumAddresses || _takenUntil.ContainsKey(place))
        {
            return place;
        }

        foreach (var (old, _) in _takenUntil.Where(held => held.Value <= now).ToList())
        {
            _takenUntil.Remove(old);
        }

        return _takenUntil.Count < MaximumAddresses ? place : IPAddress.None;
    }
}

using System.Net.Security;
using LiveServe.Certificates;

namespace LiveServe;

/// <summary>
/// What handshakes show, for as long as the server runs: near its end the certificate is chosen anew, so that a file that was renewed is taken and one of
/// ours is made in time. Asked by handshakes only; nothing ticks.
/// </summary>
internal sealed class ShownIdentity
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromDays(30), LookEvery = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Func<DateTimeOffset, ServerIdentity> _choose;
    private readonly TimeProvider _clock;
    private readonly Action<string, string?> _warn;
    private volatile Shown _shown;

    /// <summary>Chooses for the first time.</summary>
    /// <param name="choose">Chooses the certificate as of a moment.</param>
    /// <param name="warn">Takes one sentence, and what to do about it; the same one is said once.</param>
    /// <exception cref="CertificateException">There is none that can be used.</exception>
    public ShownIdentity(Func<DateTimeOffset, ServerIdentity> choose, TimeProvider clock, Action<string, string?> warn)
    {
        (_choose, _clock, _warn) = (choose, clock, warn);
        _shown = Shown.Of(choose(clock.GetUtcNow()));
    }

    /// <summary>What the next handshake shows.</summary>
    public SslStreamCertificateContext Context
    {
        get
        {
            var now = _clock.GetUtcNow();
            if (now >= _shown.LookAt)
            {
                Look(now);
            }

            return _shown.Context;
        }
    }

    private void Look(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now < _shown.LookAt)
            {
                return; // another handshake has looked meanwhile
            }

            var kept = _shown;
            try
            {
                var chosen = _choose(now);
                kept = chosen.Certificate.Equals(kept.Identity.Certificate) ? kept : Shown.Of(chosen);
            }
            catch (CertificateException problem)
            {
                _warn($"The certificate is not renewed: {problem.Message}", problem.Remedy);
            }

            // Not with each handshake: a file is read, and may be half-written.
            _shown = kept.LookAt > now ? kept : kept with { LookAt = now + LookEvery };
        }
    }

    private sealed record Shown(ServerIdentity Identity, SslStreamCertificateContext Context, DateTimeOffset LookAt)
    {
        public static Shown Of(ServerIdentity identity)
        {
            var (from, to) = (identity.Certificate.NotBefore.ToUniversalTime(), identity.Certificate.NotAfter.ToUniversalTime());
            var notice = (to - from) / 3 is var third && third < LongestNotice ? third : LongestNotice;
            return new(identity, SslStreamCertificateContext.Create(identity.Certificate, identity.Chain, offline: true), new DateTimeOffset(to) - notice); // what is missing is not fetched
        }
    }
}

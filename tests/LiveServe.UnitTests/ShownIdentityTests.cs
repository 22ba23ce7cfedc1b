using LiveServe.Certificates;
using LiveServe.UnitTests.Certificates;

namespace LiveServe.UnitTests;

/// <summary>A certificate ends while the server runs.</summary>
public sealed class ShownIdentityTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string> _warnings = [];
    private readonly List<DateTimeOffset> _asked = [];
    private readonly SetClock _clock = new() { Now = Start };

    [Theory]
    [InlineData(365, 335)] // a month before its end
    [InlineData(9, 6)]     // and of a short life the last third
    public void It_is_chosen_anew_before_its_end_and_not_sooner(int days, int lookAfter)
    {
        var shown = Showing(now => new(Made.Certificate(now, now.AddDays(days)), []));
        var first = shown.Context.TargetCertificate;
        _clock.Now = Start.AddDays(lookAfter).AddHours(-1);
        Assert.Same(first, shown.Context.TargetCertificate);
        Assert.Single(_asked);

        _clock.Now = Start.AddDays(lookAfter).AddHours(1);
        var second = shown.Context.TargetCertificate;
        Assert.NotEqual(first, second);
        Assert.Same(second, shown.Context.TargetCertificate);
        Assert.Equal([Start, _clock.Now], _asked);
    }

    [Fact]
    public void While_there_is_no_newer_one_it_is_looked_for_once_an_hour()
    {
        var only = new ServerIdentity(Made.Certificate(Start.AddDays(-10), Start.AddDays(1)), []);
        var shown = Showing(_ => only);
        for (var minutes = 0; minutes < 180; minutes += 5)
        {
            _clock.Now = Start.AddMinutes(minutes);
            Assert.Same(only.Certificate, shown.Context.TargetCertificate);
        }

        Assert.Equal(1 + 3, _asked.Count);
    }

    [Fact]
    public void What_cannot_be_renewed_is_shown_on_and_said()
    {
        var shown = Showing(now => now == Start ? new(Made.Certificate(Start, Start.AddDays(3)), []) : throw new CertificateException("The file is gone.", "Bring it back."));
        var first = shown.Context.TargetCertificate;
        _clock.Now = Start.AddDays(5);
        Assert.Same(first, shown.Context.TargetCertificate);
        Assert.Equal(["The certificate is not renewed: The file is gone. Bring it back."], _warnings);
    }

    [Fact]
    public void A_clock_that_is_set_back_changes_nothing()
    {
        var shown = Showing(now => new(Made.Certificate(now, now.AddDays(90)), []));
        var first = shown.Context.TargetCertificate;
        _clock.Now = Start.AddYears(-20);
        Assert.Same(first, shown.Context.TargetCertificate);
        Assert.Single(_asked);
    }

    private ShownIdentity Showing(Func<DateTimeOffset, ServerIdentity> choose) => new(now =>
    {
        _asked.Add(now);
        return choose(now);
    }, _clock, (message, hint) => _warnings.Add($"{message} {hint}"));

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

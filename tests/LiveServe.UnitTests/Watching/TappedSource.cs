using LiveServe.Watching;

namespace LiveServe.UnitTests.Watching;

/// <summary>A source whose every hint is seen, and may be held up, on its way: on the source's own thread.</summary>
internal sealed class TappedSource(IChangeSource source, Action<ChangeHint> tap) : IChangeSource
{
    public Task Armed => source.Armed;

    public TimeSpan Grain => source.Grain;

    public void Start(Action<ChangeHint> report) => source.Start(hint =>
    {
        tap(hint);
        report(hint);
    });

    public void CatchUp() => source.CatchUp();

    public void Rearm() => source.Rearm();

    public void Dispose() => source.Dispose();
}

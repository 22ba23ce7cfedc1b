namespace LiveServe.Watching;

/// <summary>Something that notices changes below a root. It reports hints from a thread of its own and never opens a file.</summary>
internal interface IChangeSource : IDisposable
{
    /// <summary>Completes when everything is watched.</summary>
    Task Armed { get; }

    /// <summary>How far apart it may hear of two changes that were made at once: zero when it is told of each.</summary>
    TimeSpan Grain { get; }

    /// <summary>Begins; returns at once.</summary>
    void Start(Action<ChangeHint> report);

    /// <summary>Returns when what happened before this call has been told, as far as the source is told of it at once; after 50 ms it waits no longer.</summary>
    void CatchUp();

    /// <summary>Arms anew what the rules now say; what is watched already stays so.</summary>
    void Rearm();
}

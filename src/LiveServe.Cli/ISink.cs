namespace LiveServe.Cli;

/// <summary>Where what happens is told: to people, or to a script.</summary>
internal interface ISink
{
    /// <summary>The port answers.</summary>
    void Ready(LiveServer server, TimeSpan since);

    /// <summary>Where it is, once more.</summary>
    void ShowAddresses(LiveServer server);

    /// <summary>Something happened.</summary>
    void Show(ServerEvent happened);

    /// <summary>An answer to a key; several lines at times.</summary>
    void Say(string text);

    /// <summary>We cannot go on.</summary>
    void Fail(string message, string hint);

    /// <summary>We stop, as we were told to.</summary>
    void Stopped();
}

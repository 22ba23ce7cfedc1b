namespace LiveServe;

/// <summary>What <c>app.UseLiveServe(…)</c> does. The defaults are for the machine of the one who develops the app.</summary>
public sealed class LiveServeMiddlewareOptions
{
    /// <summary>Whether it works in other environments than <c>Development</c> too.</summary>
    /// <value>Default: <see langword="false"/>: there it does nothing, and says so once. Whoever can reach the app can then talk in its room.</value>
    public bool OutsideDevelopment { get; set; }

    /// <summary>Whether a change of a <c>.cshtml</c> or <c>.razor</c> file below the content root reloads all pages.</summary>
    /// <value>Default: <see langword="false"/>. For apps that compile them while they run; others start again, which reloads pages anyway.</value>
    public bool Templates { get; set; }

    /// <summary>What pages do about a change.</summary>
    /// <value>Default: <see cref="ReloadMode.Auto"/>.</value>
    public ReloadMode Reload { get; set; } = ReloadMode.Auto;

    /// <summary>Whether there is a room, at <c>/__liveserve/chat</c>.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Chat { get; set; } = true;

    /// <summary>Whether pages show the button that opens the room.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Launcher { get; set; } = true;

    /// <summary>Where the room's history is kept: the path of a file, <c>memory</c>, or <c>off</c> for no history at all.</summary>
    /// <value>Default: <see langword="null"/>, which is a file in the user's state folder, one for each web root. Never inside the web root.</value>
    public string? History { get; set; }

    /// <summary>More Host names at which our own addresses answer, besides loopback names and IP addresses; <c>.example.com</c> means that name and all below it.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>More page origins that may open our socket, each as <c>scheme://host[:port]</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}

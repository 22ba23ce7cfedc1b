namespace LiveServe;

/// <summary>How loudly a page writes to its console; the quieter, the greater.</summary>
public enum ConsoleLevel
{
    /// <summary>Nothing is reported.</summary>
    Off,

    /// <summary><c>console.error</c>.</summary>
    Error,

    /// <summary><c>console.warn</c>.</summary>
    Warn,

    /// <summary><c>console.info</c> and <c>console.log</c>.</summary>
    Info,

    /// <summary><c>console.debug</c>.</summary>
    Debug,
}

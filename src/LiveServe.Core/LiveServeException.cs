namespace LiveServe;

/// <summary>Which kind of thing keeps us from serving. The command line turns it into its exit code.</summary>
public enum LiveServeFailure
{
    /// <summary>The address or port cannot be listened on.</summary>
    CannotListen,

    /// <summary>The folder is missing, is no folder, or cannot be read.</summary>
    RootUnusable,

    /// <summary>Options contradict each other, or name something that cannot be used.</summary>
    WrongConfiguration,

    /// <summary>A server does not answer, or not as it should.</summary>
    CannotConnect,
}

/// <summary>A failure that the user can mend.</summary>
/// <param name="failure">Its kind.</param>
/// <param name="message">One sentence: what happened, to which thing.</param>
/// <param name="hint">One sentence: what to do.</param>
public sealed class LiveServeException(LiveServeFailure failure, string message, string hint) : Exception(message)
{
    /// <summary>Its kind.</summary>
    public LiveServeFailure Failure { get; } = failure;

    /// <summary>What to do about it.</summary>
    public string Hint { get; } = hint;
}

namespace LiveServe;

/// <summary>What pages do about a change.</summary>
public enum ReloadMode
{
    /// <summary>The least that is right: exchange, patch, or reload.</summary>
    Auto,

    /// <summary>Always reload.</summary>
    Full,

    /// <summary>Nothing: changes are only reported.</summary>
    None,
}

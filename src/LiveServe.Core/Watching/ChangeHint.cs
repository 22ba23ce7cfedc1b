namespace LiveServe.Watching;

/// <summary>What a source of events says about a path. A hint, never the truth: the snapshot looks.</summary>
internal enum HintKind
{
    /// <summary>A writer may still be at work: it opened, created or wrote, and has not closed.</summary>
    Begun,

    /// <summary>The file is complete: its writer closed it, or it was moved here.</summary>
    Finished,

    /// <summary>The file is complete, under a name that was not known: a new file, or what a save writes before it takes the old one's name.</summary>
    Appeared,

    /// <summary>Only the attributes changed, as far as is known.</summary>
    Touched,

    /// <summary>The file is not here any more.</summary>
    Gone,

    /// <summary>A folder with all that was in it is not here any more.</summary>
    FolderGone,

    /// <summary>Events were lost: everything is to be looked at.</summary>
    Rescan,

    /// <summary>The root itself is gone.</summary>
    RootGone,

    /// <summary>The root is back.</summary>
    RootBack,
}

/// <summary>A path, relative to the root and slash-separated, and what is said of it.</summary>
internal readonly record struct ChangeHint(string Path, HintKind Kind)
{
    /// <summary>Events were lost.</summary>
    public static ChangeHint Rescan { get; } = new("", HintKind.Rescan);
}

namespace LiveServe.Watching;

/// <summary>What is watched, and how.</summary>
internal sealed record WatchOptions
{
    /// <summary>The root's full path.</summary>
    public required string Root { get; init; }

    /// <summary>The one file of the root that is watched.</summary>
    /// <value>Default: <see langword="null"/>, which is all of them.</value>
    public string? Only { get; init; }

    /// <summary>Whether what git ignores is ignored.</summary>
    public bool UseGitignore { get; init; } = true;

    /// <summary>Globs of what else is ignored.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Paths, relative to the root, that are never watched, whatever else is said.</summary>
    public IReadOnlyList<string> Never { get; init; } = [];

    /// <summary>Whether links may leave the root.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>A quiet period of the user's choice.</summary>
    /// <value>Default: <see langword="null"/>, which adapts.</value>
    public TimeSpan? FixedWait { get; init; }

    /// <summary>Poll, this often, whatever the file system could tell.</summary>
    public TimeSpan? PollEvery { get; init; }

    /// <summary>Another source than the platform's own.</summary>
    public Func<FileTree, IChangeSource>? Source { get; init; }

    /// <summary>What every wait is measured with.</summary>
    public TimeProvider Clock { get; init; } = FineClock.Instance;
}

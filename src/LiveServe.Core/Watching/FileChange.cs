using LiveServe.Content;

namespace LiveServe.Watching;

/// <summary>How a file differs from what it was.</summary>
internal enum ChangeKind
{
    /// <summary>It was not here.</summary>
    Added,

    /// <summary>Its content is another.</summary>
    Modified,

    /// <summary>It is not here any more.</summary>
    Removed,
}

/// <summary>One file's net change.</summary>
/// <param name="Path">Relative to the root, slash-separated.</param>
/// <param name="Hash">Of its content now; empty when it was removed or is too large to be hashed.</param>
internal readonly record struct FileChange(string Path, ChangeKind Kind, ContentHash Hash);

/// <summary>Changes that belong together.</summary>
/// <param name="FirstSeenTimestamp">When the first of them was heard of, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</param>
internal sealed record ChangeBatch(IReadOnlyList<FileChange> Changes, long FirstSeenTimestamp);

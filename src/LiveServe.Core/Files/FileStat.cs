namespace LiveServe.Files;

/// <summary>What stands at a path.</summary>
internal enum FileKind
{
    /// <summary>An ordinary file: the only thing that is ever sent.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, a socket, a device.</summary>
    Special,

    /// <summary>A symbolic link, when it is not followed.</summary>
    Link,
}

/// <summary>Which version of a file this is, as far as the file system tells without reading it.</summary>
/// <param name="Identity">The inode; 0 where there is none.</param>
/// <param name="Length">In bytes.</param>
/// <param name="ModifiedNs">Nanoseconds since 1970.</param>
/// <param name="ChangedNs">The same for the inode's change, which no program can set back; the modification time where there is none.</param>
internal readonly record struct FileStat(FileKind Kind, ulong Identity, long Length, long ModifiedNs, long ChangedNs)
{
    // Two edits within one tick of the file system's clock leave the same stat: younger files are judged by content.
    private static readonly long RacyNs = 2_000_000_000;

    /// <summary>Whether the file is so young at <paramref name="now"/> that an edit could leave the same stat.</summary>
    public bool IsRacyAt(DateTimeOffset now) => Math.Max(ModifiedNs, ChangedNs) > ((now.ToUnixTimeMilliseconds() * 1_000_000) - RacyNs);
}

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
    private const long Second = 1_000_000_000;

    /// <summary>Whether the file is so young at <paramref name="now"/> that an edit could leave the same stat: younger files are judged by content.</summary>
    /// <remarks>
    /// Two edits within one tick of the file system's clock have one time. Ticks are 10 ms at the most where times have fractions of a second, and 2 s
    /// (FAT) where they have none. A time in the future is not that of the next edit either.
    /// </remarks>
    public bool IsRacyAt(DateTimeOffset now)
    {
        var window = ChangedNs % Second == 0 ? 2 * Second : Second / 10;
        return Math.Abs((now.ToUnixTimeMilliseconds() * 1_000_000) - ChangedNs) < window;
    }
}

using Microsoft.Win32.SafeHandles;

namespace LiveServe.Files;

/// <summary>
/// The same as <see cref="LinuxFile"/> through .NET alone: every component is looked at before the whole is opened. Between the look
/// and the opening a local program could still swap a folder for a link; whoever can do that can read the files anyway.
/// </summary>
internal static class PortableFile
{
    /// <summary>
    /// The full path of <paramref name="relative"/>; <see langword="null"/> when a component is missing, of another case, or a link that leads out
    /// of <paramref name="directory"/>.
    /// </summary>
    public static string? Resolve(string directory, string relative, bool followLinks)
    {
        var path = directory;
        foreach (var segment in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            // The directory's own spelling decides: disks without case would also open ".ENV".
            path = Directory.EnumerateFileSystemEntries(path, segment).FirstOrDefault(entry => Path.GetFileName(entry) == segment);
            if (path is null || (!followLinks && LeadsOut(directory, path)))
            {
                return null;
            }
        }

        return path;
    }

    /// <summary>Opens a file to be read, whatever others do with it.</summary>
    public static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>What an open handle stands for.</summary>
    public static FileStat Stat(SafeFileHandle handle)
    {
        var modified = (File.GetLastWriteTimeUtc(handle) - DateTime.UnixEpoch).Ticks * 100;
        return new FileStat(FileKind.Regular, 0, RandomAccess.GetLength(handle), modified, modified);
    }

    /// <summary>What stands at a path; <see langword="null"/> when nothing does.</summary>
    public static FileStat? StatAt(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        var modified = (entry.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        return !entry.Exists ? null
            : entry is FileInfo file ? new FileStat(FileKind.Regular, 0, file.Length, modified, modified)
            : new FileStat(FileKind.Folder, 0, 0, modified, modified);
    }

    private static bool LeadsOut(string directory, string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.LinkTarget is not null
            && entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
            && !target.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}

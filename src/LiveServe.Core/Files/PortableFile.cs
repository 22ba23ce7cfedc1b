using Microsoft.Win32.SafeHandles;

namespace LiveServe.Files;

/// <summary>
/// The same as <see cref="LinuxFile"/> through .NET alone: every component is looked at before the whole is opened. Between the look
/// and the opening a local program could still swap a folder for a link; whoever can do that can read the files anyway.
/// </summary>
internal static class PortableFile
{
    /// <summary>Opens <paramref name="relative"/> when no component is missing, of another case, or a link that leads out of <paramref name="directory"/>.</summary>
    public static SafeFileHandle? OpenBeneath(string directory, string relative, bool followLinks)
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

        return Directory.Exists(path) || !File.Exists(path)
            ? null
            : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>What an open handle stands for.</summary>
    public static FileStat Stat(SafeFileHandle handle)
    {
        var modified = (File.GetLastWriteTimeUtc(handle) - DateTime.UnixEpoch).Ticks * 100;
        return new FileStat(FileKind.Regular, 0, RandomAccess.GetLength(handle), modified, modified);
    }

    private static bool LeadsOut(string directory, string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.LinkTarget is not null
            && entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
            && !target.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}

using System.IO.Enumeration;
using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>Walks a folder, without what is ignored, without following links to folders, and without opening a file.</summary>
internal static class FileTree
{
    private static readonly EnumerationOptions Options = new() { IgnoreInaccessible = true, AttributesToSkip = 0, ReturnSpecialDirectories = false };

    /// <summary>The folders below <paramref name="folder"/> that are watched, itself first.</summary>
    /// <param name="root">The root's full path.</param>
    /// <param name="folder">Relative to it; empty for itself.</param>
    public static IEnumerable<string> Folders(string root, string folder, IgnoreRules rules)
    {
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var (path, isFolder) in Entries(root, next))
            {
                if (isFolder && !rules.PrunesFolder(path))
                {
                    open.Push(path);
                }
            }
        }
    }

    /// <summary>The files in all those folders that are watched.</summary>
    public static IEnumerable<string> Files(string root, string folder, IgnoreRules rules) =>
        Folders(root, folder, rules).SelectMany(inner => FilesIn(root, inner, rules));

    /// <summary>The files of one folder that are watched.</summary>
    public static IEnumerable<string> FilesIn(string root, string folder, IgnoreRules rules) =>
        Entries(root, folder).Where(entry => !entry.IsFolder && !rules.IgnoresFile(entry.Path)).Select(entry => entry.Path);

    /// <summary>What stands at a path now, links followed; <see langword="null"/> when it is no regular file.</summary>
    public static FileStat? Stat(string fullPath)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxFile.StatTarget(fullPath) is { Kind: FileKind.Regular } stat ? stat : null;
        }

        var file = new FileInfo(fullPath);
        return file.Exists
            ? new FileStat(FileKind.Regular, 0, file.Length, (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100, (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100)
            : null;
    }

    private static List<(string Path, bool IsFolder)> Entries(string root, string folder)
    {
        try
        {
            var prefix = folder.Length == 0 ? "" : folder + "/";
            return [.. new FileSystemEnumerable<(string, bool)>(
                Path.Combine(root, folder),
                (ref entry) => (prefix + entry.FileName.ToString(), entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0),
                Options)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return []; // removed, or closed to us, since it was named
        }
    }
}

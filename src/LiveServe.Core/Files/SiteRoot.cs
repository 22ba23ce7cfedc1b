using Microsoft.Win32.SafeHandles;

namespace LiveServe.Files;

/// <summary>What a path leads to.</summary>
internal enum Lookup
{
    /// <summary>A regular file, open.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>Nothing, or nothing that may be shown: they look the same from outside.</summary>
    Missing,

    /// <summary>A file that we may not read.</summary>
    Unreadable,

    /// <summary>The system cannot open it now: too many files are open, or the disk does not answer.</summary>
    Unavailable,

    /// <summary>The root itself is gone.</summary>
    RootMissing,
}

/// <summary>The folder that is served. The only code that joins a request's path to the disk.</summary>
internal sealed class SiteRoot
{
    private readonly bool _followLinks;

    /// <summary>A root at <paramref name="directory"/>, which need not exist yet. An empty name is no folder: nothing is found there.</summary>
    public SiteRoot(string directory, bool followLinks)
    {
        FullPath = directory.Length == 0 ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _followLinks = followLinks;
    }

    /// <summary>The root's full path, without a separator at its end; empty when there is none.</summary>
    public string FullPath { get; }

    /// <summary>Opens what <paramref name="relative"/> names: checked, opened and looked at as one thing.</summary>
    /// <param name="relative">Slash-separated, without <c>..</c>; empty for the root itself.</param>
    /// <param name="file">The open file when the answer is <see cref="Lookup.File"/>.</param>
    public Lookup Open(string relative, out OpenFile? file)
    {
        file = null;
        if (FullPath.Length == 0)
        {
            return Lookup.Missing;
        }

        if (!OpenFileLimit.HasRoom)
        {
            return Lookup.Unavailable;
        }

        try
        {
            return OperatingSystem.IsLinux() ? OpenOnLinux(relative, out file) : OpenPortably(relative, out file);
        }
        catch (UnauthorizedAccessException)
        {
            return Lookup.Unreadable;
        }
        catch (IOException)
        {
            return Missing();
        }
    }

    /// <summary>What a folder holds, without pipes and devices, and without links that lead nowhere or out of the root.</summary>
    /// <param name="wanted">Whether a name is to be among it.</param>
    /// <returns><see langword="null"/> when there is no such folder (any more), or it is closed to us.</returns>
    public FolderView? List(string relative, Func<string, bool> wanted)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                return PortableFile.Resolve(FullPath, relative, _followLinks) is { } path && Directory.Exists(path)
                    ? View(FolderListing.Of(path), name => PortableFile.StatAt(Path.Combine(path, name)))
                    : null;
            }

            using var folder = OpenHandle(relative, out _);
            return folder is null ? null : View(FolderListing.Of(folder), name => LinuxFile.StatIn(folder, name));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        FolderView View(IReadOnlyList<(string Name, FileKind Kind)> names, Func<string, FileStat?> statOf) =>
            FolderView.Of(names.Where(entry => wanted(entry.Name)), entry => entry.Kind == FileKind.Link ? TargetOf(relative, entry.Name) : statOf(entry.Name));
    }

    // A link is what it leads to; the same door decides as when it is asked for.
    private FileStat? TargetOf(string folder, string name)
    {
        var kind = Open(folder.Length == 0 ? name : $"{folder.TrimEnd('/')}/{name}", out var file);
        using (file)
        {
            return kind == Lookup.Folder ? new FileStat(FileKind.Folder, 0, 0, 0, 0) : file?.Stat;
        }
    }

    private SafeFileHandle? OpenHandle(string relative, out int error)
    {
        var name = relative.Length == 0 ? "." : relative;
        var handle = _followLinks
            ? LinuxFile.OpenAnywhere(Path.Combine(FullPath, name), out error)
            : LinuxFile.OpenBeneath(FullPath, name, out error);
        return handle is null && error == LinuxFile.CrossLink && RealPathInside(relative) is { } inside
            ? LinuxFile.OpenBeneath(LinuxFile.RealPath(FullPath)!, inside, out error) // an absolute link that stays at home
            : handle;
    }

    private Lookup OpenOnLinux(string relative, out OpenFile? file)
    {
        file = null;
        var handle = OpenHandle(relative, out var error);
        if (handle is null)
        {
            return error is LinuxFile.NoSystemCall ? OpenPortably(relative, out file)
                : error is LinuxFile.NoAccess or LinuxFile.NotPermitted ? Lookup.Unreadable
                : IsOfTheSystem(error) ? Lookup.Unavailable
                : Missing();
        }

        var stat = LinuxFile.Stat(handle);
        if (stat is { Kind: FileKind.Regular })
        {
            file = new OpenFile(handle, stat.Value);
            return Lookup.File;
        }

        handle.Dispose();
        return stat is { Kind: FileKind.Folder } ? Lookup.Folder : Missing();
    }

    private Lookup OpenPortably(string relative, out OpenFile? file)
    {
        file = null;
        var path = PortableFile.Resolve(FullPath, relative, _followLinks);
        if (Directory.Exists(path))
        {
            return Lookup.Folder;
        }

        if (!File.Exists(path))
        {
            return Missing();
        }

        var handle = PortableFile.Open(path);
        file = new OpenFile(handle, PortableFile.Stat(handle));
        return Lookup.File;
    }

    private string? RealPathInside(string relative)
    {
        var root = LinuxFile.RealPath(FullPath);
        var real = LinuxFile.RealPath(Path.Combine(FullPath, relative));
        return root is not null && real is not null && real.StartsWith(root + "/", StringComparison.Ordinal) ? real[(root.Length + 1)..] : null;
    }

    // Nothing that is there must look as if it were not.
    private static bool IsOfTheSystem(int error) => error is LinuxFile.ManyOpen or LinuxFile.ManyOpenOfAll or LinuxFile.NoMemory or LinuxFile.DiskError
        or LinuxFile.Stale or LinuxFile.TimedOut or LinuxFile.NotConnected;

    private Lookup Missing() => Directory.Exists(FullPath) ? Lookup.Missing : Lookup.RootMissing;
}

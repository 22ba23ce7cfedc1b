
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

    private Lookup OpenOnLinux(string relative, out OpenFile? file)
    {
        file = null;
        var name = relative.Length == 0 ? "." : relative;
        var error = 0;
        var handle = _followLinks
            ? LinuxFile.OpenAnywhere(Path.Combine(FullPath, name), out error)
            : LinuxFile.OpenBeneath(FullPath, name, out error);
        if (handle is null && error == LinuxFile.CrossLink && RealPathInside(relative) is { } inside)
        {
            handle = LinuxFile.OpenBeneath(LinuxFile.RealPath(FullPath)!, inside, out error); // an absolute link that stays at home
        }

        if (handle is null)
        {
            return error is LinuxFile.NoSystemCall ? OpenPortably(relative, out file)
                : error is LinuxFile.NoAccess or LinuxFile.NotPermitted ? Lookup.Unreadable
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
        var path = Path.Combine(FullPath, relative);
        if (Directory.Exists(path))
        {
            return Lookup.Folder;
        }

        if (PortableFile.OpenBeneath(FullPath, relative, _followLinks) is not { } handle)
        {
            return Missing();
        }

        file = new OpenFile(handle, PortableFile.Stat(handle));
        return Lookup.File;
    }

    private string? RealPathInside(string relative)
    {
        var root = LinuxFile.RealPath(FullPath);
        var real = LinuxFile.RealPath(Path.Combine(FullPath, relative));
        return root is not null && real is not null && real.StartsWith(root + "/", StringComparison.Ordinal) ? real[(root.Length + 1)..] : null;
    }

    private Lookup Missing() => Directory.Exists(FullPath) ? Lookup.Missing : Lookup.RootMissing;
}

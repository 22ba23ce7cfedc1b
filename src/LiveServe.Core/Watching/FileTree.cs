using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>Something that the walk of a tree met.</summary>
/// <param name="Path">Relative to the root, slash-separated, links in it kept as they are named.</param>
/// <param name="IsFolder">Whether it leads to a folder that is walked: of folders, only links are told.</param>
/// <param name="IsLink">Whether it is a link itself.</param>
/// <param name="IsReachedByLink">Whether it is a link, or stands in a linked folder.</param>
internal readonly record struct TreeEntry(string Path, bool IsFolder, bool IsLink, bool IsReachedByLink);

/// <summary>
/// The files that are served and watched: without what is ignored, links followed wherever the server would follow them, and no file opened.
/// </summary>
/// <param name="root">The root's full path.</param>
/// <param name="followLinks">Whether links may leave the root.</param>
internal sealed class FileTree(string root, IgnoreRules rules, bool followLinks)
{
    // Two folders that link to each other have ever longer names; a page that uses more of them than this has not been seen.
    private const int MostNestedLinks = 3;

    /// <summary>The root's full path.</summary>
    public string Root => root;

    /// <summary>What is ignored.</summary>
    public IgnoreRules Rules => rules;

    /// <summary>A path's full form.</summary>
    public string FullPath(string path) => Path.Combine(root, path);

    /// <summary>The files below a folder, and the links.</summary>
    /// <param name="folder">Relative to the root; empty for itself.</param>
    /// <param name="entering">Told each folder before it is listed, the first one too.</param>
    public IEnumerable<TreeEntry> Walk(string folder, Action<string>? entering = null)
    {
        var open = new Stack<(string Path, bool IsLinked)>([(folder, false)]);
        while (open.TryPop(out var next))
        {
            entering?.Invoke(next.Path);
            foreach (var (name, kind) in FolderListing.Of(FullPath(next.Path)))
            {
                var path = next.Path.Length == 0 ? name : $"{next.Path}/{name}";
                var isLinked = next.IsLinked || kind == FileKind.Link;
                var isFolder = kind == FileKind.Folder || (kind == FileKind.Link && Enters(path));
                if (isFolder ? rules.PrunesFolder(path) : rules.IgnoresFile(path))
                {
                    continue;
                }

                if (isFolder)
                {
                    open.Push((path, isLinked));
                }

                if (!isFolder || kind == FileKind.Link)
                {
                    yield return new TreeEntry(path, isFolder, kind == FileKind.Link, isLinked);
                }
            }
        }
    }

    /// <summary>The files below a folder with what is known of each; only those that are regular files and may be served.</summary>
    public IEnumerable<(string Path, FileStat Stat)> Files(Predicate<TreeEntry>? which = null)
    {
        foreach (var entry in Walk(""))
        {
            if (!entry.IsFolder && which?.Invoke(entry) != false && (!entry.IsLink || IsServed(entry.Path)) && Stat(FullPath(entry.Path)) is { } stat)
            {
                yield return (entry.Path, stat);
            }
        }
    }

    /// <summary>What stands at a path now, if it is a regular file and the server would follow the links to it.</summary>
    public FileStat? Look(string path) => IsServed(path) ? Stat(FullPath(path)) : null;

    /// <summary>Whether the server would follow the links on the way to a path, as far as they lead anywhere.</summary>
    public bool IsServed(string path) => followLinks || (Real(path) is { } real && Real("") is { } realRoot && LinkTrail.IsWithin(real, realRoot));

    /// <summary>Whether a link leads to a folder that is walked under the link's name: not out of the root, and not to where the walk came from.</summary>
    public bool Enters(string link)
    {
        if (Real(link) is not { } target || !Directory.Exists(target) || !IsServed(link))
        {
            return false;
        }

        var links = 1;
        for (var above = link; above.Length > 0;)
        {
            above = above[..Math.Max(0, above.LastIndexOf('/'))];
            links += above.Length > 0 && LinkTrail.TargetOf(FullPath(above)) is not null ? 1 : 0;
            if (Real(above) is not { } real || LinkTrail.IsWithin(real, target))
            {
                return false;
            }
        }

        return links <= MostNestedLinks;
    }

    /// <summary>What stands at a full path now, links followed; <see langword="null"/> when it is no regular file.</summary>
    public static FileStat? Stat(string fullPath)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxFile.StatTarget(fullPath) is { Kind: FileKind.Regular } stat ? stat : null;
        }

        var file = new FileInfo(fullPath);
        if (file.LinkTarget is not null)
        {
            file = LinkTrail.RealPath(fullPath) is { } real ? new FileInfo(real) : file;
        }

        var modified = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        return file.Exists ? new FileStat(FileKind.Regular, 0, file.Length, modified, modified) : null;
    }

    private string? Real(string path) => LinkTrail.RealPath(FullPath(path));
}

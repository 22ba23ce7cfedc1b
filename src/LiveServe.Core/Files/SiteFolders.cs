namespace LiveServe.Files;

/// <summary>A folder, or one file of it, that is served at an address of its own.</summary>
/// <param name="At">The decoded address without slashes around it.</param>
/// <param name="Root">The folder.</param>
/// <param name="File">The file's name when it is one that is mounted.</param>
internal sealed record MountedRoot(string At, SiteRoot Root, string? File);

/// <summary>Everything that is served: the root, and what is mounted into it. A mount goes before what the root has at its address.</summary>
/// <param name="root">The site's own folder.</param>
/// <param name="mounts">The longest address that fits counts.</param>
internal sealed class SiteFolders(SiteRoot root, IEnumerable<MountedRoot> mounts)
{
    private readonly MountedRoot[] _mounts = [.. mounts.OrderByDescending(mount => mount.At.Length)];

    /// <summary>Opens what a path names: see <see cref="SiteRoot.Open"/>.</summary>
    public Lookup Open(string relative, out OpenFile? file)
    {
        file = null;
        if (MountOf(relative) is not var (mount, rest))
        {
            return root.Open(relative, out file);
        }

        if (mount.File is not null && rest is null)
        {
            return Lookup.Missing; // below a file there is nothing
        }

        // That a mounted folder is gone does not mean that the site is.
        return mount.Root.Open(rest!, out file) is var found && found == Lookup.RootMissing ? Lookup.Missing : found;
    }

    /// <summary>What a folder holds, what is mounted in it included: see <see cref="SiteRoot.List"/>.</summary>
    public FolderView? List(string relative, Func<string, bool> wanted)
    {
        var folder = relative.TrimEnd('/');
        var view = MountOf(relative) is var (mount, rest) ? rest is null ? null : mount.Root.List(rest, wanted) : root.List(relative, wanted);
        var here = _mounts.Where(mount => ParentOf(mount.At) == folder)
            .Select(mount => new FolderEntry(mount.At[(mount.At.LastIndexOf('/') + 1)..], mount.File is null, 0, 0)).Where(entry => wanted(entry.Name)).ToList();
        return view is null || here.Count == 0 ? view : view with
        {
            Entries = [.. view.Entries.ExceptBy(here.Select(entry => entry.Name), entry => entry.Name).Concat(here).OrderBy(entry => !entry.IsFolder).ThenBy(entry => entry.Name, NaturalOrder.Comparer)],
        };
    }

    /// <summary>Where a path leads on the disk: relative to the root, or in full when it is mounted.</summary>
    public string PlaceOf(string relative) => MountOf(relative) is var (mount, rest) && rest is not null ? Path.Combine(mount.Root.FullPath, rest) : relative;

    // The rest of the path, in the mount's folder; null where there cannot be anything.
    private (MountedRoot Mount, string? Below)? MountOf(string relative)
    {
        foreach (var mount in _mounts)
        {
            if (relative.StartsWith(mount.At, StringComparison.Ordinal) && (relative.Length == mount.At.Length || relative[mount.At.Length] == '/'))
            {
                var rest = relative[mount.At.Length..];
                return (mount, mount.File is null ? rest.TrimStart('/') : rest.Length == 0 ? mount.File : null);
            }
        }

        return null;
    }

    private static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}

using LiveServe.Files;
using LiveServe.Watching;

namespace LiveServe;

/// <summary>The folders and files that the options name, checked and made ready: what is served, and what is watched.</summary>
internal static class Places
{
    /// <summary>What is mounted.</summary>
    /// <exception cref="LiveServeException">It is not there.</exception>
    public static IReadOnlyList<MountedRoot> Mounted(LiveServeOptions options) => [.. options.Mounts.Select(mount =>
    {
        var full = Existing(mount.Path, $"What is to be served at {mount.Route}");
        var at = mount.Route.Trim('/');
        return Directory.Exists(full)
            ? new MountedRoot(at, new SiteRoot(full, options.FollowLinks), null)
            : new MountedRoot(at, new SiteRoot(Path.GetDirectoryName(full)!, options.FollowLinks), Path.GetFileName(full));
    })];

    /// <summary>Watchers for all of it; <see langword="null"/> when nothing is watched.</summary>
    /// <param name="root">The site's folder; <see langword="null"/> for a site that has none.</param>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    /// <exception cref="LiveServeException">Something is not there.</exception>
    public static SiteWatchers? Watched(LiveServeOptions options, SiteRoot? root, IReadOnlyList<MountedRoot> mounts, Action<string, string?> warn)
    {
        if (!options.Watch || (root is null && mounts.Count == 0 && options.WatchPaths.Count == 0))
        {
            return null;
        }

        var watchers = new SiteWatchers();
        if (root is not null)
        {
            Add(path => path, root.FullPath, null);
        }

        foreach (var mount in mounts)
        {
            Add(path => mount.File is null ? $"{mount.At}/{path}" : mount.At, mount.Root.FullPath, mount.File);
        }

        foreach (var path in options.WatchPaths.Select(path => Existing(path, "What is to be watched")))
        {
            var (folder, only) = Directory.Exists(path) ? (path, null) : (Path.GetDirectoryName(path)!, Path.GetFileName(path));
            var prefix = Path.GetRelativePath(root?.FullPath ?? Directory.GetCurrentDirectory(), folder).Replace(Path.DirectorySeparatorChar, '/');
            if (root is null || !IsWatchedAnyway(options, root, prefix, only))
            {
                Add(path => prefix == "." ? path : $"{prefix}/{path}", folder, only);
            }
        }

        return watchers;

        void Add(Func<string, string> nameOf, string folder, string? only) => watchers.Add(nameOf, new SiteWatcher(
            new WatchOptions
            {
                Root = folder,
                Only = only,
                UseGitignore = options.UseGitignore,
                FollowLinks = options.FollowLinks,
                Ignore = options.Ignore,
                Never = OwnOutput.Below(folder), // each line of ours would be a change that is worth a line
                FixedWait = options.Wait,
                PollEvery = options.Poll,
            },
            warn));
    }

    // What the root's own watcher sees is not told twice.
    private static bool IsWatchedAnyway(LiveServeOptions options, SiteRoot root, string folder, string? only)
    {
        if (folder.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(folder))
        {
            return false;
        }

        var rules = new IgnoreRules(root.FullPath, options.Ignore, options.UseGitignore);
        return folder == "." ? only is null || !rules.IgnoresFile(only) : !rules.PrunesFolder(folder) && (only is null || !rules.IgnoresFile($"{folder}/{only}"));
    }

    private static string Existing(string path, string what) => Path.Exists(path)
        ? Path.GetFullPath(path)
        : throw new LiveServeException(LiveServeFailure.WrongConfiguration, $"{what}, {path}, does not exist.", "Check its spelling; it is looked for from the folder that the command is run in.");
}

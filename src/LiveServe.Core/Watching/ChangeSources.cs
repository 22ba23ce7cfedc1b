using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>Which source a root gets.</summary>
internal static class ChangeSources
{
    private static readonly TimeSpan PollNetworkEvery = TimeSpan.FromMilliseconds(500);

    private const long UsualLimit = 1024;

    /// <summary>The source that will hear of changes below the root.</summary>
    /// <param name="calls">Where watches come from; the kernel when it is <see langword="null"/>.</param>
    public static IChangeSource For(WatchOptions options, FileTree tree, Action<string, string?> warn, InotifyCalls? calls = null)
    {
        if (options.Source is { } chosen)
        {
            return chosen(tree);
        }

        if (options.PollEvery is { } interval)
        {
            return new PollingSource(tree, interval, warn);
        }

        if (!OperatingSystem.IsLinux())
        {
            return new SystemSource(tree, warn);
        }

        if (LinuxFile.SilentFileSystem(options.Root) is { } name)
        {
            warn($"{options.Root} is on {name}, which tells nothing of changes; it is polled.", "Move it to a local disk, or choose how often with --poll.");
            return new PollingSource(tree, PollNetworkEvery, warn);
        }

        var inotify = new InotifySource(tree, warn, calls);
        if (inotify.IsUsable)
        {
            return inotify;
        }

        inotify.Dispose();
        var limit = Inotify.Limit("max_user_instances");
        warn($"The system's limit of watching programs{(limit is null ? "" : $" ({limit})")} is reached; {options.Root} is polled.",
            $"Raise it: sudo sysctl fs.inotify.max_user_instances={Math.Max(UsualLimit, 2 * (limit ?? 0))}");
        return new PollingSource(tree, PollNetworkEvery, warn);
    }
}

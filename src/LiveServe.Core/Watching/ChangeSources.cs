using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>Which source a root gets.</summary>
internal static class ChangeSources
{
    private static readonly TimeSpan PollNetworkEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>The source that will hear of changes below the root.</summary>
    public static IChangeSource For(WatchOptions options, IgnoreRules rules, Action<string, string?> warn)
    {
        if (options.Source is { } chosen)
        {
            return chosen(rules);
        }

        if (options.PollEvery is { } interval)
        {
            return new PollingSource(options.Root, rules, interval, warn);
        }

        if (!OperatingSystem.IsLinux())
        {
            return new SystemSource(options.Root, rules, warn);
        }

        if (LinuxFile.SilentFileSystem(options.Root) is { } name)
        {
            warn($"{options.Root} is on {name}, which tells nothing of changes; it is polled.", "Move it to a local disk, or choose how often with --poll.");
            return new PollingSource(options.Root, rules, PollNetworkEvery, warn);
        }

        var inotify = new InotifySource(options.Root, rules, warn);
        if (inotify.IsUsable)
        {
            return inotify;
        }

        warn($"The system's limit of watchers is reached; {options.Root} is polled.", "Raise it: sudo sysctl fs.inotify.max_user_instances=1024");
        return new PollingSource(options.Root, rules, PollNetworkEvery, warn);
    }
}

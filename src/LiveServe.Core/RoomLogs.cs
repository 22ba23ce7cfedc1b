using System.Text;
using LiveServe.Chat;
using LiveServe.Chat.History;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Watching;

namespace LiveServe;

/// <summary>Where the room's messages are kept, as the options say: in a file of this user, in memory, or nowhere.</summary>
internal static class RoomLogs
{
    /// <summary>Refuses a file that cannot be one, before anything is served. Costs nothing where none is named.</summary>
    /// <exception cref="LiveServeException">The file is in a place that is served or watched, or is a folder.</exception>
    public static void Check(LiveServeOptions options)
    {
        if (options.History is null or "memory" or "off")
        {
            return;
        }

        var path = Path.GetFullPath(options.History);
        if (PlaceAround(options, path) is { } place)
        {
            throw new LiveServeException(LiveServeFailure.WrongConfiguration, $"The room's history, {path}, would be inside {place}, where it could be read, and watched.",
                "Name a file elsewhere with --history, or leave it out.");
        }

        if (Directory.Exists(path))
        {
            throw new LiveServeException(LiveServeFailure.WrongConfiguration, $"The room's history cannot be {path}, which is a folder.", "Name a file in it with --history.");
        }
    }

    /// <summary>The log. Its file is opened when it is first needed.</summary>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    public static IRoomLog For(LiveServeOptions options, Action<string, string?> warn) => options.History switch
    {
        "memory" => new MemoryRoomLog(),
        "off" => new NoHistory(),
        null => KeyOf(options) is { } key ? InFile(options, options.StateFolder, $"room-{ContentHash.Of(Encoding.UTF8.GetBytes(key))}.db", warn) : new MemoryRoomLog(),
        var file => InFile(options, Path.GetDirectoryName(Path.GetFullPath(file)), Path.GetFileName(file), warn),
    };

    /// <summary>The served or watched place that a path is in, links followed; <see langword="null"/> when it is in none.</summary>
    public static string? PlaceAround(LiveServeOptions options, string path)
    {
        IEnumerable<string> places = [options.Root, .. options.Mounts.Select(mount => mount.Path), .. options.WatchPaths];
        var real = Real(path);
        return places.FirstOrDefault(place => place.Length > 0 && LinkTrail.IsWithin(real, Real(place)));
    }

    private static StoredRoomLog InFile(LiveServeOptions options, string? folder, string name, Action<string, string?> warn)
    {
        var file = new HistoryFile(new StateFolder(folder), name);
        return new StoredRoomLog(file, () => PlaceAround(options, file.FullPath) is { } place ? $"{file.FullPath} would be inside {place}." : null,
            () => new MemoryRoomLog(), options.RoomClock, warn);
    }

    // One history for each folder, however it is spelled, and for each server that is served alone.
    private static string? KeyOf(LiveServeOptions options) => options.Root.Length > 0 ? Real(options.Root) : options.Upstream?.AbsoluteUri;

    // What is not there yet is where it would be made.
    private static string Real(string path)
    {
        var trail = LinkTrail.Of(Path.GetFullPath(path));
        return Path.TrimEndingDirectorySeparator(trail.Real ?? trail.Stages[^1].FullPath);
    }
}

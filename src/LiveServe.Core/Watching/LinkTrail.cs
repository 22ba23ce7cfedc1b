namespace LiveServe.Watching;

/// <summary>What a stage of a trail is.</summary>
internal enum StageKind
{
    /// <summary>A file or something else that ends the trail.</summary>
    File,

    /// <summary>A folder that is one.</summary>
    Folder,

    /// <summary>A link: the trail goes on where it leads.</summary>
    Link,

    /// <summary>Nothing: the trail ends here, until something of that name appears.</summary>
    Missing,
}

/// <summary>One name that was looked up on the way.</summary>
/// <param name="Directory">The real folder that it was looked up in.</param>
internal readonly record struct Stage(string Directory, string Name, StageKind Kind)
{
    /// <summary>Where the name stands.</summary>
    public string FullPath => Path.Combine(Directory, Name);
}

/// <summary>Every name that decides where a path leads: whoever hears of all of them hears when it leads elsewhere.</summary>
/// <param name="Real">Where it leads, without a link in it; <see langword="null"/> when nowhere, or in circles.</param>
/// <remarks>path_resolution(7).</remarks>
internal sealed record LinkTrail(IReadOnlyList<Stage> Stages, string? Real)
{
    // As the kernel has it.
    private const int MostLinks = 40;

    /// <summary>Walks a full path.</summary>
    public static LinkTrail Of(string path)
    {
        var stages = new List<Stage>();
        var at = Path.GetPathRoot(path)!;
        var names = new Stack<string>();
        Push(names, path[at.Length..]);
        for (var links = 0; names.TryPop(out var name);)
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = Path.Combine(at, name);
            var target = TargetOf(next);
            stages.Add(new Stage(at, name, target is not null ? StageKind.Link : Directory.Exists(next) ? StageKind.Folder : Path.Exists(next) ? StageKind.File : StageKind.Missing));
            if (target is null)
            {
                at = next;
                if (stages[^1].Kind == StageKind.Missing)
                {
                    return new LinkTrail(stages, null);
                }
            }
            else if (++links > MostLinks)
            {
                return new LinkTrail(stages, null);
            }
            else
            {
                var root = Path.GetPathRoot(target)!;
                at = root.Length > 0 ? root : at;
                Push(names, target[root.Length..]);
            }
        }

        return new LinkTrail(stages, at);
    }

    /// <summary>Where a path leads to, and nothing more.</summary>
    public static string? RealPath(string path) => OperatingSystem.IsLinux() ? Files.LinuxFile.RealPath(path) : Of(path).Real;

    /// <summary>Whether a path is <paramref name="folder"/> or stands below it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>What a link says; <see langword="null"/> for everything else.</summary>
    public static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the same names were met, of the same kinds.</summary>
    public bool IsSameAs(LinkTrail other) => Real == other.Real && Stages.SequenceEqual(other.Stages);

    private static void Push(Stack<string> names, string path)
    {
        foreach (var name in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (name != ".")
            {
                names.Push(name);
            }
        }
    }
}

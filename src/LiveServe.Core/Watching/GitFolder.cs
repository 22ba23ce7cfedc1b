namespace LiveServe.Watching;

/// <summary>The git repository that a folder is in.</summary>
/// <param name="WorkTree">Its own root.</param>
/// <param name="IndexLock">The file that is there while git is at work on the tree.</param>
internal sealed record GitFolder(string WorkTree, string IndexLock)
{
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(5);

    /// <summary>The nearest repository at or above <paramref name="folder"/>; <see langword="null"/> when there is none.</summary>
    /// <remarks>In a further work tree or a submodule, <c>.git</c> is a file that names the folder. gitrepository-layout(5).</remarks>
    public static GitFolder? Above(string folder)
    {
        for (var tree = folder; tree is not null; tree = Path.GetDirectoryName(tree))
        {
            var git = Path.Combine(tree, ".git");
            if (Directory.Exists(git))
            {
                return new GitFolder(tree, Path.Combine(git, "index.lock"));
            }

            if (File.Exists(git) && Pointed(git) is { } elsewhere)
            {
                return new GitFolder(tree, Path.Combine(tree, elsewhere, "index.lock"));
            }
        }

        return null;
    }

    /// <summary>Whether git's lock is there, from whenever it may be.</summary>
    public bool IsLocked => File.Exists(IndexLock);

    /// <summary>Whether git has begun to work on the tree. A lock that nobody has touched for five seconds was left behind by a crash.</summary>
    public bool IsAtWork(DateTime utcNow) => IsLocked && utcNow - File.GetLastWriteTimeUtc(IndexLock) < LongestIdle;

    private static string? Pointed(string file)
    {
        const string Prefix = "gitdir: ";
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { } line && line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Trim() : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null; // then it tells us nothing
        }
    }
}

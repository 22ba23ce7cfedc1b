using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.FileSystemGlobbing;

namespace LiveServe.Watching;

/// <summary>
/// What is not watched: folders of tools, editors' own files, what the user named, and what git ignores. No watch is armed inside a pruned
/// folder, so a file below one can never be un-ignored, as in git.
/// </summary>
internal sealed class IgnoreRules
{
    private static readonly HashSet<string> ToolFolders = new(StringComparer.Ordinal) { "node_modules", ".git", ".hg", ".svn" };

    private static readonly string[] EditorFiles =
    [
        "*~", ".*.sw?", ".*.kate-swp", ".#*", "#*#", "4913", ".subl*.tmp", "*___jb_tmp___", "*___jb_old___", "*.vsctmp", ".goutputstream-*", "*.crswap",
        ".~lock.*#", ".nfs*", ".fuse_hidden*", ".DS_Store", "Thumbs.db",
    ];

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    // No file is called so: it stands for "any file in here".
    private const string AnyName = "\uFFFF";

    private readonly string _root;
    private readonly string? _only;
    private readonly IReadOnlyList<string> _never;
    private readonly Matcher? _globs;
    private readonly string? _gitRoot;
    private readonly ConcurrentDictionary<string, GitignoreFile?> _files = new(StringComparer.Ordinal);

    /// <summary>Rules for the tree at <paramref name="root"/>.</summary>
    /// <param name="globs">As Microsoft.Extensions.FileSystemGlobbing has them, relative to the root; a folder's name means all in it.</param>
    /// <param name="only">The one file that is not ignored; <see langword="null"/> when there is no such.</param>
    /// <param name="never">Paths, relative to the root, that are ignored before anything else is asked.</param>
    public IgnoreRules(string root, IReadOnlyList<string> globs, bool useGitignore, string? only = null, IReadOnlyList<string>? never = null)
    {
        (_root, _only, _never) = (root, only, never ?? []);
        if (globs.Count > 0)
        {
            _globs = new Matcher(StringComparison.Ordinal);
            _globs.AddIncludePatterns(globs.Concat(globs.Select(glob => $"{glob.TrimEnd('/')}/**")));
        }

        _gitRoot = useGitignore ? GitRootOf(root) : null;
    }

    /// <summary>Whether changes of a file are nothing to us.</summary>
    public bool IgnoresFile(string path)
    {
        if (_never.Contains(path))
        {
            return true;
        }

        if (_only is not null)
        {
            return path != _only; // asked for by name
        }

        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        foreach (var pattern in EditorFiles)
        {
            if (WildMatch.Matches(pattern, name))
            {
                return true;
            }
        }

        return IsUnderWay(name) || (slash > 0 && PrunesFolder(path[..slash])) || MatchesGlob(path) || GitIgnores(path, isFolder: false);
    }

    /// <summary>Whether a folder, or one that it is in, is not watched at all.</summary>
    public bool PrunesFolder(string path)
    {
        if (_only is not null)
        {
            return true;
        }

        for (var end = path.IndexOf('/'); ; end = path.IndexOf('/', end + 1))
        {
            var folder = end < 0 ? path : path[..end];
            if (ToolFolders.Contains(folder[(folder.LastIndexOf('/') + 1)..]) || MatchesGlob($"{folder}/{AnyName}") || GitIgnores(folder, isFolder: true))
            {
                return true;
            }

            if (end < 0)
            {
                return false;
            }
        }
    }

    /// <summary>Whether a changed file changes the rules.</summary>
    public static bool IsRuleFile(string path) => path == ".gitignore" || path.EndsWith("/.gitignore", StringComparison.Ordinal);

    /// <summary>Reads the rule files again when they are next needed.</summary>
    public void Reload() => _files.Clear();

    // What rsync and KDE call a file that they are still writing: ".name.XXXXXX". Six small letters may as well be an extension.
    private static bool IsUnderWay(ReadOnlySpan<char> name) =>
        name.Length > 8 && name[0] == '.' && name[^7] == '.'
        && !name[^6..].ContainsAnyExcept(LettersAndDigits) && name[^6..].ContainsAnyExceptInRange('a', 'z');

    private bool MatchesGlob(string path) => _globs is not null && _globs.Match(path).HasMatches;

    private bool GitIgnores(string path, bool isFolder)
    {
        if (_gitRoot is null)
        {
            return false;
        }

        // The file nearest to the path speaks first; one further up only when that says nothing.
        var full = Path.Combine(_root, path);
        for (var folder = Path.GetDirectoryName(full); folder is not null && folder.Length >= _gitRoot.Length; folder = Path.GetDirectoryName(folder))
        {
            var relative = full[folder.Length..].TrimStart(Path.DirectorySeparatorChar).Replace(Path.DirectorySeparatorChar, '/');
            if (FileIn(folder)?.Judge(relative, isFolder) is { } verdict)
            {
                return verdict;
            }
        }

        return false;
    }

    private GitignoreFile? FileIn(string folder) => _files.GetOrAdd(folder, static folder =>
    {
        var path = Path.Combine(folder, ".gitignore");
        try
        {
            return File.Exists(path) ? GitignoreFile.Parse(File.ReadLines(path)) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null; // as git does: rules that cannot be read ignore nothing
        }
    });

    // Rules above ROOT count up to the repository's own root, unless they ignore ROOT itself: whoever serves a build folder wants it watched.
    private string GitRootOf(string root)
    {
        return GitFolder.Above(root) is { } git && !RootIsIgnoredBy(git.WorkTree, root) ? git.WorkTree : root;
    }

    private bool RootIsIgnoredBy(string gitRoot, string root)
    {
        for (var inner = root; inner.Length > gitRoot.Length; inner = Path.GetDirectoryName(inner)!)
        {
            for (var folder = Path.GetDirectoryName(inner); folder is not null && folder.Length >= gitRoot.Length; folder = Path.GetDirectoryName(folder))
            {
                if (FileIn(folder)?.Judge(Path.GetRelativePath(folder, inner).Replace(Path.DirectorySeparatorChar, '/'), isFolder: true) is { } verdict)
                {
                    if (verdict)
                    {
                        return true;
                    }

                    break;
                }
            }
        }

        return false;
    }
}

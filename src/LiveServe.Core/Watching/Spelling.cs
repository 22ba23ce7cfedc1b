using LiveServe.Files;

namespace LiveServe.Watching;

/// <summary>
/// Whether files are called exactly so. Where case makes no difference, a file that was renamed from <c>a.txt</c> to <c>A.txt</c> is still found
/// under its old name; only the listing of its folder tells. Lists each folder once: made for one look around.
/// </summary>
internal sealed class Spelling(FileTree tree)
{
    private readonly Dictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);

    /// <summary>Whether every name in a path is listed in its folder as it is spelt.</summary>
    public bool IsExact(string path)
    {
        while (path.Length > 0)
        {
            var slash = path.LastIndexOf('/');
            var folder = path[..Math.Max(0, slash)];
            if (!NamesIn(folder).Contains(path[(slash + 1)..]))
            {
                return false;
            }

            path = folder;
        }

        return true;
    }

    private HashSet<string> NamesIn(string folder)
    {
        if (!_names.TryGetValue(folder, out var names))
        {
            _names[folder] = names = FolderListing.Of(tree.FullPath(folder)).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        }

        return names;
    }
}

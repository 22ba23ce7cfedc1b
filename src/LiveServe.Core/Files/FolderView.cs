namespace LiveServe.Files;

/// <summary>A file or folder in a folder.</summary>
/// <param name="Length">In bytes; 0 for a folder.</param>
/// <param name="ModifiedNs">Nanoseconds since 1970; 0 when it is not known.</param>
internal sealed record FolderEntry(string Name, bool IsFolder, long Length, long ModifiedNs);

/// <summary>What a folder holds, for a person to look at.</summary>
/// <param name="Entries">Folders first, each kind by name; at most <see cref="Most"/>.</param>
/// <param name="LeftOut">How many more there are.</param>
internal sealed record FolderView(IReadOnlyList<FolderEntry> Entries, int LeftOut)
{
    /// <summary>How many entries are shown: beyond that nobody reads them, and a page of them is slow.</summary>
    public const int Most = 5000;

    /// <summary>Makes the view of these names; those of which there is no stat are not shown.</summary>
    public static FolderView Of(IEnumerable<(string Name, FileKind Kind)> names, Func<(string Name, FileKind Kind), FileStat?> statOf)
    {
        var sorted = names.Where(entry => entry.Kind != FileKind.Special)
            .OrderBy(entry => entry.Kind != FileKind.Folder).ThenBy(entry => entry.Name, NaturalOrder.Comparer).ToList();
        var entries = new List<FolderEntry>(Math.Min(sorted.Count, Most));
        foreach (var entry in sorted.Take(Most))
        {
            if (statOf(entry) is { } stat && stat.Kind is FileKind.Regular or FileKind.Folder)
            {
                var isFolder = stat.Kind == FileKind.Folder;
                entries.Add(new FolderEntry(entry.Name, isFolder, isFolder ? 0 : stat.Length, stat.ModifiedNs));
            }
        }

        return new FolderView([.. entries.OrderBy(entry => !entry.IsFolder).ThenBy(entry => entry.Name, NaturalOrder.Comparer)], Math.Max(0, sorted.Count - Most)); // links have become what they lead to
    }
}

using LiveServe.Files;

namespace LiveServe.Serving;

/// <summary>What a listing is ordered by.</summary>
internal enum ListingKey
{
    /// <summary>The name; what is there when nothing is said.</summary>
    Name,

    /// <summary>The length.</summary>
    Size,

    /// <summary>The time of the last change.</summary>
    Time,
}

/// <summary>How a listing is ordered: folders first, then by the key, then by name. It stands in the address, so that links can ask for it.</summary>
internal readonly record struct ListingOrder(ListingKey Key, bool Descends)
{
    /// <summary>Reads <c>?sort=name|size|time&amp;order=asc|desc</c>; what it does not know, it passes over.</summary>
    public static ListingOrder Of(string query)
    {
        var order = default(ListingOrder);
        foreach (var part in query.TrimStart('?').Split('&'))
        {
            order = part switch
            {
                "sort=name" => order with { Key = ListingKey.Name },
                "sort=size" => order with { Key = ListingKey.Size },
                "sort=time" => order with { Key = ListingKey.Time },
                "order=asc" => order with { Descends = false },
                "order=desc" => order with { Descends = true },
                _ => order,
            };
        }

        return order;
    }

    /// <summary>The query that asks for it; empty for the usual order.</summary>
    public string Query => this == default ? "" : $"?sort={Name(Key)}&order={(Descends ? "desc" : "asc")}";

    /// <summary>What a click on a column asks for: that order, or the other way round when it is there already. The largest and the newest come first.</summary>
    public ListingOrder After(ListingKey clicked) =>
        clicked == Key ? this with { Descends = !Descends } : new ListingOrder(clicked, Descends: clicked != ListingKey.Name);

    /// <summary>The entries in this order.</summary>
    /// <param name="entries">By name, folders first.</param>
    public IEnumerable<FolderEntry> Sort(IReadOnlyList<FolderEntry> entries)
    {
        var (key, folders) = (Key, entries.Where(entry => entry.IsFolder));
        long Value(FolderEntry entry) => key == ListingKey.Size ? entry.Length : entry.ModifiedNs;
        return key != ListingKey.Name
            ? Descends ? entries.OrderBy(entry => !entry.IsFolder).ThenByDescending(Value) : entries.OrderBy(entry => !entry.IsFolder).ThenBy(Value)
            : Descends ? folders.Reverse().Concat(entries.Where(entry => !entry.IsFolder).Reverse()) : entries;
    }

    /// <summary>The name of a key in an address.</summary>
    public static string Name(ListingKey key) => key switch { ListingKey.Size => "size", ListingKey.Time => "time", _ => "name" };
}

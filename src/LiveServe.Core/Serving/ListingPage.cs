using System.Globalization;
using System.Net;
using System.Text;
using LiveServe.Files;
using LiveServe.Paths;

namespace LiveServe.Serving;

/// <summary>
/// What a folder holds, as a page: plain links and one table, so that it can be read aloud, sorted and walked without a script. It is inert as
/// <see cref="StatusPage"/> is: names are data, escaped in text and percent-encoded in addresses, and no name can leave its place in a line.
/// </summary>
internal static class ListingPage
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>The document.</summary>
    /// <param name="path">Of the folder: decoded, with its slashes.</param>
    public static string Render(string path, FolderView folder, ListingOrder order)
    {
        var name = path == "/" ? "/" : Visible(path.TrimEnd('/')[(path.TrimEnd('/').LastIndexOf('/') + 1)..]);
        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Text(name == "/" ? "Files" : $"Files in {name}")}}</title>
            <style>{{Style}}</style>
            </head>
            <body>
            {{(path == "/" ? "" : $"<nav aria-label=\"Folders above\"><ol>{Trail(path)}</ol></nav>")}}
            <main>
            <h1><bdi>{{Text(name == "/" ? "Files" : name)}}</bdi></h1>
            <p>{{Summary(folder)}}</p>
            <table>
            <thead><tr>{{Column(ListingKey.Name, "Name", order)}}{{Column(ListingKey.Size, "Size", order)}}{{Column(ListingKey.Time, "Changed", order)}}</tr></thead>
            <tbody>
            {{Rows(path, folder, order)}}</tbody>
            </table>
            </main>
            </body>
            </html>

            """;
    }

    // Relative steps, so that the trail holds behind any proxy.
    private static string Trail(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var trail = new StringBuilder();
        for (var i = 0; i <= segments.Length; i++)
        {
            var label = i == 0 ? "Root" : Text(Visible(segments[i - 1]));
            trail.Append(i == segments.Length
                ? $"<li><span aria-current=\"page\"><bdi>{label}</bdi></span></li>"
                : $"<li><a href=\"{string.Concat(Enumerable.Repeat("../", segments.Length - i))}\"><bdi>{label}</bdi></a></li>");
        }

        return trail.ToString();
    }

    private static string Summary(FolderView folder)
    {
        var folders = folder.Entries.Count(entry => entry.IsFolder);
        var counts = $"{Count(folders, "folder")}, {Count(folder.Entries.Count - folders, "file")}";
        return folder.LeftOut == 0 ? counts : $"{counts}; {folder.LeftOut.ToString("N0", CultureInfo.InvariantCulture)} more are not shown";
    }

    private static string Column(ListingKey key, string label, ListingOrder order)
    {
        var sorted = order.Key != key ? "" : order.Descends ? " aria-sort=\"descending\"" : " aria-sort=\"ascending\"";
        var next = order.After(key);
        return $"<th scope=\"col\"{sorted}><a href=\"{Text(next == default ? "?sort=name" : next.Query)}\">{label}</a></th>";
    }

    private static string Rows(string path, FolderView folder, ListingOrder order)
    {
        var rows = new StringBuilder();
        if (path != "/")
        {
            rows.Append($"<tr class=\"up\"><td><a href=\"../{Text(order.Query)}\">Parent folder</a></td><td></td><td></td></tr>\n");
        }

        foreach (var entry in order.Sort(folder.Entries))
        {
            var slash = entry.IsFolder ? "/" : "";
            var label = $"<bdi>{Text(Visible(entry.Name))}{slash}</bdi>";
            var link = $"./{Uri.EscapeDataString(entry.Name)}{slash}{(entry.IsFolder ? order.Query : "")}";
            rows.Append($"<tr class=\"{(entry.IsFolder ? "folder" : "file")}\"><td>")
                .Append(IsAddressable(entry.Name) ? $"<a href=\"{Text(link)}\">{label}</a>" : $"<span title=\"No address can hold this name\">{label}</span>")
                .Append($"</td><td>{(entry.IsFolder ? "" : Size(entry.Length))}</td><td>{Time(entry.ModifiedNs)}</td></tr>\n");
        }

        return rows.ToString();
    }

    private static string Size(long length)
    {
        var exact = $"{length.ToString("N0", CultureInfo.InvariantCulture)} {(length == 1 ? "byte" : "bytes")}";
        var (value, unit) = ((double)length, -1);
        for (; value >= 999.5 && unit + 1 < Units.Length; unit++)
        {
            value /= 1000;
        }

        return unit < 0 ? exact : $"<span title=\"{exact}\">{value.ToString(value < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture)} {Units[unit]}</span>";
    }

    private static string Time(long modifiedNs)
    {
        if (modifiedNs == 0)
        {
            return "";
        }

        // Some file systems hold dates that the calendar does not.
        var seconds = Math.Clamp(modifiedNs / 1_000_000_000, DateTimeOffset.MinValue.ToUnixTimeSeconds() + 86_400, DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 86_400);
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{time:yyyy-MM-ddTHH:mm:ssZ}\">{time.ToLocalTime():yyyy-MM-dd HH:mm}</time>");
    }

    private static string Count(int count, string what) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    // What RequestTarget refuses in an address.
    private static bool IsAddressable(string name) => RequestTarget.Parse("/" + Uri.EscapeDataString(name), "", out _) is not null;

    private static string Visible(string name) => string.Create(name.Length, name, (text, source) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        }
    });

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """

        :root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 14%, Canvas); --quiet: color-mix(in srgb, CanvasText 65%, Canvas); --link: light-dark(#0b57d0, #a8c7fa); }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
        a { color: var(--link); text-decoration: none; }
        a:hover, a:focus-visible { text-decoration: underline; }
        nav ol { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; margin: 0; padding: 0; font-size: .875rem; }
        nav li + li::before { content: "/"; color: var(--quiet); margin-inline-end: .25rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: .75rem 0 .25rem; overflow-wrap: anywhere; }
        p { margin: 0 0 1.25rem; color: var(--quiet); }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { padding: .4rem .5rem; text-align: start; border-bottom: 1px solid var(--line); }
        th { font-size: .8125rem; position: sticky; top: 0; background: Canvas; }
        th a { color: inherit; }
        th[aria-sort=ascending] a::after { content: " \2191"; }
        th[aria-sort=descending] a::after { content: " \2193"; }
        th + th, td + td { text-align: end; white-space: nowrap; color: var(--quiet); width: 1%; }
        td:first-child { overflow-wrap: anywhere; padding-inline-start: 2rem; position: relative; }
        td:first-child::before { position: absolute; inset-inline-start: .5rem; top: .75rem; width: .9rem; height: .7rem; content: ""; box-sizing: border-box; border-radius: 2px; }
        .folder td:first-child::before { background: light-dark(#5b8def, #7aa2f7); clip-path: polygon(0 0, 40% 0, 50% 18%, 100% 18%, 100% 100%, 0 100%); }
        .file td:first-child::before { border: 1.5px solid var(--quiet); width: .7rem; height: .9rem; top: .65rem; inset-inline-start: .6rem; }
        .up td:first-child::before { content: "\2191"; color: var(--quiet); width: auto; height: auto; top: .4rem; }
        tbody tr:hover, tbody tr:focus-within { background: color-mix(in srgb, CanvasText 5%, Canvas); }
        @media (max-width: 34rem) { th:last-child, td:last-child { display: none; } body { padding-inline: 1rem; } }

        """;
}

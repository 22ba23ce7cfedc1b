using System.Text;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Sockets;

namespace LiveServe.Updates;

/// <summary>
/// The frames of one batch. Many tabs show one page: what is the same for them is looked up, filled in and framed once.
/// </summary>
internal sealed class UpdateMessages(long seq, DateTimeOffset time, IReadOnlyList<ChangedFile> changes, ISiteKnowledge site)
{
    private readonly Dictionary<string, byte[]> _frames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Source?> _sources = new(StringComparer.Ordinal);

    /// <summary>What changed.</summary>
    public IReadOnlyList<ChangedFile> Changes => changes;

    /// <summary>The source that a page at a decoded path would be made from now.</summary>
    public Source? SourceAt(string path)
    {
        if (!_sources.TryGetValue(path, out var source))
        {
            source = site.SourceAt(UrlPath.Escape(path));
            _sources.Add(path, source);
        }

        return source;
    }

    /// <summary>The frame that tells a page at <paramref name="path"/> to do <paramref name="items"/>.</summary>
    public byte[] Frame(string? path, IReadOnlyList<UpdateItem> items)
    {
        var key = string.Join('\n', items);
        if (!_frames.TryGetValue(key, out var frame))
        {
            var more = changes.Count - Updated.MaximumFiles;
            frame = Sockets.Frame.Of(Opcode.Text, Wire.Serialize(new Updated(
                seq, time, [.. changes.Take(Updated.MaximumFiles).Select(change => change.Path)], more > 0 ? more : null,
                [.. items.Select(item => Filled(item, path))])));
            _frames.Add(key, frame);
        }

        return frame;
    }

    // Texts and addresses are a matter of the message: until here, things are called what the site calls them.
    private UpdateItem Filled(UpdateItem item, string? path) => item switch
    {
        CssItem css => css with { Url = site.AddressOf(css.Url), Text = site.SheetText(css.Url) },
        HtmlItem html => html with { Url = site.AddressOf(html.Url), Text = TextOf(SourceAt(path!)) },
        AssetItem asset => asset with { Url = site.AddressOf(asset.Url) },
        SheetItem sheet => sheet with { Url = site.AddressOf(sheet.Url) },
        _ => item,
    };

    private static string? TextOf(Source? source) =>
        source is { Bytes.Length: <= Updated.MaximumText } && source.ContentType.EndsWith("charset=utf-8", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(source.Bytes.Span).TrimStart('\uFEFF')
            : null;
}

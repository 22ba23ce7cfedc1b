namespace LiveServe.Content;

/// <summary>From a file's name to its media type. Unknown endings are bytes: nothing is ever left to be guessed by a browser.</summary>
/// <remarks>IANA's media types; RFC 9239 for scripts.</remarks>
internal static class MediaTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        ["html"] = "text/html", ["htm"] = "text/html", ["xhtml"] = "application/xhtml+xml", ["xht"] = "application/xhtml+xml",
        ["css"] = "text/css", ["js"] = "text/javascript", ["mjs"] = "text/javascript", ["cjs"] = "text/javascript",
        ["json"] = "application/json", ["map"] = "application/json", ["jsonld"] = "application/ld+json", ["geojson"] = "application/geo+json",
        ["webmanifest"] = "application/manifest+json", ["importmap"] = "application/importmap+json", ["wasm"] = "application/wasm",
        ["xml"] = "application/xml", ["xsl"] = "application/xslt+xml", ["xslt"] = "application/xslt+xml", ["rss"] = "application/rss+xml", ["atom"] = "application/atom+xml",
        ["txt"] = "text/plain", ["log"] = "text/plain", ["md"] = "text/markdown", ["csv"] = "text/csv", ["tsv"] = "text/tab-separated-values",
        ["vtt"] = "text/vtt", ["ics"] = "text/calendar", ["yml"] = "application/yaml", ["yaml"] = "application/yaml", ["toml"] = "application/toml",
        ["ts"] = "text/plain", ["tsx"] = "text/plain", ["jsx"] = "text/plain", ["scss"] = "text/plain", ["less"] = "text/plain",
        ["sass"] = "text/plain", ["styl"] = "text/plain", ["vue"] = "text/plain", ["svelte"] = "text/plain", ["astro"] = "text/plain",
        ["c"] = "text/plain", ["h"] = "text/plain", ["cpp"] = "text/plain", ["hpp"] = "text/plain", ["cs"] = "text/plain", ["fs"] = "text/plain",
        ["go"] = "text/plain", ["java"] = "text/plain", ["kt"] = "text/plain", ["php"] = "text/plain", ["py"] = "text/plain", ["rb"] = "text/plain",
        ["rs"] = "text/plain", ["swift"] = "text/plain", ["sh"] = "text/plain", ["sql"] = "text/plain", ["diff"] = "text/plain", ["patch"] = "text/plain",
        ["ini"] = "text/plain", ["conf"] = "text/plain", ["cfg"] = "text/plain", ["tex"] = "text/plain", ["srt"] = "text/plain", ["glsl"] = "text/plain",
        ["wgsl"] = "text/wgsl", ["mdx"] = "text/markdown", ["markdown"] = "text/markdown", ["json5"] = "application/json5", ["jsonl"] = "application/jsonl",
        ["ndjson"] = "application/x-ndjson", ["graphql"] = "application/graphql", ["dtd"] = "application/xml-dtd", ["kml"] = "application/vnd.google-earth.kml+xml",
        ["gpx"] = "application/gpx+xml", ["opml"] = "text/x-opml",
        ["svg"] = "image/svg+xml", ["png"] = "image/png", ["apng"] = "image/apng", ["jpg"] = "image/jpeg", ["jpeg"] = "image/jpeg", ["jfif"] = "image/jpeg",
        ["gif"] = "image/gif", ["webp"] = "image/webp", ["avif"] = "image/avif", ["jxl"] = "image/jxl", ["heic"] = "image/heic",
        ["ico"] = "image/x-icon", ["cur"] = "image/x-icon", ["bmp"] = "image/bmp", ["tif"] = "image/tiff", ["tiff"] = "image/tiff",
        ["woff2"] = "font/woff2", ["woff"] = "font/woff", ["ttf"] = "font/ttf", ["otf"] = "font/otf", ["ttc"] = "font/collection", ["eot"] = "application/vnd.ms-fontobject",
        ["mp4"] = "video/mp4", ["m4v"] = "video/mp4", ["webm"] = "video/webm", ["ogv"] = "video/ogg", ["mov"] = "video/quicktime", ["mpeg"] = "video/mpeg",
        ["mkv"] = "video/matroska", ["avi"] = "video/vnd.avi", ["3gp"] = "video/3gpp", ["m2ts"] = "video/mp2t", ["mpg"] = "video/mpeg",
        ["m3u8"] = "application/vnd.apple.mpegurl", ["mpd"] = "application/dash+xml", ["m4s"] = "video/iso.segment",
        ["mp3"] = "audio/mpeg", ["m4a"] = "audio/mp4", ["aac"] = "audio/aac", ["ogg"] = "audio/ogg", ["oga"] = "audio/ogg", ["opus"] = "audio/ogg",
        ["wav"] = "audio/wav", ["flac"] = "audio/flac", ["weba"] = "audio/webm", ["mid"] = "audio/midi",
        ["midi"] = "audio/midi", ["m4b"] = "audio/mp4", ["mka"] = "audio/matroska", ["aif"] = "audio/aiff", ["aiff"] = "audio/aiff",
        ["pdf"] = "application/pdf", ["zip"] = "application/zip", ["gz"] = "application/gzip", ["br"] = Unknown, ["tar"] = "application/x-tar",
        ["zst"] = "application/zstd", ["bz2"] = "application/x-bzip2", ["xz"] = "application/x-xz", ["rar"] = "application/vnd.rar", ["jar"] = "application/java-archive",
        ["7z"] = "application/x-7z-compressed", ["epub"] = "application/epub+zip", ["rtf"] = "application/rtf",
        ["doc"] = "application/msword", ["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ["xls"] = "application/vnd.ms-excel", ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["ppt"] = "application/vnd.ms-powerpoint", ["pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ["odt"] = "application/vnd.oasis.opendocument.text", ["ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        ["odp"] = "application/vnd.oasis.opendocument.presentation", ["ps"] = "application/postscript", ["eps"] = "application/postscript",
        ["gltf"] = "model/gltf+json", ["glb"] = "model/gltf-binary", ["obj"] = "model/obj", ["stl"] = "model/stl", ["usdz"] = "model/vnd.usdz+zip",
    };

    /// <summary>The type of a file called <paramref name="fileName"/>; without parameters.</summary>
    public static string Of(string fileName)
    {
        var ending = Path.GetExtension(fileName);
        return ending.Length > 1 && ByEnding.TryGetValue(ending[1..], out var type) ? type : Unknown;
    }

    /// <summary>Whether a page exchanges such a file where it shows it, and need not be loaded again.</summary>
    public static bool IsExchanged(string fileName)
    {
        var type = Of(fileName);
        return type == "text/css" || type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("font/", StringComparison.Ordinal);
    }

    /// <summary>Whether the name's ending is one of a file that we know.</summary>
    public static bool IsKnown(string fileName) => Path.GetExtension(fileName) is { Length: > 1 } ending && ByEnding.ContainsKey(ending[1..]);

    /// <summary>Whether the type takes a charset. JSON does not: it is UTF-8 by definition (RFC 8259 §8.1).</summary>
    public static bool IsText(string mediaType)
    {
        var type = Essence(mediaType);
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || IsXml(mediaType)
            || Is(type, "application/javascript") || Is(type, "application/x-javascript") || Is(type, "application/ecmascript");
    }

    /// <summary>Whether such a file gets notably shorter by being compressed: text of all kinds, and what nobody has compressed yet.</summary>
    public static bool IsCompressible(string mediaType)
    {
        var type = Essence(mediaType);
        return IsText(mediaType) || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            || type.ToString() is "application/wasm" or "application/yaml" or "application/toml" or "application/graphql" or "application/rtf" or "application/jsonl"
                or "font/ttf" or "font/otf" or "font/collection" or "image/bmp" or "image/x-icon" or "model/obj" or "model/stl";
    }

    /// <summary>Whether the type is XML, whatever its vocabulary.</summary>
    public static bool IsXml(string mediaType)
    {
        var type = Essence(mediaType);
        return type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Which kind of page the type is, if any.</summary>
    public static MarkupKind? Markup(string mediaType)
    {
        var type = Essence(mediaType);
        return Is(type, "text/html") ? MarkupKind.Html
            : Is(type, "application/xhtml+xml") ? MarkupKind.Xhtml
            : Is(type, "image/svg+xml") ? MarkupKind.Svg
            : null;
    }

    // A back end's header carries parameters and any case; ours never does.
    private static ReadOnlySpan<char> Essence(string mediaType)
    {
        var end = mediaType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? mediaType : mediaType.AsSpan(0, end)).Trim();
    }

    private static bool Is(ReadOnlySpan<char> type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
}

using System.Text;

namespace LiveServe.Scanning;

/// <summary>
/// Which files the elements of a page or picture make a browser load. Links to other pages, frames and forms load nothing into this one.
/// </summary>
/// <remarks>
/// WHATWG HTML §4.2.3 (base), §4.2.4 and §4.6.8 (link), §4.8 (embedded content), §4.12.1 (script), §16.3 (background); SVG 2 §16. Elements
/// are told by their names, in any case and namespace: a name that means something in one of the two means nothing in the other.
/// </remarks>
internal sealed class MarkupReferences
{
    private static readonly string[] Links = ["href", "xlink:href"];
    private static readonly string[] Sources = ["src"];
    private static readonly string[] Backgrounds = ["background"];

    private static readonly Dictionary<string, string[]> Addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["script"] = ["src", .. Links], ["link"] = ["href"], ["image"] = Links, ["use"] = Links, ["feImage"] = Links,
        ["img"] = Sources, ["source"] = Sources, ["audio"] = Sources, ["track"] = Sources, ["input"] = Sources, ["embed"] = Sources,
        ["video"] = ["src", "poster"], ["object"] = ["data"],
        ["body"] = Backgrounds, ["table"] = Backgrounds, ["thead"] = Backgrounds, ["tbody"] = Backgrounds, ["tfoot"] = Backgrounds,
        ["tr"] = Backgrounds, ["td"] = Backgrounds, ["th"] = Backgrounds,
    };

    private static readonly HashSet<string> LoadingRels = new(StringComparer.OrdinalIgnoreCase)
    {
        "stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "mask-icon", "preload", "modulepreload", "manifest",
    };

    // SVG's properties that may be written as attributes and whose values may be in another file.
    private static readonly HashSet<string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        "style", "fill", "stroke", "filter", "mask", "clip-path", "marker", "marker-start", "marker-mid", "marker-end", "cursor",
    };

    private readonly string _pagePath;
    private string? _base; // null: everything relative is on another host
    private bool _hasBase;

    /// <summary>Begins a document at a decoded path.</summary>
    public MarkupReferences(string pagePath) => _base = _pagePath = pagePath;

    /// <summary>The decoded paths so far.</summary>
    public HashSet<string> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the text of an element of this name is for <see cref="Text"/>.</summary>
    public static bool HasText(string name) => IsNamed(name, "style") || IsNamed(name, "script");

    /// <summary>Takes an element's start, in the order of the document: a base counts for what comes after it.</summary>
    /// <param name="name">Without a prefix.</param>
    /// <param name="attributes">By names without case; XLink's are called <c>xlink:…</c>.</param>
    /// <param name="isInert">Whether it is in a template, where a base is none.</param>
    public void Element(string name, IReadOnlyDictionary<string, string> attributes, bool isInert)
    {
        if (IsNamed(name, "base") && !isInert && !_hasBase && attributes.TryGetValue("href", out var href))
        {
            _hasBase = true;
            _base = href.Trim().Length == 0 || href.TrimStart().StartsWith('#') ? _pagePath : LocalReference.Resolve(href, _pagePath);
        }

        if (Loads(name, attributes) && Addresses.TryGetValue(name, out var addresses))
        {
            foreach (var attribute in addresses)
            {
                Add(attributes.GetValueOrDefault(attribute));
            }
        }

        if (attributes.TryGetValue(IsNamed(name, "link") ? "imagesrcset" : "srcset", out var set))
        {
            SourceSet.Addresses(set).ForEach(Add);
        }

        foreach (var (property, value) in attributes)
        {
            if (Properties.Contains(property))
            {
                AddSheet(value, isSheet: false);
            }
        }
    }

    /// <summary>Takes the text of a style or script element, after its start.</summary>
    public void Text(string name, IReadOnlyDictionary<string, string> attributes, string text)
    {
        var type = attributes.GetValueOrDefault("type", "").Trim();
        if (IsNamed(name, "style"))
        {
            if (type.Length == 0 || IsNamed(type, "text/css"))
            {
                AddSheet(text, isSheet: true);
            }
        }
        else if (_base is not null && !attributes.ContainsKey("src"))
        {
            Found.UnionWith(IsNamed(type, "importmap") ? JsonReferences.OfImportMap(text, _base) : IsScript(type) ? JsReferences.Of(text, _base) : []);
        }
    }

    /// <summary>Takes an address as the document writes it.</summary>
    public void Add(string? address)
    {
        if (address is not null && _base is not null && LocalReference.Resolve(address, _base) is { } path)
        {
            Found.Add(path);
        }
    }

    private static bool Loads(string name, IReadOnlyDictionary<string, string> attributes) => name.ToLowerInvariant() switch
    {
        "link" => attributes.GetValueOrDefault("rel", "").Split([' ', '\t', '\n', '\r', '\f']).Any(LoadingRels.Contains),
        "input" => IsNamed(attributes.GetValueOrDefault("type", ""), "image"),
        "script" => IsScript(attributes.GetValueOrDefault("type", "").Trim()),
        _ => true,
    };

    private static bool IsScript(string type) =>
        type.Length == 0 || IsNamed(type, "module") || type.EndsWith("/javascript", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("/x-javascript", StringComparison.OrdinalIgnoreCase) || type.EndsWith("/ecmascript", StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(string name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private void AddSheet(string css, bool isSheet)
    {
        foreach (var reference in CssReferences.In(Encoding.UTF8.GetBytes(css), isSheet))
        {
            Add(reference.Value);
        }
    }
}

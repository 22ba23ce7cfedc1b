using System.Text.Json;

namespace LiveServe.Scanning;

/// <summary>The files that import maps and web app manifests name. What is no JSON names none.</summary>
internal static class JsonReferences
{
    /// <summary>The modules of an import map: of its imports and of its scopes. Prefixes of paths are no files.</summary>
    /// <remarks>WHATWG HTML §8.1.6.1.</remarks>
    public static HashSet<string> OfImportMap(string json, string basePath)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var document = Parse(json);
        if (document is null)
        {
            return found;
        }

        var tables = Members(document.RootElement, "imports").Concat(
            Members(document.RootElement, "scopes").SelectMany(scope => scope.Value.ValueKind == JsonValueKind.Object ? scope.Value.EnumerateObject() : default));
        foreach (var address in tables.Select(entry => Text(entry.Value)))
        {
            Add(found, address is not null && !address.EndsWith('/') ? ModuleSpecifier.Resolve(address, basePath) : null);
        }

        return found;
    }

    /// <summary>The pictures of a manifest: icons, those of its shortcuts, screenshots.</summary>
    /// <remarks>W3C Web Application Manifest §1.10 and §1.15, Manifest App Info §2.</remarks>
    public static HashSet<string> OfManifest(string json, string manifestPath)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var document = Parse(json);
        if (document is null)
        {
            return found;
        }

        var root = document.RootElement;
        foreach (var picture in Items(root, "icons").Concat(Items(root, "screenshots")).Concat(Items(root, "shortcuts").SelectMany(item => Items(item, "icons"))))
        {
            Add(found, Property(picture, "src") is { } source && Text(source) is { } address ? LocalReference.Resolve(address, manifestPath) : null);
        }

        return found;
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null; // the browser does not read it either, or it is nested more than 64 deep
        }
    }

    private static IEnumerable<JsonProperty> Members(JsonElement of, string name) =>
        Property(of, name) is { ValueKind: JsonValueKind.Object } table ? table.EnumerateObject() : [];

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        Property(of, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static JsonElement? Property(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static void Add(HashSet<string> found, string? path)
    {
        if (path is not null)
        {
            found.Add(path);
        }
    }
}

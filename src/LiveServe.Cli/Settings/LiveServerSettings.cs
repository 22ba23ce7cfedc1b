using System.Text.Json;

namespace LiveServe.Cli.Settings;

/// <summary>
/// live-server's <c>.live-server.json</c>: read where there is no file of ours, for whoever moves over. What it says and we have goes by
/// our name; the rest is named, not guessed.
/// </summary>
internal static class LiveServerSettings
{
    /// <summary>The file's name, in ROOT or in the user's folder.</summary>
    public const string Name = ".live-server.json";

    // Its keys, ours, and for those whose value we write otherwise, how.
    private static readonly Dictionary<string, (string Key, Func<JsonElement, IReadOnlyList<string>?> Texts)> Known = new(StringComparer.Ordinal)
    {
        ["port"] = ("port", Scalar),
        ["host"] = ("host", Host),
        ["open"] = ("open", Path),
        ["browser"] = ("browser", Scalar),
        ["ignore"] = ("ignore", Listed),
        ["wait"] = ("wait", Scalar),
        ["noCssInject"] = ("cssInject", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [value.ValueKind == JsonValueKind.True ? "false" : "true"] : null),
        ["file"] = ("spa", Scalar),
        ["entryFile"] = ("spa", Scalar),
        ["cors"] = ("cors", value => value.ValueKind == JsonValueKind.True ? ["*"] : null),
        ["mount"] = ("mount", value => Pairs(value, ":")),
        ["proxy"] = ("proxy", value => Pairs(value, "=")),
    };

    /// <summary>Reads the text of a file.</summary>
    /// <param name="note">Takes a sentence that names what was left out.</param>
    public static IReadOnlyDictionary<Setting, Given> Parse(ReadOnlyMemory<byte> text, Action<string> note)
    {
        var values = new Dictionary<Setting, Given>();
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                note($"{Name} is no JSON object; it is not read.");
                return values;
            }

            var leftOut = new List<string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!Known.TryGetValue(property.Name, out var known)
                    || AllSettings.Table.FirstOrDefault(setting => setting.Key == known.Key) is not { } setting)
                {
                    leftOut.Add(property.Name);
                }
                else if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) || property.Name == "noCssInject")
                {
                    if (known.Texts(property.Value) is { Count: > 0 } texts)
                    {
                        values[setting] = new Given($"{Name} {property.Name}", texts);
                    }
                    else
                    {
                        leftOut.Add(property.Name);
                    }
                }
            }

            if (leftOut.Count > 0)
            {
                note($"{Name} is read, but not its {string.Join(", ", leftOut)}.");
            }
        }
        catch (JsonException wrong)
        {
            note($"{Name} is no JSON ({wrong.Message.Split(" LineNumber")[0]}); it is not read.");
        }

        return values;
    }

    private static IReadOnlyList<string>? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        _ => null,
    };

    // There, "0.0.0.0" is what everybody writes to say nothing; here it would open the folder to the network.
    private static IReadOnlyList<string>? Host(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is not ("0.0.0.0" or "::") ? [value.GetString()!] : null;

    private static IReadOnlyList<string>? Path(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => ["/"],
        JsonValueKind.String => ["/" + value.GetString()!.TrimStart('/')],
        _ => null,
    };

    private static IReadOnlyList<string>? Listed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => GivenFlags.Split([value.GetString()!]),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    private static IReadOnlyList<string>? Pairs(JsonElement value, string between) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(pair => Listed(pair) is { Count: 2 })
            ? [.. value.EnumerateArray().Select(pair => string.Join(between, Listed(pair)!))]
            : null;
}

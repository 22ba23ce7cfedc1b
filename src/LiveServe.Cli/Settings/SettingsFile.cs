using System.Text;
using System.Text.Json;

namespace LiveServe.Cli.Settings;

/// <summary>
/// <c>liveserve.json</c>: every setting under its name in camel case. Comments and trailing commas are allowed; a key that there is not is
/// an error, so that a misspelt one is not overlooked.
/// </summary>
internal static class SettingsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "liveserve.json";

    private const int MaximumLength = 1024 * 1024;

    /// <summary>The file in <paramref name="root"/> or in the nearest folder above it.</summary>
    /// <remarks>Above ROOT, a folder that every user of the machine may write into is not believed, nor is what lies above it.</remarks>
    public static string? Find(string root)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(root)); folder is not null; folder = folder.Parent)
        {
            if (folder.FullName != Path.GetFullPath(root) && IsOpenToAll(folder))
            {
                return null;
            }

            var file = Path.Combine(folder.FullName, Name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="problem">Takes each thing that is wrong with it: a sentence, and what to do.</param>
    public static IReadOnlyDictionary<Setting, Given> Read(string path, Action<string> problem)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumLength)
            {
                problem($"{path} is longer than 1 MiB. It holds settings only.");
                return new Dictionary<Setting, Given>();
            }

            return Parse(File.ReadAllBytes(path), Path.GetFileName(path), problem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem($"{path} cannot be read: {failure.Message} Name another with --config, or use --no-config.");
            return new Dictionary<Setting, Given>();
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="name">What problems call it.</param>
    public static IReadOnlyDictionary<Setting, Given> Parse(ReadOnlySpan<byte> text, string name, Action<string> problem)
    {
        var values = new Dictionary<Setting, Given>();
        text = text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem($"{name} is no JSON object. Begin it with {{.");
                return values;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var place = $"{name}:{1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n')}";
                var key = reader.GetString()!;
                reader.Read();
                Take(key, JsonElement.ParseValue(ref reader), place, values, problem);
            }

            while (reader.Read())
            {
                // What comes after the object is wrong, and said so here.
            }
        }
        catch (JsonException wrong)
        {
            problem($"{name}:{wrong.LineNumber + 1} is no JSON: {wrong.Message.Split(" LineNumber")[0]} Comments and trailing commas are fine.");
        }
        catch (InvalidOperationException)
        {
            problem($"{name} has a text that is no Unicode. Save it as UTF-8.");
        }

        return values;
    }

    private static void Take(string key, JsonElement value, string place, Dictionary<Setting, Given> values, Action<string> problem)
    {
        if (key == "$schema")
        {
            return;
        }

        if (AllSettings.Table.FirstOrDefault(setting => setting.Key == key) is not { } setting)
        {
            problem($"{place} There is no setting {key}. Did you mean {Nearest.To(key, [.. AllSettings.Table.Select(setting => setting.Key)])}?");
        }
        else if (values.ContainsKey(setting))
        {
            problem($"{place} {key} is there twice. Keep one of them.");
        }
        else if (Texts(setting, value) is { } texts)
        {
            values[setting] = new Given($"{place} {key}", texts);
        }
        else if (value.ValueKind == JsonValueKind.False && setting.CanBeOff)
        {
            values[setting] = new Given($"{place} {key}", [], IsOff: true);
        }
        else
        {
            problem($"{place} {key} cannot be {value.GetRawText().ReplaceLineEndings(" ")}. Give {Wanted(setting)}.");
        }
    }

    private static IReadOnlyList<string>? Texts(Setting setting, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when setting.Kind is SettingKind.Text or SettingKind.List => [value.GetString()!],
        JsonValueKind.Number when setting.Kind == SettingKind.Number => [value.GetRawText()],
        JsonValueKind.True when setting.Bare is not null => [setting.Bare],
        JsonValueKind.False when setting.Kind == SettingKind.Toggle => ["false"],
        JsonValueKind.True when setting is { Kind: SettingKind.List, CanBeOff: true } => [],
        JsonValueKind.Array when setting.Kind == SettingKind.List && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(item => item.GetString()!)],
        JsonValueKind.Object when setting.PairedBy is not null && value.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateObject().Select(item => $"{item.Name}{setting.PairedBy}{item.Value.GetString()}")],
        _ => null,
    };

    private static string Wanted(Setting setting)
    {
        var value = setting.Kind switch
        {
            SettingKind.Toggle => "true or false",
            SettingKind.Number => "a number",
            SettingKind.Text => "a text",
            _ when setting.PairedBy is not null => "an object of texts, or an array of texts",
            _ => "an array of texts",
        };
        return setting.CanBeOff && setting.Kind != SettingKind.Toggle ? $"{value}, or true or false" : value;
    }

    private static bool IsOpenToAll(DirectoryInfo folder) =>
        !OperatingSystem.IsWindows() && (folder.UnixFileMode & (UnixFileMode.OtherWrite)) != 0;
}

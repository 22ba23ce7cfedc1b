using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LiveServe.Cli.Settings;

/// <summary>The JSON schema of <see cref="SettingsFile"/>, for editors: made from the table, so that it says what is read.</summary>
internal static class SettingsSchema
{
    /// <summary>The name that <c>liveserve init</c> gives it.</summary>
    public const string Name = "liveserve.schema.json";

    /// <summary>The whole schema.</summary>
    public static string Render()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "liveserve.json");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            foreach (var setting in AllSettings.Table)
            {
                json.WriteStartObject(setting.Key);
                json.WriteString("description", Describe(setting));
                Type(json, setting);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length) + "\n";
    }

    // The help of a flag that takes something away speaks of "false".
    private static string Describe(Setting setting) => setting.Kind == SettingKind.Toggle && setting.IsOn ? $"false: {setting.Help}" : setting.Help;

    private static void Type(Utf8JsonWriter json, Setting setting)
    {
        if (setting.Kind == SettingKind.Toggle)
        {
            json.WriteString("type", "boolean");
            json.WriteBoolean("default", setting.IsOn);
            return;
        }

        var forms = new List<Action>();
        if (setting.Kind == SettingKind.Number)
        {
            forms.Add(() => Number(json, setting));
        }
        else
        {
            forms.Add(() => Words(json, setting));
        }

        if (setting.Kind == SettingKind.List)
        {
            forms.Add(() => Collection(json, "array", "items"));
        }

        if (setting.PairedBy is not null)
        {
            forms.Add(() => Collection(json, "object", "additionalProperties"));
        }

        if (setting.CanBeOff || setting.Bare is not null)
        {
            forms.Add(() => json.WriteString("type", "boolean"));
        }

        if (forms.Count == 1)
        {
            forms[0]();
            return;
        }

        json.WriteStartArray("anyOf");
        foreach (var form in forms)
        {
            json.WriteStartObject();
            form();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, Setting setting)
    {
        json.WriteString("type", "integer");
        json.WriteNumber("minimum", setting.Range.Least);
        json.WriteNumber("maximum", setting.Range.Most);
    }

    private static void Words(Utf8JsonWriter json, Setting setting)
    {
        json.WriteString("type", "string");
        if (setting.Words.Count > 0)
        {
            json.WriteStartArray("enum");
            foreach (var word in setting.Words)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
        }
    }

    private static void Collection(Utf8JsonWriter json, string type, string of)
    {
        json.WriteString("type", type);
        json.WriteStartObject(of);
        json.WriteString("type", "string");
        json.WriteEndObject();
    }
}

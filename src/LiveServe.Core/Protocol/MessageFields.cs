using System.Text.Json;

namespace LiveServe.Protocol;

/// <summary>A field that is there but of the wrong shape, or missing though it is needed.</summary>
internal sealed class FieldException(string code, string field, string message) : Exception(message)
{
    /// <summary>The wire's error code.</summary>
    public string Code { get; } = code;

    /// <summary>The field's name.</summary>
    public string Field { get; } = field;
}

/// <summary>Typed access to a message's fields. Absent and <c>null</c> are <see langword="null"/>; a wrong shape is a <see cref="FieldException"/>.</summary>
internal readonly struct MessageFields(JsonElement message)
{
    /// <summary>A string.</summary>
    public string? Text(string name) => Get(name, JsonValueKind.String, "a string")?.GetString();

    /// <summary>A string that must be there.</summary>
    public string Needed(string name) => Text(name) ?? throw new FieldException("missing_field", name, $"The field \"{name}\" is missing.");

    /// <summary>A finite number.</summary>
    public double? Number(string name) =>
        Get(name, JsonValueKind.Number, "a number") is not { } value ? null
        : value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong(name, "a finite number");

    /// <summary>A whole number.</summary>
    public long? Integer(string name) =>
        Get(name, JsonValueKind.Number, "a whole number") is not { } value ? null
        : value.TryGetInt64(out var number) && Math.Abs(number) <= 1L << 53 ? number
        : throw Wrong(name, "a whole number");

    /// <summary>A line or a column: a whole number, from 1 to 10,000,000; others are brought to the nearest of these.</summary>
    public int? Position(string name) => Integer(name) is { } value ? (int)Math.Clamp(value, 1, 10_000_000) : null;

    /// <summary>Anything at all; it outlives the message.</summary>
    public JsonElement? Any(string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.Clone() : null;

    /// <summary>True or false.</summary>
    public bool? Flag(string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : null;

    /// <summary>A moment, RFC 3339.</summary>
    public DateTimeOffset? Time(string name) =>
        Get(name, JsonValueKind.String, "a time") is not { } value ? null
        : value.TryGetDateTimeOffset(out var time) ? time
        : throw Wrong(name, "a time (RFC 3339)");

    /// <summary>An object.</summary>
    public MessageFields? Object(string name) => Get(name, JsonValueKind.Object, "an object") is { } value ? new(value) : null;

    /// <summary>Strings; the ones beyond <paramref name="most"/> are left out.</summary>
    public IReadOnlyList<string> Texts(string name, int most) =>
        Get(name, JsonValueKind.Array, "a list of strings") is not { } list ? []
        : [.. list.EnumerateArray().Take(most).Select(item => item.ValueKind == JsonValueKind.String
            ? item.GetString()!
            : throw Wrong(name, "a list of strings"))];

    /// <summary>Finite numbers, as many as are wanted; they must be there.</summary>
    public IReadOnlyList<double> Numbers(string name, int exactly) =>
        Get(name, JsonValueKind.Array, "a list of numbers") is not { } list ? throw new FieldException("missing_field", name, $"The field \"{name}\" is missing.")
        : list.GetArrayLength() == exactly && list.EnumerateArray().All(IsFinite) ? [.. list.EnumerateArray().Select(item => item.GetDouble())]
        : throw Wrong(name, $"a list of {exactly} numbers");

    private static bool IsFinite(JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number);

    private JsonElement? Get(string name, JsonValueKind kind, string what) =>
        !message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == kind ? value
        : throw Wrong(name, what);

    private static FieldException Wrong(string name, string what) =>
        name == "type" ? new("bad_type", name, "A message has a type, which is a string.") : new("bad_json", name, $"The field \"{name}\" is {what}.");
}

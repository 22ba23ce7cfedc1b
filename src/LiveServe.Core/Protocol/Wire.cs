using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveServe.Protocol;

/// <summary>Turns messages into the bytes of one text frame's payload.</summary>
internal static class Wire
{
    /// <summary>UTF-8 JSON without a byte order mark; absent values are left out.</summary>
    public static byte[] Serialize(ServerMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, WireContext.Default.ServerMessage);
}

/// <summary>The serialiser, made at compile time: nothing is reflected over at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerMessage))]
internal sealed partial class WireContext : JsonSerializerContext;

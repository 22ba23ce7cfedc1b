using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveServe.Protocol;

/// <summary>Turns messages into the bytes of one text frame's payload.</summary>
internal static class Wire
{
    // Only what JSON itself demands is escaped: frames are read by people too, in their browser's tools, and none of this is ever part of a page.
    private static readonly WireContext Context = new(new JsonSerializerOptions(WireContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>UTF-8 JSON without a byte order mark; absent values are left out.</summary>
    public static byte[] Serialize(ServerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Context.ServerMessage);
}

/// <summary>The serialiser, made at compile time: nothing is reflected over at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerMessage))]
internal sealed partial class WireContext : JsonSerializerContext;

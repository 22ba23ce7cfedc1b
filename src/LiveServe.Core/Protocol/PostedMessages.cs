using System.Text.Json;

namespace LiveServe.Protocol;

/// <summary>What one request posts: a message, or an array of messages in their order.</summary>
internal static class PostedMessages
{
    /// <summary>As many are taken at once.</summary>
    public const int Maximum = 100;

    /// <summary>
    /// The messages in a body, not yet judged; <see langword="null"/> when there are too many. What is neither an object nor an array is passed on as
    /// one message: it is answered like a bad frame.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> body)
    {
        var messages = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return [body];
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                messages.Add(body[start..(int)reader.BytesConsumed]);
                if (messages.Count > Maximum)
                {
                    return null;
                }
            }

            return reader.Read() ? [body] : messages; // something after the array's end
        }
        catch (JsonException)
        {
            return [body];
        }
    }
}

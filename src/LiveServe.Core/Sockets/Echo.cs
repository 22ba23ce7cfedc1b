using System.Text;
using System.Text.Unicode;

namespace LiveServe.Sockets;

/// <summary>What the echo says. All of it is text, whatever came.</summary>
internal static class Echo
{
    /// <summary>The first frame.</summary>
    public static readonly ReadOnlyMemory<byte> Greeting = Frame.Of(Opcode.Text, "Hello webSocket"u8);

    /// <summary>A message as text: what is not UTF-8 in binary becomes U+FFFD, so it may grow to three times its length.</summary>
    public static ReadOnlyMemory<byte> TextOf(Received message) =>
        message.Opcode == Opcode.Text || Utf8.IsValid(message.Payload.Span)
            ? message.Payload
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message.Payload.Span));

    /// <summary>The answer to a message.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> text) => Frame.Of(Opcode.Text, "I heard you say \""u8, text, "\""u8);
}

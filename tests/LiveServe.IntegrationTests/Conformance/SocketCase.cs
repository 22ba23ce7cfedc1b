using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests.Conformance;

/// <summary>What a client sends, and what it gets for it.</summary>
/// <param name="Pieces">Each written by itself.</param>
/// <param name="Answers">Each as its opcode and payload, <see cref="Echo"/>, <see cref="Pong"/> or <see cref="Close"/>; after a close nothing comes.</param>
internal sealed record SocketCase(byte[][] Pieces, string[] Answers)
{
    /// <summary>The case of bytes that are written at once.</summary>
    public static SocketCase Of(byte[] sent, params string[] answers) => new([sent], answers);

    /// <summary>The same bytes in pieces of this length.</summary>
    public SocketCase Chopped(int length) => this with { Pieces = [.. Pieces.SelectMany(piece => piece).Chunk(length)] };

    public static byte[] Text(string text, bool final = true) => RawSocket.Masked(Opcode.Text, Encoding.UTF8.GetBytes(text), final);

    public static byte[] Text(byte[] text, bool final = true) => RawSocket.Masked(Opcode.Text, text, final);

    public static byte[] More(string text, bool final = false) => More(Encoding.UTF8.GetBytes(text), final);

    public static byte[] More(byte[] text, bool final = false) => RawSocket.Masked(Opcode.Continuation, text, final);

    public static byte[] Ping(string payload, bool final = true) => RawSocket.Masked(Opcode.Ping, Encoding.Latin1.GetBytes(payload), final);

    public static byte[] Goodbye(int code, string reason = "") =>
        RawSocket.Masked(Opcode.Close, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    /// <summary>A frame with its first byte changed.</summary>
    public static byte[] With(byte[] frame, int first) => [(byte)first, .. frame[1..]];

    public static string Echo(string text) => $"Text I heard you say \"{text}\"";

    public static string Pong(string payload) => $"Pong {payload}";

    public static string Close(int code) => $"Close {code}";
}

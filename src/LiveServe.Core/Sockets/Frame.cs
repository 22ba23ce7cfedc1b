using System.Buffers.Binary;

namespace LiveServe.Sockets;

/// <summary>The kinds of frame. RFC 6455 §5.2.</summary>
internal enum Opcode : byte
{
    /// <summary>The next fragment of a message.</summary>
    Continuation = 0,

    /// <summary>UTF-8.</summary>
    Text = 1,

    /// <summary>Bytes.</summary>
    Binary = 2,

    /// <summary>The end, with a code and a reason.</summary>
    Close = 8,

    /// <summary>To be answered with a pong of the same payload.</summary>
    Ping = 9,

    /// <summary>The answer.</summary>
    Pong = 10,
}

/// <summary>Whole frames, never fragmented. A server's are not masked, so one array serves every receiver.</summary>
internal static class Frame
{
    /// <summary>A frame around <paramref name="payload"/>.</summary>
    public static byte[] Of(Opcode opcode, ReadOnlySpan<byte> payload) => Of(opcode, [], payload, []);

    /// <summary>A frame around three pieces, so that they need not be joined first.</summary>
    public static byte[] Of(Opcode opcode, ReadOnlySpan<byte> before, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> after)
    {
        var length = before.Length + payload.Length + after.Length;
        var size = length < 126 ? 2 : length <= ushort.MaxValue ? 4 : 10;
        var frame = new byte[size + length];
        frame[0] = (byte)(0x80 | (byte)opcode);
        switch (size)
        {
            case 2:
                frame[1] = (byte)length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)length);
                break;
        }

        before.CopyTo(frame.AsSpan(size));
        payload.CopyTo(frame.AsSpan(size + before.Length));
        after.CopyTo(frame.AsSpan(size + before.Length + payload.Length));
        return frame;
    }

    /// <summary>A frame of a server as a client sends it. RFC 6455 §5.3.</summary>
    /// <param name="mask">New and unpredictable for each frame.</param>
    public static byte[] Masked(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> mask)
    {
        var head = frame[1] switch { 126 => 4, 127 => 10, _ => 2 };
        var masked = new byte[frame.Length + mask.Length];
        frame[..head].CopyTo(masked);
        masked[1] |= 0x80;
        mask.CopyTo(masked.AsSpan(head));
        for (var i = head; i < frame.Length; i++)
        {
            masked[i + mask.Length] = (byte)(frame[i] ^ mask[(i - head) % mask.Length]);
        }

        return masked;
    }

    /// <summary>What a whole frame of ours carries.</summary>
    public static ReadOnlyMemory<byte> PayloadOf(ReadOnlyMemory<byte> frame) => frame[(frame.Span[1] switch { 126 => 4, 127 => 10, _ => 2 })..];

    /// <summary>A close frame; the reason is cut to what fits (123 bytes, RFC 6455 §5.5).</summary>
    public static byte[] Close(int code, string reason)
    {
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        System.Text.Unicode.Utf8.FromUtf16(reason, payload[2..], out _, out var written, replaceInvalidSequences: true);
        return Of(Opcode.Close, payload[..(2 + written)]);
    }
}

using System.Buffers.Binary;

namespace LiveServe.Sockets;

/// <summary>The head of a frame.</summary>
/// <param name="Mask">Zero, which changes nothing, in a frame of a server.</param>
/// <param name="Length">Of the payload, in bytes.</param>
/// <param name="Size">Of the head itself, in bytes.</param>
/// <remarks>RFC 6455 §5.2: no extension is negotiated, so the reserved bits are zero; what a client sends is masked, what a server sends is not.</remarks>
internal readonly record struct FrameHeader(bool Final, Opcode Opcode, uint Mask, long Length, int Size)
{
    /// <summary>Reads a head; <see langword="null"/> when more bytes are needed.</summary>
    /// <param name="fromServer">Whether a server sent it.</param>
    /// <exception cref="ProtocolViolationException">Nobody who follows the protocol sends this.</exception>
    public static FrameHeader? Read(ReadOnlySpan<byte> bytes, bool fromServer = false)
    {
        if (bytes.Length < 2)
        {
            return null;
        }

        var opcode = (Opcode)(bytes[0] & 0x0F);
        var final = (bytes[0] & 0x80) != 0;
        var shortLength = bytes[1] & 0x7F;
        Check((bytes[0] & 0x70) == 0, "A reserved bit is set, and no extension was agreed on.");
        Check(opcode is <= Opcode.Binary or (>= Opcode.Close and <= Opcode.Pong), "This opcode is reserved.");
        Check((bytes[1] & 0x80) != 0 != fromServer, "A client masks its frames, a server does not.");
        Check(opcode < Opcode.Close || (final && shortLength < 126), "A control frame is whole and at most 125 bytes long.");

        var size = shortLength switch { 126 => 4, 127 => 10, _ => 2 } + (fromServer ? 0 : sizeof(uint));
        if (bytes.Length < size)
        {
            return null;
        }

        var length = shortLength switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(bytes[2..]),
            _ => shortLength,
        };
        Check(length >= 0, "A length has its highest bit clear.");
        return new FrameHeader(final, opcode, fromServer ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(size - sizeof(uint))..]), length, size);
    }

    /// <summary>Takes the mask off in place. <paramref name="offset"/> is where <paramref name="payload"/> stands in the frame's payload.</summary>
    public void Unmask(Span<byte> payload, int offset)
    {
        for (var i = 0; Mask != 0 && i < payload.Length; i++)
        {
            payload[i] ^= (byte)(Mask >> (8 * ((offset + i) & 3)));
        }
    }

    private static void Check(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ProtocolViolationException(CloseCode.ProtocolError, rule);
        }
    }
}

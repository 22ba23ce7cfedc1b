namespace LiveServe.Proxying;

/// <summary>
/// Follows the frames of one direction of somebody else's WebSocket without touching a byte: whether a goodbye was said, and whether the last
/// frame and the last message are complete. RFC 6455 §5.2.
/// </summary>
internal sealed class FrameTrail
{
    private readonly byte[] _head = new byte[14];
    private int _headLength;
    private long _payloadLeft;
    private bool _inMessage;

    /// <summary>Whether a close frame went by.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether a frame could begin here.</summary>
    public bool IsBetweenFrames => _headLength == 0 && _payloadLeft == 0;

    /// <summary>Whether a message could begin here.</summary>
    public bool IsBetweenMessages => IsBetweenFrames && !_inMessage;

    /// <summary>Takes the next bytes.</summary>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Take(bytes)..];
        }
    }

    /// <summary>Takes the next bytes up to the end of the frame that they are of.</summary>
    /// <returns>How many.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        for (var taken = 0; taken < bytes.Length;)
        {
            if (_payloadLeft > 0)
            {
                var step = (int)Math.Min(_payloadLeft, bytes.Length - taken);
                _payloadLeft -= step;
                taken += step;
            }
            else
            {
                _head[_headLength++] = bytes[taken++];
                if (_headLength < 2 || _headLength != HeadLength())
                {
                    continue;
                }

                _payloadLeft = PayloadLength();
                IsClosed |= (_head[0] & 0x0F) == 8;
                _inMessage = (_head[0] & 0x08) == 0 ? (_head[0] & 0x80) == 0 : _inMessage;
                _headLength = 0;
            }

            if (_payloadLeft == 0)
            {
                return taken;
            }
        }

        return bytes.Length;
    }

    private int HeadLength() => 2 + (_head[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 } + (_head[1] >> 7 == 1 ? 4 : 0);

    // A length with its top bit set is none; what follows it is not followed.
    private long PayloadLength() => (_head[1] & 0x7F) switch
    {
        126 => System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
        127 => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)) is >= 0 and var length ? length : long.MaxValue,
        var length => length,
    };
}

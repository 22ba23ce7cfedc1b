using System.Buffers.Binary;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>
/// Reads the frames of one direction of somebody else's WebSocket as its bytes go by, and changes none of them. At the first byte that no peer who
/// keeps RFC 6455 would send it gives up for good, and says why.
/// </summary>
/// <param name="masked">Whether this is the direction that is masked: what a browser sends.</param>
/// <param name="packs">Whether permessage-deflate was agreed on (RFC 7692).</param>
/// <param name="seen">Takes each frame when its last byte has passed: opcode, marks, length, what is kept.</param>
internal sealed class PassingFrames(bool masked, bool packs, Action<Opcode, FrameMarks, long, ReadOnlyMemory<byte>> seen)
{
    private readonly byte[] _head = new byte[14];
    private int _headLength;
    private long _length, _passed;
    private Opcode _opcode;
    private FrameMarks _marks;
    private bool _inMessage, _packed;

    // What is kept of the frame: _into[_from.._at], at most up to _end. A message's fragments share one array as long as they fit in.
    private byte[] _into = [], _message = [];
    private int _from, _at, _end, _messageEnd;

    /// <summary>Why the frames are not followed any more; <see langword="null"/> while they are.</summary>
    public string? Lost { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && Lost is null)
        {
            if (_headLength >= 2 && _headLength == HeadLength())
            {
                bytes = bytes[Payload(bytes)..];
                continue;
            }

            _head[_headLength++] = bytes[0];
            bytes = bytes[1..];
            if (_headLength == 2)
            {
                Lost = Judge();
            }

            if (Lost is null && _headLength >= 2 && _headLength == HeadLength())
            {
                Begin();
            }
        }
    }

    private int HeadLength() => 2 + (_head[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 } + (_head[1] >> 7 == 1 ? 4 : 0);

    // On the two bytes that say all but the length.
    private string? Judge()
    {
        var (final, opcode, isPacked) = ((_head[0] & 0x80) != 0, (Opcode)(_head[0] & 0x0F), (_head[0] & 0x40) != 0);
        return (_head[0] & 0x30) != 0 ? "A reserved bit is set."
            : isPacked && !(packs && opcode is Opcode.Text or Opcode.Binary) ? "A frame says that it is compressed, and that was not agreed on."
            : opcode is > Opcode.Binary and (< Opcode.Close or > Opcode.Pong) ? $"The opcode {(int)opcode} is reserved."
            : (_head[1] & 0x80) != 0 && !masked ? "A back end's frame is masked."
            : (_head[1] & 0x80) == 0 && masked ? "A browser's frame is not masked."
            : opcode >= Opcode.Close ? (final && (_head[1] & 0x7F) < 126 ? null : "A control frame is not whole or too long.")
            : (opcode == Opcode.Continuation) != _inMessage ? "A fragment stands where none can."
            : null;
    }

    private void Begin()
    {
        _length = (_head[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)),
            127 => BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)),
            var length => length,
        };
        if (_length < 0)
        {
            Lost = "A length is longer than any.";
            return;
        }

        (_passed, _opcode) = (0, (Opcode)(_head[0] & 0x0F));
        var (isData, isFinal) = (_opcode < Opcode.Close, (_head[0] & 0x80) != 0);
        _packed = isData ? _opcode == Opcode.Continuation ? _packed : (_head[0] & 0x40) != 0 : _packed;
        _marks = (isFinal ? FrameMarks.None : FrameMarks.Unfinished) | (isData && _packed ? FrameMarks.Compressed : FrameMarks.None);
        MakeRoom(isData, isFinal);
        _inMessage = isData ? !isFinal : _inMessage;
        if (_length == 0)
        {
            End();
        }
    }

    // What is announced is not believed: no more than is kept is ever made room for.
    private void MakeRoom(bool isData, bool isFinal)
    {
        if (isData && _packed)
        {
            (_into, _from, _end) = ([], 0, 0); // it says nothing to anybody
        }
        else if (isData && (_opcode == Opcode.Continuation || !isFinal))
        {
            _from = _opcode == Opcode.Continuation ? _messageEnd : 0;
            _end = _from + (int)Math.Min(_length, FrameRecord.KeptWhole - _from);
            if (_end > _message.Length)
            {
                var larger = new byte[Math.Min(FrameRecord.KeptWhole, Math.Max(_end, 2 * _message.Length))];
                _message.AsSpan(0, _from).CopyTo(larger);
                _message = larger;
            }

            (_into, _messageEnd) = (_message, _end);
        }
        else
        {
            (_from, _end) = (0, FrameRecord.KeptOf(_length));
            _into = _end == 0 ? [] : new byte[_end];
        }

        _at = _from;
    }

    private int Payload(ReadOnlySpan<byte> bytes)
    {
        var step = (int)Math.Min(_length - _passed, bytes.Length);
        var kept = Math.Min(step, _end - _at);
        var into = _into.AsSpan(_at, kept);
        bytes[..kept].CopyTo(into);
        if (masked)
        {
            var mask = _head.AsSpan(_headLength - 4, 4);
            for (var i = 0; i < kept; i++)
            {
                into[i] ^= mask[(int)((_passed + i) & 3)];
            }
        }

        (_at, _passed) = (_at + kept, _passed + step);
        if (_passed == _length)
        {
            End();
        }

        return step;
    }

    private void End()
    {
        seen(_opcode, _marks, _length, _into.AsMemory(_from, _at - _from));
        _headLength = 0;
        if (_opcode < Opcode.Close && !_inMessage)
        {
            (_message, _messageEnd) = ([], 0);
        }
    }
}

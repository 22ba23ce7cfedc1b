using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace LiveServe.Sockets;

/// <summary>Something a peer sent: a whole message, or a control frame. The payload is valid until the next read.</summary>
/// <param name="Fragments">How many frames it came in.</param>
internal readonly record struct Received(Opcode Opcode, ReadOnlyMemory<byte> Payload, int Fragments = 1)
{
    /// <summary>The code of a close frame; 1005 when it has none (RFC 6455 §7.1.5).</summary>
    public int CloseCode => Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload.Span) : 1005;
}

/// <summary>
/// Reads frames from a stream and hands out whole messages. One reader, one caller, one read at a time.
/// </summary>
/// <param name="stream">The connection after its handshake.</param>
/// <param name="maximum">The longest message, in bytes, over all of its fragments.</param>
/// <param name="fromServer">Whether a server is at the other end.</param>
internal sealed class MessageReader(Stream stream, int maximum, bool fromServer = false) : IDisposable
{
    // Most sockets only ever say "hello": a small buffer each is what thousands of them cost.
    private const int InitialCapacity = 1024;
    private const int MaximumFragments = 32 * 1024; // 1 MiB in pieces of 64 bytes, twice over

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialCapacity);
    private int _start;
    private int _end;
    private byte[]? _message;
    private int _messageLength;
    private int _checkedLength;
    private int _fragments;
    private Opcode _messageOpcode;

    /// <summary>The next message or control frame; <see langword="null"/> when the stream ended.</summary>
    /// <exception cref="ProtocolViolationException">The connection is to be closed with the code it carries.</exception>
    public async ValueTask<Received?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            FrameHeader? head;
            while ((head = FrameHeader.Read(_buffer.AsSpan(_start.._end), fromServer)) is null)
            {
                if (!await FillAsync(cancellation))
                {
                    return null;
                }
            }

            var header = head.Value;
            Admit(header);
            while (_end - _start < header.Size + header.Length)
            {
                Reserve(header.Size + (int)header.Length);
                if (!await FillAsync(cancellation))
                {
                    return null;
                }
            }

            var payload = _buffer.AsMemory(_start + header.Size, (int)header.Length);
            header.Unmask(payload.Span, offset: 0);
            _start += header.Size + (int)header.Length;
            if (Accept(header, payload) is { } received)
            {
                return received;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        ReleaseMessage();
    }

    // Judged on the head alone: nobody makes us wait for, or store, what we would refuse.
    private void Admit(FrameHeader header)
    {
        if (header.Opcode >= Opcode.Close)
        {
            return;
        }

        var continues = header.Opcode == Opcode.Continuation;
        if (continues != (_fragments > 0))
        {
            throw new ProtocolViolationException(CloseCode.ProtocolError, continues
                ? "A continuation continues nothing."
                : "A message began before the last one was complete.");
        }

        if (_messageLength + header.Length > maximum || _fragments >= MaximumFragments)
        {
            throw new ProtocolViolationException(CloseCode.TooBig, $"A message holds at most {maximum / 1024} KiB in {MaximumFragments} fragments.");
        }
    }

    private Received? Accept(FrameHeader header, ReadOnlyMemory<byte> payload)
    {
        if (header.Opcode >= Opcode.Close)
        {
            CheckClose(header.Opcode, payload.Span);
            return new Received(header.Opcode, payload);
        }

        if (header.Final && _fragments == 0)
        {
            return Whole(header.Opcode, payload);
        }

        _messageOpcode = _fragments++ == 0 ? header.Opcode : _messageOpcode;
        Append(payload.Span);
        if (_messageOpcode == Opcode.Text)
        {
            CheckText(_message.AsSpan(_checkedLength.._messageLength), header.Final);
        }

        if (!header.Final)
        {
            return null;
        }

        var whole = new Received(_messageOpcode, _message.AsMemory(0, _messageLength), _fragments);
        _fragments = _messageLength = _checkedLength = 0;
        return whole;
    }

    private static Received Whole(Opcode opcode, ReadOnlyMemory<byte> payload) =>
        opcode != Opcode.Text || Utf8.IsValid(payload.Span) ? new Received(opcode, payload) : throw NotText();

    // Fragments of text are judged as they come, up to a character that may still be completed: garbage is not waited for. RFC 6455 §8.1.
    private void CheckText(ReadOnlySpan<byte> text, bool isLast)
    {
        var open = isLast ? 0 : UnfinishedLength(text);
        if (!Utf8.IsValid(text[..^open]))
        {
            throw NotText();
        }

        _checkedLength = _messageLength - open;
    }

    private static int UnfinishedLength(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length <= Math.Min(3, text.Length); length++)
        {
            if (Rune.DecodeFromUtf8(text[^length..], out _, out _) == OperationStatus.NeedMoreData)
            {
                return length;
            }
        }

        return 0;
    }

    private static ProtocolViolationException NotText() => new(CloseCode.InvalidText, "Text is UTF-8.");

    private static void CheckClose(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (opcode != Opcode.Close || payload.Length == 0)
        {
            return;
        }

        if (payload.Length == 1 || !CloseCode.MayBeSent(BinaryPrimitives.ReadUInt16BigEndian(payload)))
        {
            throw new ProtocolViolationException(CloseCode.ProtocolError, "This close code is not for the wire.");
        }

        if (!Utf8.IsValid(payload[2..]))
        {
            throw new ProtocolViolationException(CloseCode.InvalidText, "A close reason is UTF-8.");
        }
    }

    private void Append(ReadOnlySpan<byte> fragment)
    {
        var needed = _messageLength + fragment.Length;
        if (_message is null || _message.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * (_message?.Length ?? 0)));
            _message.AsSpan(0, _messageLength).CopyTo(larger);
            var length = _messageLength;
            ReleaseMessage();
            (_message, _messageLength) = (larger, length);
        }

        fragment.CopyTo(_message.AsSpan(_messageLength));
        _messageLength = needed;
    }

    private void ReleaseMessage()
    {
        if (_message is not null)
        {
            ArrayPool<byte>.Shared.Return(_message);
        }

        (_message, _messageLength) = (null, 0);
    }

    private void Reserve(int frame)
    {
        if (_buffer.Length - _start >= frame)
        {
            return;
        }

        var target = _buffer.Length >= frame ? _buffer : ArrayPool<byte>.Shared.Rent(frame);
        _buffer.AsSpan(_start.._end).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _end, _start) = (target, _end - _start, 0);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_buffer.Length > 16 * InitialCapacity)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = ArrayPool<byte>.Shared.Rent(InitialCapacity);
            }
        }

        Reserve(_end - _start + 14); // room for at least one more head
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        return read > 0;
    }
}

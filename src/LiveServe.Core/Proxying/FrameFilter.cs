namespace LiveServe.Proxying;

/// <summary>Takes messages out of one direction of somebody else's WebSocket, whole ones only; control frames stay.</summary>
/// <param name="trail">Stands where the next byte is; it follows what is taken out, too.</param>
internal sealed class FrameFilter(FrameTrail trail)
{
    private bool _isDropping, _isControl; // the message under way; the frame under way

    /// <summary>Whether bytes have to go through <see cref="Apply"/> now: messages are to vanish, or the rest of one is.</summary>
    public bool IsNeeded(bool drops) => drops || _isDropping;

    /// <summary>Moves what stays of <paramref name="bytes"/> to the front.</summary>
    /// <param name="drops">Whether messages that begin now are to vanish.</param>
    /// <returns>How many bytes stay.</returns>
    public int Apply(Span<byte> bytes, bool drops)
    {
        var kept = 0;
        for (var at = 0; at < bytes.Length;)
        {
            // The first byte of a frame says whether it is a message's, and the message's first frame decides for all of it.
            if (trail.IsBetweenFrames)
            {
                _isControl = (bytes[at] & 0x08) != 0;
                _isDropping = _isControl || !trail.IsBetweenMessages ? _isDropping : drops;
            }

            var step = trail.Take(bytes[at..]);
            if (!_isDropping || _isControl)
            {
                bytes.Slice(at, step).CopyTo(bytes[kept..]);
                kept += step;
            }

            at += step;
            _isDropping &= !trail.IsBetweenMessages || _isControl;
        }

        return kept;
    }
}

namespace LiveServe.Inspection;

/// <summary>The part of a payload that is kept. Outgoing frames are immutable and shared by their receivers, so they are referred to, not copied.</summary>
internal static class PayloadCopy
{
    // The beginning of the last long frame: its other receivers come next.
    private static Shared? _last;

    /// <summary>Of a payload whose buffer is used again.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> payload) =>
        payload.IsEmpty ? default : payload[..FrameRecord.KeptOf(payload.Length)].ToArray();

    /// <summary>Of a payload inside a frame that nobody changes any more.</summary>
    public static ReadOnlyMemory<byte> OfShared(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length <= FrameRecord.KeptWhole)
        {
            return payload;
        }

        var last = Volatile.Read(ref _last);
        if (last is null || !last.Whole.TryGetTarget(out var whole) || !Same(whole, payload))
        {
            last = Shared.Of(payload);
            Volatile.Write(ref _last, last);
        }

        return last.Beginning;
    }

    private static bool Same(byte[] array, ReadOnlyMemory<byte> payload) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(payload, out var segment) && segment.Array == array;

    private sealed record Shared(WeakReference<byte[]> Whole, byte[] Beginning)
    {
        public static Shared Of(ReadOnlyMemory<byte> payload)
        {
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(payload, out var segment);
            return new Shared(new WeakReference<byte[]>(segment.Array ?? []), payload[..FrameRecord.KeptOfLong].ToArray());
        }
    }
}

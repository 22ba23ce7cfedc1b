using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>What is remembered of a frame beside its payload.</summary>
[Flags]
internal enum FrameMarks : byte
{
    /// <summary>It came, and is whole.</summary>
    None = 0,

    /// <summary>It went to the browser.</summary>
    Sent = 1,

    /// <summary>More fragments of its message follow.</summary>
    Unfinished = 2,

    /// <summary>Its payload is packed (RFC 7692), and not shown.</summary>
    Compressed = 4,

    /// <summary>It was taken out on the host's wish.</summary>
    Dropped = 8,
}

/// <summary>A frame as it is remembered.</summary>
/// <param name="Time">When it was seen, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Length">Of its payload, in bytes.</param>
/// <param name="Kept">The payload, or its beginning. Never changed by anybody; of a fragment, the array holds what came before it, too.</param>
/// <param name="Fragments">How many frames a message came in; 1 for a frame of its own.</param>
internal readonly record struct FrameRecord(long Time, Opcode Opcode, FrameMarks Marks, long Length, ReadOnlyMemory<byte> Kept, int Fragments)
{
    /// <summary>A payload up to this many bytes is kept whole.</summary>
    public const int KeptWhole = 16 * 1024;

    /// <summary>Of a longer one this many bytes are kept, its beginning.</summary>
    public const int KeptOfLong = 4 * 1024;

    // The record itself.
    private const int Overhead = 64;

    /// <summary>What it counts against the limit of all, in bytes. An array that several records share counts for each of them.</summary>
    public int Cost => Overhead + Kept.Length;

    /// <summary>Whether all of the payload is kept.</summary>
    public bool IsWhole => Kept.Length == Length;

    /// <summary>How much of a payload is kept.</summary>
    public static int KeptOf(long length) => length <= KeptWhole ? (int)length : KeptOfLong;
}

using LiveServe.Files;

namespace LiveServe.Serving;

/// <summary>A stretch of an answer's body: bytes that we hold, or a stretch of the file that is read while it is sent.</summary>
/// <param name="Held">The bytes; empty for a stretch of the file.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct BodyPart(ReadOnlyMemory<byte> Held, long Offset, long Length)
{
    /// <summary>Bytes that we hold.</summary>
    public static BodyPart Of(ReadOnlyMemory<byte> bytes) => new(bytes, 0, bytes.Length);
}

/// <summary>A file's bytes as far as an answer needs them: held already, or still on the disk.</summary>
/// <param name="Held">All of them, or <see langword="null"/>.</param>
/// <param name="Length">In bytes, as they were when the file was opened.</param>
internal readonly record struct FileContent(ReadOnlyMemory<byte>? Held, long Length)
{
    /// <summary>Bytes that we hold.</summary>
    public static FileContent Of(ReadOnlyMemory<byte> bytes) => new(bytes, bytes.Length);

    /// <summary>What is still on the disk.</summary>
    public static FileContent Of(OpenFile file) => new(null, file.Stat.Length);

    /// <summary>All of it.</summary>
    public BodyPart Whole => Slice(0, Length);

    /// <summary>A stretch of it, which must lie within.</summary>
    public BodyPart Slice(long offset, long length) =>
        Held is { } bytes ? BodyPart.Of(bytes.Slice((int)offset, (int)length)) : new BodyPart(default, offset, length);
}

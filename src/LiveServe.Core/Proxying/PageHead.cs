using LiveServe.Content;
using LiveServe.Injection;

namespace LiveServe.Proxying;

/// <summary>The beginning of a page that is still coming: enough of it to know where our script goes.</summary>
/// <param name="Bytes">What has come.</param>
/// <param name="IsCertain">Whether the place for the script is known.</param>
/// <param name="Rest">What follows; whoever has this closes it.</param>
/// <param name="Pending">A read of the rest that is under way.</param>
/// <param name="Into">Where that read puts its bytes.</param>
internal sealed record PageHead(ReadOnlyMemory<byte> Bytes, bool IsCertain, Stream Rest, Task<int>? Pending, Memory<byte> Into)
{
    // A page that is sent bit by bit is shown bit by bit: when its head pauses, what has come of it must do.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Reads until the head has ended, its metas included, or pauses for a tenth of a second after the script's place is known; at most
    /// <see cref="PassingPage.LongestHead"/> bytes.
    /// </summary>
    public static async ValueTask<PageHead> ReadAsync(Stream body, MarkupKind kind, CancellationToken stop)
    {
        var buffer = new byte[PassingPage.LongestHead];
        var (length, isCertain) = (0, false);
        while (length < buffer.Length)
        {
            var reading = body.ReadAsync(buffer.AsMemory(length), stop).AsTask();
            if (isCertain && !await IsSoonAsync(reading))
            {
                return new PageHead(buffer.AsMemory(0, length), true, body, reading, buffer.AsMemory(length));
            }

            var read = await reading;
            length += read;
            isCertain = read == 0 || InsertionPoint.IsCertain(buffer.AsSpan(0, length), kind);
            if (read == 0 || (isCertain && InsertionPoint.IsBehindHead(buffer.AsSpan(0, length), kind)))
            {
                break;
            }
        }

        return new PageHead(buffer.AsMemory(0, length), isCertain, body, null, default);
    }

    /// <summary>The whole page, with <paramref name="pieces"/> in the place of what has come.</summary>
    public Stream With(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => new JoinedStream(pieces, Rest, Pending, Into);

    private static async ValueTask<bool> IsSoonAsync(Task reading) =>
        reading.IsCompleted || await Task.WhenAny(reading, Task.Delay(LongestPause)) == reading;
}

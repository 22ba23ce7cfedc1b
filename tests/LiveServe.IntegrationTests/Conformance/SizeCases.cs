using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using static LiveServe.IntegrationTests.Conformance.SocketCase;

namespace LiveServe.IntegrationTests.Conformance;

/// <summary>Groups 9 and 10: sizes, fragment sizes and chop sizes up to the limit, which is 1 MiB here, and beyond it.</summary>
internal static class SizeCases
{
    private const int Limit = SocketConnection.MaximumMessage;

    public static IEnumerable<(string Name, SocketCase Case)> Sizes()
    {
        int[] sizes = [64 * 1024, 256 * 1024, Limit, 4 * Limit, 8 * Limit, 16 * Limit];
        for (var i = 0; i < sizes.Length; i++)
        {
            foreach (var (group, opcode) in new[] { (1, Opcode.Text), (2, Opcode.Binary) })
            {
                yield return ($"9.{group}.{i + 1}", Of(Stars(opcode, sizes[i]), sizes[i] <= Limit ? Echo(new string('*', sizes[i])) : Close(1009)));
            }
        }

        yield return ("one byte too many", Of(Stars(Opcode.Text, Limit + 1), Close(1009)));
        yield return ("one byte too many in fragments", Of([.. RawSocket.Masked(Opcode.Text, new byte[Limit], final: false), .. More("*", final: true)], Close(1009)));
    }

    public static IEnumerable<(string Name, SocketCase Case)> Fragments()
    {
        int[] sizes = [64, 256, 1024, 4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024, Limit];
        for (var i = 0; i < sizes.Length; i++)
        {
            yield return ($"9.3.{i + 1}, of 1 MiB", Of(InFragments(Opcode.Text, Limit, sizes[i]), Echo(new string('*', Limit))));
            yield return ($"9.4.{i + 1}, of 1 MiB", Of(InFragments(Opcode.Binary, Limit, sizes[i]), Echo(new string('*', Limit))));
        }

        yield return ("10.1.1", Of(InFragments(Opcode.Text, 65536, 1300), Echo(new string('*', 65536))));
    }

    public static IEnumerable<(string Name, SocketCase Case)> Chops()
    {
        int[] sizes = [64, 128, 256, 512, 1024, 2048];
        for (var i = 0; i < sizes.Length; i++)
        {
            yield return ($"9.5.{i + 1}", Of(Stars(Opcode.Text, Limit), Echo(new string('*', Limit))).Chopped(sizes[i]));
            yield return ($"9.6.{i + 1}", Of(Stars(Opcode.Binary, Limit), Echo(new string('*', Limit))).Chopped(sizes[i]));
        }
    }

    /// <summary>A thousand messages without waiting for an answer.</summary>
    public static IEnumerable<(string Name, SocketCase Case)> Many()
    {
        int[] sizes = [0, 16, 64, 256, 1024, 4096];
        for (var i = 0; i < sizes.Length; i++)
        {
            foreach (var (group, opcode) in new[] { (7, Opcode.Text), (8, Opcode.Binary) })
            {
                var frame = Stars(opcode, sizes[i]);
                yield return ($"9.{group}.{i + 1}", Of(
                    [.. Enumerable.Repeat(frame, 1000).SelectMany(one => one)], [.. Enumerable.Repeat(Echo(new string('*', sizes[i])), 1000)]));
            }
        }
    }

    private static byte[] Stars(Opcode opcode, int length) => RawSocket.Masked(opcode, Payload(length));

    private static byte[] InFragments(Opcode opcode, int length, int size) =>
    [
        .. Payload(length).Chunk(size).SelectMany((part, i) => RawSocket.Masked(i == 0 ? opcode : Opcode.Continuation, part, final: (i + 1) * size >= length)),
    ];

    private static byte[] Payload(int length)
    {
        var payload = new byte[length];
        Array.Fill(payload, (byte)'*');
        return payload;
    }
}

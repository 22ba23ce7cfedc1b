using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using static LiveServe.IntegrationTests.Conformance.SocketCase;

namespace LiveServe.IntegrationTests.Conformance;

/// <summary>Groups 1 to 5: framing, pings and pongs, reserved bits, opcodes, fragmentation.</summary>
internal static class FrameCases
{
    private const string Hello = "Hello, world!";
    private static readonly string Odd = "\u0000\u00FF\u00FE\u00FD\u00FC\u00FB\u0000\u00FF";
    private static readonly string Fe125 = new('\u00FE', 125);

    public static IEnumerable<(string Name, SocketCase Case)> Framing()
    {
        int[] lengths = [0, 125, 126, 127, 128, 65535, 65536, 65536];
        for (var i = 0; i < lengths.Length; i++)
        {
            var chop = i == 7 ? 997 : int.MaxValue;
            yield return ($"1.1.{i + 1}", Of(Text(new string('*', lengths[i])), Echo(new string('*', lengths[i]))).Chopped(chop));
            yield return ($"1.2.{i + 1}", Of(RawSocket.Masked(Opcode.Binary, [.. Enumerable.Repeat((byte)0xFE, lengths[i])]), Echo(new string('\uFFFD', lengths[i]))).Chopped(chop));
        }
    }

    public static IEnumerable<(string Name, SocketCase Case)> PingsAndPongs()
    {
        byte[] ten = [.. Enumerable.Range(0, 10).SelectMany(i => Ping($"payload-{i}"))];
        string[] answers = [.. Enumerable.Range(0, 10).Select(i => Pong($"payload-{i}"))];
        var unasked = RawSocket.Masked(Opcode.Pong, Encoding.ASCII.GetBytes("unsolicited pong payload"));
        yield return ("2.1", Of(Ping(""), Pong("")));
        yield return ("2.2", Of(Ping(Hello), Pong(Hello)));
        yield return ("2.3", Of(Ping(Odd), Pong(Odd)));
        yield return ("2.4", Of(Ping(Fe125), Pong(Fe125)));
        yield return ("2.5", Of(Ping(Fe125 + "x"), Close(1002)));
        yield return ("2.6", Of(Ping(Fe125), Pong(Fe125)).Chopped(1));
        yield return ("2.7", Of(RawSocket.Masked(Opcode.Pong, [])));
        yield return ("2.8", Of(unasked));
        yield return ("2.9", Of([.. unasked, .. Ping("p")], Pong("p")));
        yield return ("2.10", Of(ten, answers));
        yield return ("2.11", Of(ten, answers).Chopped(1));
    }

    public static IEnumerable<(string Name, SocketCase Case)> ReservedBits()
    {
        byte[][] between = [Text(Hello), With(Text(Hello), 0xA1), Ping("")];
        yield return ("3.1", Of(With(Text(Hello), 0x91), Close(1002)));
        yield return ("3.2", Of([.. between.SelectMany(frame => frame)], Echo(Hello), Close(1002)));
        yield return ("3.3", new(between, [Echo(Hello), Close(1002)]));
        yield return ("3.4", Of([.. Text(Hello), .. With(Text(Hello), 0xC1), .. Ping("")], Echo(Hello), Close(1002)).Chopped(1));
        yield return ("3.5", Of(With(Text(Hello), 0xD2), Close(1002)));
        yield return ("3.6", Of(With(Ping(Hello), 0xE9), Close(1002)));
        yield return ("3.7", Of(With(Goodbye(1000), 0xF8), Close(1002)));
    }

    public static IEnumerable<(string Name, SocketCase Case)> Opcodes()
    {
        foreach (var (group, first) in new[] { (1, 0x83), (2, 0x8B) })
        {
            yield return ($"4.{group}.1", Of(With(Text(""), first), Close(1002)));
            yield return ($"4.{group}.2", Of(With(Text("reserved opcode payload"), first + 1), Close(1002)));
            yield return ($"4.{group}.3", Of([.. Text(Hello), .. With(Text(""), first + 2), .. Ping("")], Echo(Hello), Close(1002)));
            yield return ($"4.{group}.4", Of([.. Text(Hello), .. With(Text(Hello), first + 3), .. Ping("")], Echo(Hello), Close(1002)));
            yield return ($"4.{group}.5", Of([.. Text(Hello), .. With(Text(Hello), first + 4), .. Ping("")], Echo(Hello), Close(1002)).Chopped(1));
        }

        yield return ("a frame without a mask", Of([0x81, 0x01, 0x61], Close(1002))); // RFC 6455 §5.1
    }

    public static IEnumerable<(string Name, SocketCase Case)> Fragmentation()
    {
        yield return ("5.1", Of([.. Ping("fragment1", final: false), .. More("fragment2", final: true)], Close(1002)));
        yield return ("5.2", Of([.. With(Ping("fragment1"), 0x0A), .. More("fragment2", final: true)], Close(1002)));
        foreach (var (name, case_) in Ways(3, [Text("fragment1", final: false), More("fragment2", final: true)], Echo("fragment1fragment2")))
        {
            yield return (name, case_);
        }

        foreach (var (name, case_) in Ways(6, [Text("fragment1", final: false), Ping("ping payload"), More("fragment2", final: true)], Pong("ping payload"), Echo("fragment1fragment2")))
        {
            yield return (name, case_);
        }

        foreach (var (name, case_) in Ways(9, [More("non-continuation payload", final: true), Text(Hello)], Close(1002)))
        {
            yield return (name, case_);
        }

        foreach (var (name, case_) in Ways(12, [More("non-continuation payload"), Text(Hello)], Close(1002)))
        {
            yield return (name, case_);
        }

        byte[] two = [.. Text("fragment1", final: false), .. More("fragment2", final: true)];
        yield return ("5.15", Of([.. two, .. More("fragment3"), .. Text("fragment4")], Echo("fragment1fragment2"), Close(1002)));
        yield return ("5.16", Of([.. More("fragment1"), .. Text("fragment2", final: false), .. More("fragment3", final: true)], Close(1002)));
        yield return ("5.17", Of([.. More("fragment1", final: true), .. Text("fragment2", final: false), .. More("fragment3", final: true)], Close(1002)));
        yield return ("5.18", Of([.. Text("fragment1", final: false), .. Text("fragment2")], Close(1002)));
        byte[][] five = [Text("fragment1", final: false), More("fragment2"), Ping("pongme 1!"), More("fragment3"), More("fragment4"), Ping("pongme 2!"), More("fragment5", final: true)];
        string[] answers = [Pong("pongme 1!"), Pong("pongme 2!"), Echo("fragment1fragment2fragment3fragment4fragment5")];
        yield return ("5.19", Of([.. five.SelectMany(frame => frame)], answers));
        yield return ("5.20", new(five, answers));
    }

    // At once, frame by frame, byte by byte: three cases in a row.
    private static IEnumerable<(string Name, SocketCase Case)> Ways(int number, byte[][] frames, params string[] answers)
    {
        byte[] whole = [.. frames.SelectMany(frame => frame)];
        yield return ($"5.{number}", Of(whole, answers));
        yield return ($"5.{number + 1}", new(frames, answers));
        yield return ($"5.{number + 2}", Of(whole, answers).Chopped(1));
    }
}

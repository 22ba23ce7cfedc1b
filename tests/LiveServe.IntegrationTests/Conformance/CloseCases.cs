using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;
using static LiveServe.IntegrationTests.Conformance.SocketCase;

namespace LiveServe.IntegrationTests.Conformance;

/// <summary>Group 7: who says goodbye, how, and with which code.</summary>
internal static class CloseCases
{
    private static readonly int[] Allowed = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
    private static readonly int[] Refused = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];

    public static IEnumerable<(string Name, SocketCase Case)> All()
    {
        var large = new string('*', 256 * 1024);
        yield return ("7.1.1", Of([.. Text("Hello World!"), .. Goodbye(1000)], Echo("Hello World!"), Close(1000)));
        yield return ("7.1.2", Of([.. Goodbye(1000), .. Goodbye(1000)], Close(1000)));
        yield return ("7.1.3", Of([.. Goodbye(1000), .. Ping("")], Close(1000)));
        yield return ("7.1.4", Of([.. Goodbye(1000), .. Text("Hello World!")], Close(1000)));
        yield return ("7.1.5", Of([.. Text("fragment1", final: false), .. Goodbye(1000), .. More("fragment2", final: true)], Close(1000)));
        yield return ("7.1.6", Of([.. Text(large), .. Text("Hello World!"), .. Goodbye(1000), .. Ping("")], Echo(large), Echo("Hello World!"), Close(1000)));
        yield return ("7.3.1", Of(RawSocket.Masked(Opcode.Close, []), Close(1000)));
        yield return ("7.3.2", Of(RawSocket.Masked(Opcode.Close, [(byte)'a']), Close(1002)));
        yield return ("7.3.3", Of(Goodbye(1000), Close(1000)));
        yield return ("7.3.4", Of(Goodbye(1000, "Hello World!"), Close(1000)));
        yield return ("7.3.5", Of(Goodbye(1000, new string('*', 123)), Close(1000)));
        yield return ("7.3.6", Of(Goodbye(1000, new string('*', 124)), Close(1002)));
        yield return ("7.5.1", Of(RawSocket.Masked(Opcode.Close, [0x03, 0xE8, 0xCE, 0xBA, 0xED, 0xA0, 0x80]), Close(1007)));
        for (var i = 0; i < Allowed.Length; i++)
        {
            yield return ($"7.7.{i + 1}", Of(Goodbye(Allowed[i]), Close(Allowed[i])));
        }

        for (var i = 0; i < Refused.Length; i++)
        {
            yield return ($"7.9.{i + 1}", Of(Goodbye(Refused[i]), Close(1002)));
        }

        yield return ("7.13.1", Of(Goodbye(5000), Close(1002)));
        yield return ("7.13.2", Of(Goodbye(65535), Close(1002)));
        yield return ("1015, which is never sent", Of(Goodbye(1015), Close(1002))); // RFC 6455 §7.4.1
    }
}

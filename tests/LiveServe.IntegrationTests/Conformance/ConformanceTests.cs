using System.Text;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Sockets;

namespace LiveServe.IntegrationTests.Conformance;

/// <summary>
/// Our WebSocket layer behind the echo, case by case after the descriptions of the Autobahn test suite, whose numbers the rows bear. Its groups
/// 12 and 13 are about compression, which we do not agree to. The echo answers in text with words around, so that is what is expected.
/// </summary>
public sealed class ConformanceTests(ConformanceTests.EchoSite echo) : IClassFixture<ConformanceTests.EchoSite>
{
    private static readonly Dictionary<string, SocketCase> Cases = new IEnumerable<(string Name, SocketCase Case)>[]
    {
        FrameCases.Framing(), FrameCases.PingsAndPongs(), FrameCases.ReservedBits(), FrameCases.Opcodes(), FrameCases.Fragmentation(),
        TextCases.All(), CloseCases.All(), SizeCases.Sizes(), SizeCases.Fragments(), SizeCases.Chops(), SizeCases.Many(),
    }.SelectMany(group => group).ToDictionary(row => row.Name, row => row.Case);

    public static TheoryData<string> Framing => Names(FrameCases.Framing());

    public static TheoryData<string> PingsAndPongs => Names(FrameCases.PingsAndPongs());

    public static TheoryData<string> ReservedBits => Names(FrameCases.ReservedBits());

    public static TheoryData<string> Opcodes => Names(FrameCases.Opcodes());

    public static TheoryData<string> Fragmentation => Names(FrameCases.Fragmentation());

    public static TheoryData<string> Texts => Names(TextCases.All());

    public static TheoryData<string> Closes => Names(CloseCases.All());

    public static TheoryData<string> Sizes => Names(SizeCases.Sizes());

    public static TheoryData<string> Fragments => Names(SizeCases.Fragments());

    public static TheoryData<string> Chops => Names(SizeCases.Chops());

    public static TheoryData<string> Many => Names(SizeCases.Many());

    [Theory, MemberData(nameof(Framing))]
    public Task Group_1_framing(string name) => RunAsync(name);

    [Theory, MemberData(nameof(PingsAndPongs))]
    public Task Group_2_pings_and_pongs(string name) => RunAsync(name);

    [Theory, MemberData(nameof(ReservedBits))]
    public Task Group_3_reserved_bits(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Opcodes))]
    public Task Group_4_opcodes(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Fragmentation))]
    public Task Group_5_fragmentation(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Texts))]
    public Task Group_6_UTF_8(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Closes))]
    public Task Group_7_close(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Sizes))]
    public Task Group_9_sizes(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Fragments))]
    public Task Groups_9_and_10_fragments(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Chops))]
    public Task Group_9_chops(string name) => RunAsync(name);

    [Theory, MemberData(nameof(Many))]
    public Task Group_9_many_messages(string name) => RunAsync(name);

    [Fact]
    public async Task Groups_12_and_13_compression_is_not_agreed_to()
    {
        using var socket = await RawSocket.OpenAtAsync(echo.Port, "/echo", null, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        Assert.StartsWith("HTTP/1.1 101", socket.Handshake, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", socket.Handshake, StringComparison.OrdinalIgnoreCase);
    }

    private static TheoryData<string> Names(IEnumerable<(string Name, SocketCase Case)> rows) => [.. rows.Select(row => row.Name)];

    private async Task RunAsync(string name)
    {
        var wanted = Cases[name];
        using var socket = await RawSocket.OpenAtAsync(echo.Port, "/echo");
        Assert.Equal("Text Hello webSocket", await NextAsync(socket));
        var sending = SendAsync(socket, wanted.Pieces);
        foreach (var answer in wanted.Answers)
        {
            AssertSame(answer, await NextAsync(socket));
        }

        await sending;
        if (wanted.Answers is not [.., ['C', 'l', 'o', 's', 'e', ..]])
        {
            await socket.SendBytesAsync(SocketCase.Goodbye(1000)); // it is still there, and owes nothing
            AssertSame(SocketCase.Close(1000), await NextAsync(socket));
        }

        socket.FinishSending();
        Assert.Null(await NextAsync(socket));
    }

    private static async Task SendAsync(RawSocket socket, byte[][] pieces)
    {
        try
        {
            foreach (var piece in pieces)
            {
                await socket.SendBytesAsync(piece);
            }
        }
        catch (IOException)
        {
            // The server has closed before it heard all: what it said of that is judged.
        }
    }

    private static async Task<string?> NextAsync(RawSocket socket) => await socket.FrameAsync() switch
    {
        null => null,
        ((int)Opcode.Close, var payload) => SocketCase.Close(payload.Length < 2 ? 1005 : (payload[0] << 8) | payload[1]),
        ((int)Opcode.Pong, var payload) => SocketCase.Pong(Encoding.Latin1.GetString(payload)),
        var (opcode, payload) => $"{(Opcode)opcode} {new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(payload)}",
    };

    // Equal prints both, which is of no use at a megabyte.
    private static void AssertSame(string expected, string? actual) =>
        Assert.True(expected == actual, $"{Cut(expected)} was expected, and came: {Cut(actual ?? "the end")}");

    private static string Cut(string text) => text.Length > 200 ? $"{text[..200]}… of {text.Length} characters" : text;

    /// <summary>One server for all cases.</summary>
    public sealed class EchoSite : IAsyncLifetime
    {
        private TestSite _site = null!;

        public int Port => _site.Port;

        public async ValueTask InitializeAsync() => _site = await TestSite.StartAsync(options => options with { EchoPath = "/echo" });

        public ValueTask DisposeAsync() => _site.DisposeAsync();
    }
}

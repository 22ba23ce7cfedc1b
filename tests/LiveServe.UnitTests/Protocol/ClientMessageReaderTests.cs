using System.Text;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Protocol;

public sealed class ClientMessageReaderTests
{
    [Theory]
    [InlineData("not json", "bad_json")]
    [InlineData("", "bad_json")]
    [InlineData("   ", "bad_json")]
    [InlineData("[]", "bad_json")]
    [InlineData("42", "bad_json")]
    [InlineData("null", "bad_json")]
    [InlineData("\"x\"", "bad_json")]
    [InlineData("{}", "bad_type")]
    [InlineData("""{"type":5}""", "bad_type")]
    [InlineData("""{"type":null}""", "bad_type")]
    [InlineData("""{"type":"ping","type":"chat"}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"x","name":"teacher","body":"y"}""", "bad_json")]
    [InlineData("""{"type":"ping"} {"type":"ping"}""", "bad_json")]
    [InlineData("""{"type":"ping",}""", "bad_json")]
    [InlineData("""{"type":"chat","cid":"a","body":"\ud800"}""", "bad_json")]
    [InlineData("""{"type":"history","before":1e400}""", "bad_json")]
    [InlineData("""{"type":"history","before":"7"}""", "bad_json")]
    [InlineData("""{"type":"history","before":1.5}""", "bad_json")]
    [InlineData("""{"type":"hello","seq":99999999999999999999}""", "bad_json")]
    [InlineData("""{"type":"resources","add":[1]}""", "bad_json")]
    [InlineData("""{"type":"chat","body":"x"}""", "missing_field")]
    [InlineData("""{"type":"chat","cid":"a"}""", "missing_field")]
    [InlineData("""{"type":"join"}""", "missing_field")]
    [InlineData("""{"type":"console"}""", "missing_field")]
    [InlineData("""{"type":"console","level":5}""", "bad_json")]
    [InlineData("""{"type":"console","level":"error","args":"x"}""", "bad_json")]
    [InlineData("""{"type":"console","level":"error","args":[{}]}""", "bad_json")]
    [InlineData("""{"type":"console","level":"error","args":["\udc00"]}""", "bad_json")]
    [InlineData("""{"type":"console","level":"error","seq":"1"}""", "bad_json")]
    [InlineData("""{"type":"problem","message":["x"]}""", "bad_json")]
    [InlineData("""{"type":"problem","line":"7"}""", "bad_json")]
    [InlineData("""{"type":"problem","column":1.5}""", "bad_json")]
    [InlineData("""{"type":"problem","seq":1e300}""", "bad_json")]
    [InlineData("""{"type":"custom","data":{}}""", "missing_field")]
    [InlineData("""{"type":"custom","event":[]}""", "bad_json")]
    [InlineData("\uFEFF{\"type\":\"ping\"}", "bad_json")]
    public void A_mistake_is_answered_with_its_name(string json, string code)
    {
        var (message, error) = Read(json);
        Assert.Null(message);
        Assert.Equal(code, error!.Code);
    }

    [Fact]
    public void The_error_names_the_field_and_the_message_it_is_about()
    {
        var (_, error) = Read("""{"type":"chat","cid":"k1"}""");
        Assert.Equal("body", error!.Field);
        Assert.Equal("k1", error.Cid);
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Assert.Equal("bad_json", Read($$"""{"type":"ping","x":{{new string('[', 100)}}{{new string(']', 100)}}}""").Error!.Code);
        Assert.Equal("too_large", Read($$"""{"type":"ping","x":"{{new string('a', 128 * 1024)}}"}""").Error!.Code);
    }

    [Fact]
    public void Unknown_types_and_fields_are_ignored()
    {
        Assert.Equal((null, null), Read("""{"type":"teleport","to":[1,2]}"""));
        Assert.Equal(new Ping(3), Read("""{"type":"ping","t":3,"extra":{}}""").Message);
    }

    [Fact]
    public void A_hello_carries_what_the_page_knows()
    {
        var (message, _) = Read("""{"type":"hello","v":1,"boot":"b","seq":7,"time":"2026-11-23T07:00:00Z","page":{"url":"/a?b","doc":"d","top":false,"visible":true}}""");
        Assert.Equal(new Hello("b", 7, DateTimeOffset.Parse("2026-11-23T07:00:00Z", null), new HelloPage("/a?b", "d", false, true)), message);
    }

    [Theory]
    [InlineData("-7", 1)]
    [InlineData("0", 1)]
    [InlineData("12", 12)]
    [InlineData("4294967297", 10_000_000)]
    [InlineData("null", null)]
    public void A_line_is_one_that_a_file_can_have(string line, int? taken)
    {
        var (message, _) = Read($$"""{"type":"problem","seq":3,"source":"page","message":"m","file":"/a.js","line":{{line}},"url":"u"}""");
        Assert.Equal(new PageProblem(3, "page", "m", "/a.js", taken, null, "u"), message);
    }

    [Fact]
    public void Of_a_consoles_arguments_twenty_are_taken()
    {
        var (message, _) = Read($$"""{"type":"console","level":"warn","args":[{{string.Join(',', Enumerable.Repeat("\"x\"", 30))}}]}""");
        Assert.Equal(20, Assert.IsType<ConsoleOutput>(message).Args.Count);
    }

    [Fact]
    public void An_events_data_outlive_the_message()
    {
        var (message, _) = Read("""{"type":"custom","event":"e","data":{"a":[1,null]}}""");
        Assert.Equal("""{"a":[1,null]}""", Assert.IsType<Custom>(message).Data!.Value.GetRawText());
        Assert.Null(Assert.IsType<Custom>(Read("""{"type":"custom","event":"e","data":null}""").Message).Data);
    }

    private static (ClientMessage? Message, ErrorMessage? Error) Read(string json) => ClientMessageReader.Read(Encoding.UTF8.GetBytes(json));
}

using System.Text;
using LiveServe.Protocol;

namespace LiveServe.UnitTests.Protocol;

public sealed class PostedMessagesTests
{
    [Theory]
    [InlineData("""{"type":"ping"}""", new[] { """{"type":"ping"}""" })]
    [InlineData(""" [ {"a":1} , {"b":[2,"]"]} ] """, new[] { """{"a":1}""", """{"b":[2,"]"]}""" })]
    [InlineData("[]", new string[0])]
    [InlineData("[1,\"x\",[2]]", new[] { "1", "\"x\"", "[2]" })] // each is answered as the bad message that it is
    public void A_body_is_one_message_or_an_array_of_them(string body, string[] messages) => Assert.Equal(messages, Split(body));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[{\"a\":1}")]
    [InlineData("[{\"a\":1},]")]
    [InlineData("[{\"a\":1}] x")]
    [InlineData("[{\"a\":1}][]")]
    [InlineData("{\"a\":1}{\"b\":2}")]
    [InlineData("[\u0001]")]
    public void What_is_neither_is_one_bad_message(string body) => Assert.Equal([body], Split(body));

    [Fact]
    public void A_hundred_are_taken_and_not_one_more()
    {
        Assert.Equal(100, Split($"[{string.Join(',', Enumerable.Repeat("{}", 100))}]")!.Count);
        Assert.Null(Split($"[{string.Join(',', Enumerable.Repeat("{}", 101))}]"));
    }

    [Fact]
    public void Depth_is_bounded() => Assert.Single(Split(new string('[', 60_000))!);

    private static List<string>? Split(string body) =>
        PostedMessages.Split(Encoding.UTF8.GetBytes(body))?.Select(message => Encoding.UTF8.GetString(message.Span)).ToList();
}

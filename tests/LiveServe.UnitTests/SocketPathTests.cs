namespace LiveServe.UnitTests;

public sealed class SocketPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/ws", "/ws")]
    [InlineData("/ws/", "/ws")]
    [InlineData("/a/b c/é", "/a/b c/é")]
    [InlineData("/50%", "/50%")]
    public void An_address_is_a_path(string text, string path)
    {
        Assert.Equal(path, SocketPath.Parse(text, out var problem));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("", "/ws")]
    [InlineData("ws", "Write it as /ws.")]
    [InlineData("ws://localhost/ws", "its path only")]
    [InlineData("/ws?a=b", "Leave out what follows the path.")]
    [InlineData("/ws#a", "Leave out what follows the path.")]
    [InlineData("/a/../b", "no address")]
    [InlineData("/a\\b", "no address")]
    [InlineData("/a\nb", "no address")]
    [InlineData("/__liveserve", "the server's own")]
    [InlineData("/__liveserve/ws", "the server's own")]
    [InlineData("//__liveserve//ws", "the server's own")]
    public void What_is_none_is_refused_with_a_remedy(string text, string words)
    {
        Assert.Null(SocketPath.Parse(text, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/", "/a", false)]
    [InlineData("/ws", "/ws", true)]
    [InlineData("/ws", "/ws/", true)]
    [InlineData("/ws", "/ws/a", false)]
    [InlineData("/ws", "/wsx", false)]
    [InlineData("/ws", "/WS", false)]
    [InlineData(null, "/", false)]
    public void A_request_is_for_it_with_or_without_a_slash(string? at, string path, bool isIt) => Assert.Equal(isIt, SocketPath.Is(at, path));
}
